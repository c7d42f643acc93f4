"""Pages: every row once, whatever comes in between; a limit and a cursor that are not ours are refused."""

import base64
import json

import pytest

from tests.api.calls import wrong
from tests.jobs import acts

LISTS = ["jobs/list", "credits/transactions"]
UNKNOWN = wrong(cursor=["This cursor is not one of ours."])
FAR = wrong(limit=["This must be a whole number from 1 to 100."])


def rows(body) -> list[str]:
    (name,) = body.keys() - {"next_cursor"}
    return [str(row.get("job_id") if name == "jobs" else row["id"]) for row in body[name]]


def cursor(*place: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


@pytest.mark.parametrize("path", LISTS)
def test_a_walk_sees_every_row_once_while_new_ones_arrive(api, alice, path):
    for _ in range(7):
        acts.finished(alice)
    there = rows(api.get(path)[1])

    seen, pages, place = [], 0, None
    while pages == 0 or place:
        body = api.get(path, limit=3, **({"cursor": place} if place else {}))[1]
        seen += rows(body)
        pages, place = pages + 1, body["next_cursor"]
        acts.finished(alice)

    assert (seen, pages) == (there, -(-len(there) // 3))


@pytest.mark.parametrize("path", LISTS)
def test_a_full_last_page_has_no_next(api, alice, path):
    for _ in range(3):
        acts.finished(alice)
    count = len(rows(api.get(path)[1]))

    assert api.get(path, limit=count)[1]["next_cursor"] is None
    assert api.get(path, limit=count - 1)[1]["next_cursor"] is not None


def test_jobs_of_one_moment_are_told_apart(api, alice):
    jobs = [acts.finished(alice) for _ in range(5)]
    type(jobs[0]).objects.update(created_at=jobs[0].created_at)

    first = api.get("jobs/list", limit=2)[1]
    second = api.get("jobs/list", limit=2, cursor=first["next_cursor"])[1]
    third = api.get("jobs/list", limit=2, cursor=second["next_cursor"])[1]

    assert sorted(rows(first) + rows(second) + rows(third)) == sorted(str(job.pk) for job in jobs)


def test_a_cursor_keeps_to_its_filter(api, alice):
    for agent_id in ("chat", "music-studio", "chat", "music-studio", "chat"):
        acts.finished(alice, agent_id)

    first = api.get("jobs/list", agent_id="chat", limit=2)[1]
    rest = api.get("jobs/list", agent_id="chat", limit=2, cursor=first["next_cursor"])[1]

    assert {row["agent_id"] for row in first["jobs"] + rest["jobs"]} == {"chat"}
    assert len(first["jobs"] + rest["jobs"]) == 3


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "1.5", "²", "1000000000", "00000000011", "9" * 5000])
def test_a_limit_is_1_to_100(api, path, limit):
    assert api.get(path, limit=limit) == (400, FAR)


@pytest.mark.parametrize("path", LISTS)
def test_no_limit_is_the_usual_page(api, path):
    assert api.get(path, limit="")[0] == 200


BAD = {
    "words": "hello", "not ascii": "é" * 8, "no list": base64.urlsafe_b64encode(b'{"a": 1}').decode(),
    "too few": cursor(), "too many": cursor(1, 2, 3), "null": cursor(None), "nulls": cursor(None, None),
    "text": cursor("x"), "texts": cursor("x", "y"), "an object": cursor({}), "infinite": cursor(float("inf")),
    "a tower": base64.urlsafe_b64encode(b"[" * 20_000).decode(), "NUL": cursor("\x00", "\x00"),
    "a naive time": cursor("2026-01-01T00:00:00", "01a20491-b795-7126-8a27-ee220f83d610"),
    "a date": cursor("2026-01-01", "01a20491-b795-7126-8a27-ee220f83d610"),
}  # fmt: skip


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("place", BAD.values(), ids=BAD)
def test_a_cursor_that_is_not_ours_is_refused(api, path, place):
    assert api.get(path, cursor=place) == (400, UNKNOWN)


EDGES = [
    cursor("0001-01-01T00:00:00+14:00", "01a20491-b795-7126-8a27-ee220f83d610"),
    cursor("9999-12-31T23:59:59-14:00", "01a20491-b795-7126-8a27-ee220f83d610"),
    cursor(10**30), cursor(-(10**30)), cursor(1.5), cursor(True),
]  # fmt: skip


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("place", EDGES)
def test_a_cursor_at_the_edge_of_the_world_breaks_nothing(api, path, place):
    assert api.get(path, cursor=place)[0] in {200, 400}
