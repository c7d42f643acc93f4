"""The list of jobs: newest first, filtered, a page at a time."""

import pytest

from jobs.models import Job
from tests.dashboard import scenes
from tests.dashboard.page import Page
from tests.jobs import acts

JOBS = "/dashboard/jobs"


def listed(page: Page) -> list[str]:
    return [link.rpartition("/")[2] for link in page.links(f"{JOBS}/")]


def ids(*jobs: Job) -> list[str]:
    return [str(job.pk) for job in jobs]


def test_nobody_starts_with_an_empty_table(visit):
    page = visit.get(JOBS)

    assert "No jobs yet" in page.texts("h2")
    assert "/dashboard/agents/avatar-builder" in page.links()
    assert not page.all("table")
    assert not page.all("select")


def test_own_jobs_are_listed_newest_first(alice, bob, visit):
    first, second = scenes.delivered(alice), scenes.failed(alice)
    scenes.delivered(bob)

    assert listed(visit.get(JOBS)) == ids(second, first)


def test_each_row_says_what_how_and_for_how_much(alice, visit):
    scenes.failed(alice)
    row = visit.get(JOBS).texts("tr")[1]

    assert row.startswith("A red lighthouse at dusk Image Creator · Generate Failed, refunded just now")
    assert "8 charged, 8 refunded, paid 8 0" in row


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"status": "failed"}, "failed"),
        ({"status": "canceled"}, "canceled"),
        ({"agent": "music-studio"}, "track"),
        ({"status": "completed", "agent": "image-creator"}, "picture"),
    ],
)
def test_filters_hold_only_what_fits(alice, visit, query, wanted):
    made = {
        "picture": scenes.delivered(alice),
        "track": scenes.delivered(alice, "track.mp3", agent_id="music-studio"),
        "failed": scenes.failed(alice),
        "canceled": scenes.canceled(alice),
    }
    page = visit.get(JOBS, **query)

    assert listed(page) == ids(made[wanted])
    assert {name: page.value(name) for name in query} == query
    assert "Clear" in page.texts("a")


def test_a_filter_with_nothing_in_it_leads_back(alice, visit):
    scenes.delivered(alice)
    page = visit.get(JOBS, status="failed")

    assert "Nothing matches" in page.texts("h2")
    assert listed(page) == []
    assert "Clear the filters" in page.texts("a")


@pytest.mark.parametrize("query", [{"status": "asleep"}, {"agent": "nobody"}, {"status": "\x00"}])
def test_a_filter_that_is_not_there_filters_nothing(alice, visit, query):
    job = scenes.delivered(alice)

    assert listed(visit.get(JOBS, **query)) == ids(job)


def test_older_ones_are_on_the_next_page_under_the_same_filter(alice, visit):
    acts.give(alice, 400)
    scenes.failed(alice)
    scenes.many(alice, 23)
    page = visit.get(JOBS, status="completed")
    [older] = [link for link in page.links("?") if "cursor=" in link]
    rest = visit.get(f"{JOBS}{older}")
    completed = [str(pk) for pk in Job.objects.filter(status="completed").order_by("-pk").values_list("pk", flat=True)]

    assert listed(page) == completed[:20]
    assert listed(rest) == completed[20:]
    assert not [link for link in rest.links("?") if "cursor=" in link]


@pytest.mark.parametrize("cursor", ["nonsense", "bnVsbA", "W10", "é"])
def test_a_cursor_that_is_not_ours_is_not_found(visit, cursor):
    assert visit.get(JOBS, cursor=cursor).status == 404
