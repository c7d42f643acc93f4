"""PostgreSQL and Valkey out of the wheels: whoever we are, wherever we are, whatever was killed."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from embedded import server, tether
from embedded.folder import AlreadyRunning
from embedded.services import Services, services
from tests import environment
from tests.embedded.processes import assert_all_gone, descendants, is_alive, wait_until

IS_ROOT = os.geteuid() == 0
ODD_NAME = "données d'été (1)"
NAMED = max((user.pw_uid for user in pwd.getpwall() if 0 < user.pw_uid < 1000), default=1)
NAMELESS = 54321  # as in a container that was started with --user


def as_user(uid: int) -> tuple[str, ...]:
    """The capability to read is kept, for the Python that runs the tests may lie in root's home."""
    identity = ("setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups")
    return (*identity, "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")


@pytest.fixture
def root():
    """Where everybody may go, as a clone in /srv is; pytest's own temporary folders are private."""
    folder = Path(tempfile.mkdtemp(prefix="avatarg-"))
    folder.chmod(0o755)
    yield folder / ODD_NAME
    shutil.rmtree(folder)


def execute(url: str, statement: str) -> list[tuple]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def write_everywhere(started: Services) -> None:
    execute(started.owner_url, "CREATE TABLE IF NOT EXISTS kept AS SELECT 'here' AS word")
    redis.Redis.from_url(started.redis_url).set("kept", "here")


def read_everywhere(started: Services) -> tuple[str, bytes]:
    return execute(started.owner_url, "SELECT word FROM kept")[0][0], redis.Redis.from_url(started.redis_url).get(
        "kept"
    )


HERE = ("here", b"here")


HOLD = """
import sys, time, pathlib
from embedded.services import services
with services(pathlib.Path(sys.argv[1]), durable=False) as started:
    print(*(server.pid for server in started.servers), flush=True)
    time.sleep(100)
"""


