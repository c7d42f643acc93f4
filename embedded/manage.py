"""`make manage ARGS="audit"`: a management command with the settings of the embedded run.

Beside a running product it uses that one's servers; else it starts them for as long as the command takes.
"""

import os
import subprocess
import sys

from embedded import folder, prepare, server
from embedded.configuration import LOCAL, ROOT, Configuration
from embedded.services import Services, services

AS_OWNER = {"migrate", "grant_app_role", "dbshell"}
AS_IT_IS = ["doctor"]  # tells what keeps the database from being prepared, and changes nothing


def main(words: list[str]) -> int:
    os.chdir(ROOT)
    wanted = Configuration.read()
    run = folder.running(LOCAL)
    if run is not None:
        beside = Services(folder.Folder(LOCAL, -1), run["owner_url"], run["app_url"], run["redis_url"])
        return _manage(words, wanted, beside)
    try:
        with services(LOCAL, want_postgres=wanted.own_database, want_valkey=wanted.own_broker) as started:
            if words[:1] != AS_IT_IS:
                prepare.prepare(wanted, started)
            return _manage(words, wanted, started)
    except (folder.AlreadyRunning, server.NotStarted) as refusal:
        raise SystemExit(str(refusal)) from None


def _manage(words: list[str], wanted: Configuration, started: Services) -> int:
    owner = bool(words) and words[0] in AS_OWNER
    if owner:
        prepare.forget()
    environment = wanted.owners(started) if owner else wanted.completed(started)
    return subprocess.run([sys.executable, "manage.py", *words], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
