"""compose.yaml and systemd's units: nothing is left unserved, and nothing open."""

import re
import shlex
import shutil
import subprocess

import pytest
from celery.bin.worker import worker as worker_command
from django.conf import settings
from granian.cli import cli as granian_command

from embedded import app
from jobs import queues
from tests.deploy import image, units
from tests.environment import ROOT

WORKERS = ("worker", "studio")
PROCESSES = ("web", "worker", "studio", "beat")
NEEDED = {
    settings.CELERY_TASK_DEFAULT_QUEUE, *queues.LIGHT_QUEUES, *queues.HEAVY_QUEUES,
    *(route["queue"] for route in settings.CELERY_TASK_ROUTES.values()),
    *(entry["options"]["queue"] for entry in settings.CELERY_BEAT_SCHEDULE.values() if "options" in entry),
}  # fmt: skip


def queues_of(command: list[str]) -> list[str]:
    [served] = [word.removeprefix("--queues=") for word in command if word.startswith("--queues=")]
    return served.split(",")


def compose_command(name: str) -> list[str]:
    return [re.sub(r"\$\{\w+:-(\w+)\}", r"\1", word) for word in image.services()[name]["command"]]


def unit_command(name: str) -> list[str]:
    unit = units.every()[name]
    given = dict(word.split("=", 1) for line in unit.settings["Environment"] for word in shlex.split(line))
    return [re.sub(r"\$\{(\w+)\}", lambda found: given[found[1]], word) for word in unit.command]


@pytest.mark.parametrize("command", [compose_command, unit_command])
def test_every_queue_is_served_once_in_the_order_of_make_run(command):
    served = [queues_of(command(name)) for name in WORKERS]
    assert served == [app.QUEUES.split(","), app.HEAVY_QUEUES.split(",")]
    assert {*served[0], *served[1]} == NEEDED


@pytest.mark.parametrize("command", [compose_command, unit_command])
def test_every_command_is_one_that_its_program_knows(command):
    web = command("web")
    assert shutil.which(web[0].rpartition("/")[2], path=str(image.BIN))
    granian_command.make_context("granian", web[1:])
    for name in WORKERS:
        program, its_app, kind, *options = command(name)
        assert (program.rpartition("/")[2], its_app, kind) == ("celery", "--app=avatarg.celery", "worker")
        known = {option for one in worker_command.params for option in (*one.opts, *one.secondary_opts)}
        assert {option.partition("=")[0] for option in options} <= known
    assert command("beat")[:3][1:] == ["--app=avatarg.celery", "beat"]
    assert command("migrate")[1:] == ["-m", "embedded.migrate", "avatarg"]


def test_the_images_own_command_is_the_web_server():
    as_options = [re.sub(r"(--[\w-]+)=", r"\1 ", word) for word in compose_command("web")]
    assert " ".join(image.start_command()) == " ".join(as_options)


def test_every_process_waits_for_the_schema_and_may_do_little():
    assert set(image.services()) == {*PROCESSES, "migrate"}
    for name, one in image.services().items():
        waits = {other: how["condition"] for other, how in one["depends_on"].items()}
        servers = {"postgres": "service_healthy", "valkey": "service_healthy"}
        assert waits == (servers if name == "migrate" else servers | {"migrate": "service_completed_successfully"})
        assert one["read_only"] is True
        assert (one["cap_drop"], one["security_opt"]) == (["ALL"], ["no-new-privileges:true"])
        assert "privileged" not in one
        assert "user" not in one
        assert one["restart"] == ("no" if name == "migrate" else "unless-stopped")
        assert set(one["deploy"]["resources"]["limits"]) == {"cpus", "memory"}
        assert ("test" in one["healthcheck"]) == (name != "migrate")


def test_only_the_web_server_is_reached_and_only_from_this_machine():
    open_ones = {name: one["ports"] for name, one in image.compose()["services"].items() if "ports" in one}
    assert open_ones == {"web": ["127.0.0.1:${WEB_PORT:-8000}:8000"]}


def test_the_product_never_has_the_owners_password():
    for name, one in image.services().items():
        secrets = re.findall(r"\$\{(\w*PASSWORD)\b", str(one))
        assert ("OWNER_PASSWORD" in secrets) == (name == "migrate")
        assert "POSTGRES_PASSWORD" not in secrets
    for name, unit in units.every().items():
        has_owner = "/etc/avatarg/owner.env" in unit.settings["EnvironmentFile"]
        assert has_owner == (name in ("migrate", "backup"))


def test_no_password_is_written_down_and_each_has_its_line():
    text = (ROOT / "compose.yaml").read_text()
    needed = set(re.findall(r"\$\{(\w+):\?", text))
    example = dict(re.findall(r"^(\w+)=(.*)$", (ROOT / "deploy" / "compose.env.example").read_text(), re.MULTILINE))
    assert example == dict.fromkeys(needed, "")
    optional = set(re.findall(r"\$\{(\w+):-", text))
    named = set(re.findall(r"^#(\w+)=", (ROOT / "deploy" / "compose.env.example").read_text(), re.MULTILINE))
    assert named == optional


def test_servers_keep_what_they_are_given():
    servers = image.compose()["services"]
    assert "--appendonly yes" in servers["valkey"]["command"][2]
    assert "--maxmemory-policy noeviction" in servers["valkey"]["command"][2]
    assert servers["postgres"]["image"].startswith("postgres:18")
    assert [one["healthcheck"]["test"][0][:3] for one in (servers["postgres"], servers["valkey"])] == ["CMD", "CMD"]
    kept = {volume.split(":")[0] for one in servers.values() for volume in one.get("volumes", [])}
    assert {name for name in kept if not name.startswith(".")} == set(image.compose()["volumes"])


def test_units_let_their_processes_do_little_and_write_to_one_place():
    for name, unit in units.every().items():
        for what in ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome"):
            assert unit.one(what) == "yes", (name, what)
        assert unit.one("ProtectSystem") == "strict"
        if name in PROCESSES:
            assert (unit.one("User"), unit.one("CapabilityBoundingSet")) == ("avatarg", "")
            assert (unit.one("Restart"), unit.one("KillMode")) == ("always", "mixed")
    assert units.every()["web"].command[2] == "--host=127.0.0.1"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd's own reader of units is not here")
def test_systemd_reads_the_units(tmp_path):
    for file in units.FOLDER.iterdir():
        text = re.sub(r"^(ExecStart)=\S+", r"\1=/bin/true", file.read_text(), flags=re.MULTILINE)
        (tmp_path / file.name).write_text(text.replace("/bin/kill", "/bin/true"))
    command = ["systemd-analyze", "verify", *tmp_path.iterdir()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
