"""A Valkey of our own: append-only, never evicting, on a free port of loopback, behind a password."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from embedded import reach, server
from embedded.folder import Folder, password

DATABASES = 64  # one for each worker of a test run


@dataclass(frozen=True)
class Valkey:
    server: server.Server
    port: int
    word: str

    def url(self, database: int = 0) -> str:
        return f"redis://:{self.word}@{server.HOST}:{self.port}/{database}"


@contextmanager
def valkey(folder: Folder, *, durable: bool, identity: str, port: int | None = None) -> Iterator[Valkey]:
    """Give a `port` to start it again where it was."""
    place = reach.place(folder.root, identity)
    data, log = place.data / "valkey", folder.root / "valkey.log"
    data.mkdir(mode=0o700, exist_ok=True)
    word = folder.private_json("valkey.json", lambda: {"password": password()})["password"]
    config = data / "valkey.conf"

    def start_on(free_port: int) -> server.Server:
        config.touch(mode=0o600)
        config.write_text(_config(data, port or free_port, word, durable=durable))
        server.own(data, identity)
        command = server.tethered(identity, signal.SIGTERM, place.valkey, config)
        return server.start(command, data, log, folder.alive, ends_on=signal.SIGTERM)

    running, free_port = server.start_on_free_port(start_on, lambda free: _answers(port or free, word), log)
    try:
        yield Valkey(running, port or free_port, word)
    finally:
        running.stop()


def _config(data: Path, port: int, word: str, *, durable: bool) -> str:
    folder = str(data).replace("\\", "\\\\").replace('"', '\\"')
    return f"""bind {server.HOST}
port {port}
dir "{folder}"
requirepass {word}
databases {DATABASES}
appendonly yes
appendfsync {"everysec" if durable else "no"}
save ""
maxmemory-policy noeviction
"""


def _answers(port: int, word: str) -> bool:
    try:
        with socket.create_connection((server.HOST, port), timeout=1) as connection:
            connection.sendall(f"AUTH {word}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2 and (more := connection.recv(256)):
                answer += more
    except OSError:
        return False
    return b"+PONG" in answer
