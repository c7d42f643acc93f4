"""docs/operate.md and docs/troubleshoot.md say what is so."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import get_commands

from embedded import app
from tests import environment

DOCS = environment.ROOT / "docs"
UNITS = {"s": "seconds", "min": "minutes", "h": "hours"}
ROW = re.compile(r"^\| `([\w-]+)` \| `([\w.]+)` \| (\d+) (s|min|h) \| ([\w-]+) \|", re.MULTILINE)


def test_every_entry_of_the_schedule_is_in_the_table_as_it_is():
    told = {
        name: (task, timedelta(**{UNITS[unit]: int(number)}), queue)
        for name, task, number, unit, queue in ROW.findall((DOCS / "operate.md").read_text())
    }
    assert told == {
        name: (entry["task"], entry["schedule"], queue_of(entry))
        for name, entry in settings.CELERY_BEAT_SCHEDULE.items()
    }


def queue_of(entry: dict) -> str:
    app_label = entry["task"].split(".")[0]
    routed = settings.CELERY_TASK_ROUTES.get(f"{app_label}.*", {}).get("queue", settings.CELERY_TASK_DEFAULT_QUEUE)
    return entry.get("options", {}).get("queue", routed)


def test_the_workers_serve_the_queues_of_make_run():
    text = (DOCS / "operate.md").read_text()
    assert f"--queues {app.QUEUES}`" in text
    assert f"--queues {app.HEAVY_QUEUES} " in text


@pytest.mark.parametrize("page", ["operate.md", "troubleshoot.md", "deploy.md", "upgrade.md"])
def test_commands_and_links_exist(page):
    text = (DOCS / page).read_text()
    for command in re.findall(r"manage\.py ([a-z_]+)", text):
        assert command in get_commands(), command
    for address in re.findall(r"\]\(([^)]+)\)", text):
        name, _, place = address.partition("#")
        target = DOCS / (name or page)
        assert target.exists(), address
        headings = [
            re.sub(r"[^\w -]", "", line).strip().lower() for line in re.findall(r"^#+ (.*)$", target.read_text(), re.M)
        ]
        assert not place or place in [heading.replace(" ", "-") for heading in headings], address


@pytest.mark.parametrize(
    "question",
    ["The dashboard does not load", "A job waits", "Credits were not deducted", "A webhook was not received",
     "The plan was not updated", "Mail is not sent"],
)  # fmt: skip
def test_each_question_has_an_answer_with_a_command(question):
    parts = (DOCS / "troubleshoot.md").read_text().split("\n## ")
    [answer] = [part for part in parts if part.startswith(question)]
    assert re.search(r"manage\.py|curl ", answer)
