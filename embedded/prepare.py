"""The database of a run, ready for the product: migrated, granted, and with the two accounts when it is embedded.

The embedded one is prepared again only when something that shapes it has changed: most starts have nothing to do here.

DATABASE_URL=<the owner's> python -m embedded.prepare [ROLE]
"""

import io
import os
import signal
import subprocess
import sys

from embedded import fingerprint, postgres, server
from embedded.configuration import LOCAL, ROOT, Configuration
from embedded.folder import write_private
from embedded.services import Services

PREPARED = LOCAL / "prepared"
SHAPES_THE_RUN = (*fingerprint.SHAPES_THE_SCHEMA, "embedded/prepare.py", "*/management/commands/seed_embedded.py")


def prepare(wanted: Configuration, started: Services) -> None:
    # The password is in it because a new cluster has a new one.
    state = fingerprint.of(ROOT, SHAPES_THE_RUN, started.app_url.split("@")[0])
    if wanted.own_database and PREPARED.exists() and PREPARED.read_text() == state:
        return
    print("Preparing the database.", flush=True)
    roles = [postgres.APP] if wanted.own_database else []
    program = server.tethered("same", signal.SIGKILL, sys.executable, "-m", "embedded.prepare", *roles)
    done = subprocess.run(program, env=wanted.owners(started), pass_fds=(started.folder.alive,), check=False)
    if done.returncode:
        raise SystemExit("The database could not be prepared: see above.")
    write_private(PREPARED, state)


def forget() -> None:
    """After a command that may have changed the schema."""
    PREPARED.unlink(missing_ok=True)


def main(roles: list[str]) -> None:
    from django.core.management import call_command  # noqa: PLC0415  the runner imports this module, and not Django

    from embedded import migrate  # noqa: PLC0415

    migrate.main(roles, verbosity=0)
    if os.environ.get("EMBEDDED") == "1":
        call_command("seed_embedded", stdout=io.StringIO())


if __name__ == "__main__":
    main(sys.argv[1:])
