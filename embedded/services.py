"""PostgreSQL and Valkey for a run or a test session, out of the wheels in requirements.txt."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from embedded import postgres, server, valkey
from embedded.folder import Folder, hold


@dataclass
class Services:
    """What was started; an URL is empty when its server was not wanted."""

    folder: Folder
    owner_url: str = ""
    app_url: str = ""
    redis_url: str = ""
    servers: list[server.Server] = field(default_factory=list)


@contextlib.contextmanager
def services(
    root: Path,
    *,
    durable: bool = True,
    want_postgres: bool = True,
    want_valkey: bool = True,
    identity: str | None = None,
) -> Iterator[Services]:
    """Both servers, until the block ends. Raises folder.AlreadyRunning, server.NotStarted.

    Not `durable` means without fsync: for data that may be lost with the machine. `identity` is tether's.
    """
    who = identity or server.default_identity()
    with hold(root) as folder, contextlib.ExitStack() as stack:
        started = Services(folder)
        if want_postgres:
            database = stack.enter_context(postgres.postgres(folder, durable=durable, identity=who))
            started.owner_url, started.app_url = database.url(postgres.OWNER), database.url(postgres.APP)
            started.servers.append(database.server)
        if want_valkey:
            broker = stack.enter_context(valkey.valkey(folder, durable=durable, identity=who))
            started.redis_url = broker.url()
            started.servers.append(broker.server)
        yield started
