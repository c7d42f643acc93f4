"""A PostgreSQL of our own: made once, mended where a crash left it odd, started on a free port of loopback."""

import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from embedded import binaries, reach, server
from embedded.folder import Folder, password

OWNER, APP, DATABASE = "avatarg_owner", "avatarg", "avatarg"
READY_LINE = 7  # of postmaster.pid, where PostgreSQL itself tells pg_ctl how far it is
ALWAYS = {
    "listen_addresses": server.HOST,
    "unix_socket_directories": "",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "shared_buffers": "128MB",
}
FAST = {"fsync": "off", "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0"}
HBA = f"# TYPE DATABASE USER ADDRESS METHOD\nhost all all {server.HOST}/32 scram-sha-256\n"


@dataclass(frozen=True)
class Postgres:
    server: server.Server
    port: int
    passwords: dict[str, str]

    def url(self, role: str, database: str = DATABASE) -> str:
        return f"postgres://{role}:{self.passwords[role]}@{server.HOST}:{self.port}/{database}"


@contextmanager
def postgres(folder: Folder, *, durable: bool, identity: str) -> Iterator[Postgres]:
    place = reach.place(folder.root, identity)
    cluster = Cluster(folder, place, identity)
    cluster.prepare(durable=durable)
    try:
        running = cluster.start(durable=durable)
    except server.NotStarted:
        if durable:
            raise
        shutil.rmtree(cluster.data)  # without fsync a power cut leaves rubble, and tests lose nothing
        cluster.prepare(durable=durable)
        running = cluster.start(durable=durable)
    try:
        yield running
    finally:
        running.server.stop()


@dataclass(frozen=True)
class Cluster:
    folder: Folder
    place: reach.Place
    identity: str

    @property
    def data(self) -> Path:
        return self.place.data / "postgres"

    @property
    def log(self) -> Path:
        return self.folder.root / "postgres.log"

    @property
    def secrets(self) -> Path:
        return self.folder.root / "postgres.json"

    def prepare(self, *, durable: bool) -> None:
        for rubble in self.place.data.glob("postgres.new*"):
            shutil.rmtree(rubble)
        if not (self.data / "PG_VERSION").exists():
            self._make(durable=durable)
        self._check_version()
        server.own(self.data, self.identity)
        # Every postgres process holds the alive lock, and we hold it now: whatever this file says is past.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        if not self.secrets.exists():
            self._set_passwords(self.data)

    def start(self, *, durable: bool) -> Postgres:
        settings = ALWAYS if durable else ALWAYS | FAST
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]

        def start_on(port: int) -> server.Server:
            command = self._command("postgres", "-D", self.data, "-p", port, *options)
            return server.start(command, self.data, self.log, self.folder.alive, ends_on=signal.SIGINT)

        running, port = server.start_on_free_port(start_on, lambda _port: self._ready(), self.log)
        passwords = self.folder.private_json(self.secrets.name, dict)
        return Postgres(running, port, passwords)

    def _make(self, *, durable: bool) -> None:
        """Under another name until it is whole."""
        if self.data.exists():
            shutil.rmtree(self.data)
        new = self.data.with_name("postgres.new")
        new.mkdir(mode=0o700)
        server.own(new, self.identity)
        flags = ["--locale=C", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        # the passwords are long and random: stretching them would only slow every connection down
        flags += ["--set=scram_iterations=64", f"--username={OWNER}", "--auth=reject", "--auth-local=reject"]
        self._run(*self._command("initdb", *flags, *([] if durable else ["--no-sync"]), "-D", new))
        (new / "pg_hba.conf").write_text(HBA)
        self._single_user(new, [f"CREATE ROLE {APP} LOGIN", f"CREATE DATABASE {DATABASE}"])
        self.secrets.unlink(missing_ok=True)
        new.rename(self.data)

    def _set_passwords(self, data: Path) -> None:
        passwords = {OWNER: password(), APP: password()}
        self._single_user(data, [f"ALTER ROLE {role} PASSWORD '{word}'" for role, word in passwords.items()])
        self.folder.private_json(self.secrets.name, lambda: dict(passwords))

    def _single_user(self, data: Path, statements: list[str]) -> None:
        """Without a server, so that nobody needs a password to set the first one."""
        self._run(*self._command("postgres", "--single", "-D", data, "postgres"), text="\n".join(statements) + "\n")

    def _check_version(self) -> None:
        made, have = (self.data / "PG_VERSION").read_text().strip(), binaries.postgres_major(self.place.postgres)
        if made != have:
            raise SystemExit(
                f"The data in {self.data} was made by PostgreSQL {made} and this is PostgreSQL {have}: dump it with "
                "the release of Avatar G that made it, or remove the folder to begin anew."
            )

    def _ready(self) -> bool:
        path = self.data / "postmaster.pid"
        try:
            lines = path.read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > READY_LINE and lines[READY_LINE].strip() == "ready"

    def _command(self, program: str, *words: object) -> list[str]:
        return server.tethered(self.identity, signal.SIGINT, self.place.postgres / "bin" / program, *words)

    def _run(self, *command: str, text: str = "") -> None:
        with open(self.log, "ab") as log:
            done = subprocess.run(
                command,
                input=text.encode(),
                stdout=log,
                stderr=log,
                env=server.clean_environment(),
                pass_fds=(self.folder.alive,),
                cwd=self.place.data,
                check=False,
            )
        if done.returncode:
            raise server.NotStarted(f"PostgreSQL could not be set up; the end of {self.log}:\n{server.tail(self.log)}")
