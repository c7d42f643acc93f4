"""docs/webhooks.md says what is so, and its receiver receives."""

import json
import os
import re
import subprocess
import sys

import pytest

from embedded.run import listens
from embedded.server import free_port
from hooks import delivery, endpoints, recording
from hooks.events import EVENTS, TEST
from hooks.models import Delivery
from tests import environment
from tests.embedded.processes import wait_until
from tests.hooks.receiver import made, only, round_of_beat, try_out
from tests.jobs import acts

TEXT = (environment.ROOT / "docs" / "webhooks.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def test_every_event_is_in_the_table():
    assert re.findall(r"^\| `([a-z]+\.[a-z]+)` \|", TEXT, re.MULTILINE) == [
        "job.completed", "job.failed", "job.canceled", "credits.low", "credits.changed", TEST,
    ]  # fmt: skip
    assert len(EVENTS) == 5


def test_the_shapes_are_those_that_come(company):
    made(company)
    acts.finished(company)
    acts.leave(company, 5_001)
    acts.submit(company)
    recording.record_due()
    come = {row.type: json.loads(row.body) for row in Delivery.objects.all()}
    for block in blocks("json"):
        shown = json.loads(block)
        assert list(shown) == list(come[shown["type"]])
        assert list(shown["data"]) == list(come[shown["type"]]["data"])


def test_the_waits_are_as_told():
    words = {"s": 1, "min": 60, "h": 3600}
    [told] = re.findall(r"tried again (.*?) after each attempt", TEXT, re.DOTALL)
    waits = [int(number) * words[unit] for number, unit in re.findall(r"(\d+) (s|min|h)\b", told)]
    assert waits == [wait.total_seconds() for wait in delivery.WAITS]


@pytest.mark.usefixtures("loopback")
def test_the_receiver_of_the_docs_takes_a_message_once_and_refuses_a_forged_one(company, tmp_path):
    [program] = blocks("python")
    port = free_port()
    (tmp_path / "receiver.py").write_text(program.replace('("", 8080)', f'("127.0.0.1", {port})'))
    new = made(company, f"http://127.0.0.1:{port}/", "job.completed")
    env = {**os.environ, "AVATARG_WEBHOOK_SECRET": new.secret, "PYTHONUNBUFFERED": "1"}
    with open(tmp_path / "said", "w") as said:
        running = subprocess.Popen([sys.executable, tmp_path / "receiver.py"], env=env, stdout=said, stderr=said)
    try:
        wait_until(lambda: listens(port), 20)
        acts.finished(company)
        round_of_beat()
        endpoints.send_again(user_id=company.pk, delivery_id=only(new.endpoint).pk)
        round_of_beat()
        forged = made(company, f"http://127.0.0.1:{port}/").endpoint
        try_out(forged)
        round_of_beat()
    finally:
        running.kill()
        running.wait()
    assert (only(new.endpoint).state, only(new.endpoint).attempts) == ("delivered", 2)
    assert (only(forged).state, only(forged).response_code) == ("failed", 400)
    assert (tmp_path / "said").read_text().count("job.completed {") == 1