@contextmanager
def another_process(root: Path, *before: str) -> Iterator[subprocess.Popen[str]]:
    """One that holds the services, for us to kill; its first line names the servers' processes."""
    command = [*before, sys.executable, "-B", "-c", HOLD, str(root)]
    process = subprocess.Popen(command, cwd=environment.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def user_of(program: server.Server) -> int:
    return Path(f"/proc/{program.pid}").stat().st_uid


def test_two_roles_and_a_durable_server(root):
    with services(root) as started:
        assert execute(
            started.owner_url, "SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user"
        ) == [("avatarg_owner", True)]
        assert execute(
            started.app_url, "SELECT current_user, rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ) == [("avatarg", False, False)]
        shown = execute(started.app_url, "SELECT current_setting('fsync'), current_setting('synchronous_commit')")
        assert shown == [("on", "on")]
        broker = redis.Redis.from_url(started.redis_url, decode_responses=True)
        shown = broker.config_get("appendonly", "maxmemory-policy")
        assert shown == {"appendonly": "yes", "maxmemory-policy": "noeviction"}


def test_what_was_written_is_there_after_a_restart_and_nothing_runs_in_between(root):
    with services(root) as started:
        write_everywhere(started)
        running = descendants(os.getpid()) & set().union(
            *(descendants(program.pid) | {program.pid} for program in started.servers)
        )
    assert len(running) > len(started.servers)
    assert_all_gone(running, 2)
    with services(root) as started:
        assert read_everywhere(started) == HERE


@pytest.mark.parametrize("victim", ["postgres", "valkey"])
def test_a_killed_server_comes_back_with_its_data(root, victim):
    with services(root) as started:
        write_everywhere(started)
        (killed,) = [program for program in started.servers if program.name == victim]
        os.kill(killed.pid, signal.SIGKILL)
        assert killed.process.wait(5) == -signal.SIGKILL
    with services(root) as started:
        assert read_everywhere(started) == HERE


def test_a_second_start_is_refused_in_words(root):
    held = services(root, durable=False, want_postgres=False)
    with held, pytest.raises(AlreadyRunning) as refusal, services(root, durable=False):
        pass
    assert str(refusal.value) == (
        f"Avatar G is being started or stopped, or tests run, in {root}: wait for that to end."
    )


def test_strangers_on_this_machine_need_the_password(root):
    with services(root, durable=False) as started:
        for url in (started.owner_url, started.app_url):
            password = psycopg.conninfo.conninfo_to_dict(url)["password"]
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                execute(url.replace(password, "guess"), "SELECT 1")
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(host=server.HOST, port=urlsplit(started.redis_url).port, retry=Retry(NoBackoff(), 0)).ping()
        for name in ("postgres.json", "valkey.json"):
            assert (root / name).stat().st_mode & 0o777 == 0o600


def test_a_stale_pid_file_that_names_a_living_process_is_no_hindrance(root):
    with services(root, durable=False, want_valkey=False):
        pass
    (root / "postgres" / "postmaster.pid").write_text(
        f"{os.getpid()}\n{root}/postgres\n1\n5432\n\n127.0.0.1\n\nready\n"
    )
    with services(root, durable=False, want_valkey=False) as started:
        assert execute(started.app_url, "SELECT 1") == [(1,)]


def test_lost_passwords_and_a_half_made_cluster_are_mended(root):
    (root / "postgres.new").mkdir(parents=True)
    (root / "postgres").mkdir()
    with services(root, durable=False) as started:
        write_everywhere(started)
    (root / "postgres.json").unlink()
    with services(root, durable=False) as started:
        assert read_everywhere(started) == HERE
        assert execute(started.app_url, "SELECT current_user") == [("avatarg",)]


def test_data_of_another_postgresql_is_left_alone_and_named(root):
    (root / "postgres").mkdir(parents=True)
    (root / "postgres" / "PG_VERSION").write_text("15\n")
    with pytest.raises(SystemExit, match="was made by PostgreSQL 15"), services(root, want_valkey=False):
        pass
    assert (root / "postgres" / "PG_VERSION").exists()


def test_a_server_that_can_not_start_shows_the_end_of_its_log(root, monkeypatch):
    monkeypatch.setattr("embedded.valkey._config", lambda *_, **__: "port nonsense\n")
    said = r"(?s)valkey did not start; the end of .*valkey\.log:.*nonsense"
    with pytest.raises(server.NotStarted, match=said), services(root, want_postgres=False):
        pass


def test_a_broken_test_cluster_is_made_anew(root):
    with services(root, durable=False, want_valkey=False):
        pass
    (root / "postgres" / "global" / "pg_control").unlink()
    with services(root, durable=False, want_valkey=False) as started:
        assert execute(started.app_url, "SELECT 1") == [(1,)]


def test_nothing_outlives_a_killed_runner_and_the_next_start_finds_the_data(root):
    with services(root) as started:
        write_everywhere(started)
    with another_process(root) as holder:
        assert holder.stdout.readline()
        below = descendants(holder.pid)
        assert sum(is_alive(pid) for pid in below) > 2
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with services(root) as started:  # at once: it waits for what still ends
            assert read_everywhere(started) == HERE
        assert_all_gone(below, 1)
        wait_until(lambda: holder.poll() is not None, 1)


@pytest.mark.skipif(not IS_ROOT, reason="only root has to become somebody else")
class TestAsRoot:
    def test_where_user_namespaces_are_forbidden_the_servers_run_as_nobody(self, root):
        with services(root, durable=False, identity=str(tether.NOBODY)) as started:
            assert [user_of(program) for program in started.servers] == [tether.NOBODY] * 2
            write_everywhere(started)
        with services(root, durable=False) as started:  # and back again
            assert read_everywhere(started) == HERE

    def test_in_a_folder_that_nobody_can_enter_the_data_is_elsewhere_and_said_where(self, root):
        root.mkdir()
        root.parent.chmod(0o700)
        for _ in range(2):
            with services(root, durable=False, identity=str(tether.NOBODY)) as started:
                elsewhere = Path((root / "data-is-in").read_text().strip())
                assert (elsewhere / "postgres" / "PG_VERSION").exists()
                write_everywhere(started)
        assert not (root / "postgres").exists()
        shutil.rmtree(elsewhere)

    def test_the_choice_is_made_by_trying(self, monkeypatch):
        monkeypatch.delenv("EMBEDDED_IDENTITY", raising=False)
        assert server.default_identity() in ("namespace", str(tether.NOBODY))

    @pytest.mark.parametrize("uid", [NAMED, NAMELESS])
    def test_an_ordinary_user_starts_them_as_himself_and_not_in_the_folder_of_another(self, root, uid):
        root.mkdir()
        os.chown(root, uid, uid)
        with another_process(root, *as_user(uid)) as other:
            pids = [int(word) for word in other.stdout.readline().split()]
            assert [Path(f"/proc/{pid}").stat().st_uid for pid in pids] == [uid] * 2
            other.send_signal(signal.SIGTERM)
            assert_all_gone(set(pids))
        os.chown(root, 0, 0)
        with another_process(root, *as_user(uid)) as other:
            said = other.communicate()[1]
        assert said == f"{root} belongs to another user: start Avatar G as that user, or remove the folder.\n"

    def test_root_takes_over_what_a_user_has_made(self, root):
        root.mkdir()
        os.chown(root, NAMED, NAMED)
        with another_process(root, *as_user(NAMED)) as other:
            assert other.stdout.readline()
        with services(root, durable=False) as started:
            assert execute(started.app_url, "SELECT 1") == [(1,)]
