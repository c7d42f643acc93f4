"""The image's files in an empty folder that can not be written to, its commands, production settings."""

import http.cookiejar
import re
import select
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from deploy import smoke
from embedded import server
from tests import environment
from tests.deploy import image
from tests.deploy.test_compose import compose_command
from tests.embedded.processes import wait_until

HOST, EMAIL, PASSWORD = "avatarg.example", "visitor@avatarg.dev", "a-password-nobody-guesses"
SECONDS = 90
PLAIN = {"is_ready", "sends_on_to_https"}  # the one needs all processes, the other a proxy


@pytest.fixture(scope="module")
def product(tmp_path_factory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("image")
    image.build(folder)
    files = [folder, *folder.rglob("*")]
    for file in files:
        file.chmod(file.stat().st_mode & ~0o222)
    yield folder
    for file in files:
        if file.is_dir():
            file.chmod(0o755)


@pytest.fixture
def given(product, app_url, transactional_db, tmp_path, settings) -> dict[str, str]:
    """As deploy/production.env.example says it, with this test's servers."""
    lines = (environment.ROOT / "deploy" / "production.env.example").read_text().splitlines()
    example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    for folder in ("media", "beat"):
        (tmp_path / folder).mkdir()
    return image.bare_environment(product, **example) | {
        "SECRET_KEY": "k3-long-and-random-enough-for-a-server-that-only-a-test-starts-0987654321",
        "DATABASE_URL": app_url,
        "REDIS_URL": settings.REDIS_URL,
        "MEDIA_ROOT": str(tmp_path / "media"),
    }


@contextmanager
def running(product: Path, given: dict[str, str], command: list[str], log: Path) -> Iterator[subprocess.Popen]:
    """As nobody where the system lets us: root could write anywhere."""
    program = server.tethered(server.default_identity(), signal.SIGTERM, image.BIN / command[0], *command[1:])
    with open(log, "wb") as output:
        process = subprocess.Popen(
            program, cwd=product, env=given, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        finally:
            server.end_session(process.pid)


def is_alive(name: str, product: Path, given: dict[str, str]) -> bool:
    """By the image's own check."""
    command = [str(image.BIN / "python"), "deploy/alive.py", name]
    return subprocess.run(command, cwd=product, env=given, check=False).returncode == 0


@pytest.fixture
def web(product, given, tmp_path) -> Iterator[str]:
    """Its address."""
    port = server.free_port()
    command = [word.replace("--port=8000", f"--port={port}") for word in compose_command("web")]
    command = [word.replace("--host=0.0.0.0", "--host=127.0.0.1") for word in command]
    log = tmp_path / "web.log"
    with running(product, given | {"DATABASE_POOL": "4"}, command, log) as process:

        def answers() -> bool:
            assert process.poll() is None, log.read_text()
            return is_alive("web", product, given | {"PORT": str(port)})

        wait_until(answers, SECONDS, log.read_text)
        yield f"http://127.0.0.1:{port}"


def site(address: str) -> smoke.Site:
    """As through the proxy that ends TLS."""
    through = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "192.0.2.1",
        "Host": HOST,
        "Referer": f"https://{HOST}/",
    }
    policy = http.cookiejar.DefaultCookiePolicy(secure_protocols=("http", "https"))
    return smoke.Site(address, cookies=http.cookiejar.CookieJar(policy), always=through)


def visitor() -> None:
    user = User.objects.create_user(EMAIL, PASSWORD)
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)


def test_the_image_serves_production_and_passes_the_smoke_test(web, tmp_path):
    visitor()
    checks = tuple(check for check in smoke.OUTSIDE if check.__name__ not in PLAIN)
    seen = dict(smoke.outcomes(site(web), (*checks, smoke.lets_in(EMAIL, PASSWORD), smoke.takes_files)))

    assert seen == dict.fromkeys(seen, "")
    assert len(seen) == len(smoke.OUTSIDE)
    told = site(web).ask("/readyz").json()
    assert (told["database"], told["broker"], told["worker"]) == (True, True, False)
    assert "Traceback" not in (tmp_path / "web.log").read_text()


def test_the_smoke_test_fails_where_production_is_not(web):
    """Without a proxy nothing comes over https, and another host is not let in."""
    plain = smoke.Site(web, always={"Host": HOST})
    seen = dict(smoke.outcomes(plain, (smoke.is_alive, smoke.guards_its_pages, smoke.keeps_cookies_safe)))
    assert [name for name, wrong in seen.items() if not wrong] == []
    nowhere = dict(smoke.outcomes(smoke.Site("http://127.0.0.1:9"), (smoke.is_alive,)))
    assert nowhere["is alive"].startswith("does not answer")


def test_a_body_that_is_refused_unread_is_heard_out(web):
    """A proxy that is still sending when the connection ends says 502 in our place."""
    host, _, port = web.removeprefix("http://").partition(":")
    size = 300_000
    head = (
        f"POST {smoke.WEBHOOK} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\nContent-Length: {size}\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=SECONDS) as connection:
        connection.sendall(head.encode() + b" " * 1000)
        answered, _, _ = select.select([connection], [], [], 1)
        assert not answered
        connection.sendall(b" " * (size - 1000))
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


def test_the_schema_command_of_compose_runs_as_it_is(product, given, owner_url):
    command = [str(image.BIN / "python"), *compose_command("migrate")[1:]]
    done = subprocess.run(
        command, cwd=product, env=given | {"DATABASE_URL": owner_url}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        0, "avatarg may use the tables and call the ledger's functions.",
    ), done.stderr  # fmt: skip


def test_djangos_own_check_of_a_deployment_has_nothing_to_say(product, given):
    command = [str(image.BIN / "python"), "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=product, env=given, capture_output=True, text=True, check=False)
    said = re.sub(r"\(\d+ silenced\)", "", done.stdout)
    assert (done.returncode, said.strip()) == (0, "System check identified no issues ."), done.stderr


@pytest.mark.soak
def test_all_processes_of_the_image_together_are_ready_and_do_a_job(product, given, web, tmp_path):
    """Beat asks, a worker answers, the studio too; then a job of a person's is delivered."""
    visitor()
    with ExitStack() as stack:
        for name in ("worker", "studio", "beat"):
            schedule = f"--schedule={tmp_path / 'beat' / 'schedule'}"
            command = [schedule if word.startswith("--schedule=") else word for word in compose_command(name)]
            stack.enter_context(running(product, given, command, tmp_path / f"{name}.log"))

        def said() -> str:
            return "\n".join(file.read_text() for file in tmp_path.glob("*.log"))

        wait_until(lambda: not dict(smoke.outcomes(site(web), (smoke.is_ready,)))["is ready"], SECONDS, said)
        person = site(web)
        smoke.lets_in(EMAIL, PASSWORD)(person)
        token = next(cookie.value for cookie in person.cookies if cookie.name == "csrftoken")
        order = b'{"agent_id": "image-creator", "input": {"prompt": "A lighthouse at dusk"}}'
        job = person.ask("/api/agents/execute", order, Content_Type="application/json", X_CSRFToken=token).json()
        wait_until(lambda: person.ask(f"/api/jobs/{job['job_id']}").json()["status"] == "completed", SECONDS, said)
        beat = {**given, "BEAT_SCHEDULE": str(tmp_path / "beat" / "schedule")}
        assert is_alive("beat", product, beat)
        assert not is_alive("beat", product, beat | {"BEAT_SCHEDULE": "/nowhere/x"})
    assert "Traceback" not in said()
