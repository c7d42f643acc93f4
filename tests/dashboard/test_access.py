"""Who may see what: a page is its owner's; for strangers it does not exist, and who is not signed in signs in first."""

import pytest
from django.test import Client

from jobs.models import Job
from tests.dashboard import scenes
from tests.dashboard.page import Visitor

PAGES = (
    "/dashboard", "/dashboard/billing", "/dashboard/jobs", "/dashboard/credits", "/dashboard/settings",
    "/dashboard/agents/image-creator", "/dashboard/agents/music-studio?operation=remix",
    "/dashboard/agents/voice-lab", "/dashboard/agents/game-creator",
)  # fmt: skip
ACTIONS = ("cancel", "retry", "artifacts/image.png/delete")


@pytest.mark.parametrize("path", PAGES)
def test_the_owner_sees_the_page_and_no_cache_keeps_it(visit, path):
    page = visit.get(path)

    assert page.status == 200
    assert len(page.all("h1")) == 1
    assert "no-store" in page.response.headers["Cache-Control"]
    assert "private" in page.response.headers["Cache-Control"]


@pytest.mark.parametrize("path", PAGES)
def test_who_is_not_signed_in_signs_in_and_comes_back(nobody, path):
    response = nobody.get(path)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/?next=/dashboard")


def test_a_job_is_nobody_elses(alice, bob, visit, nobody):
    job = scenes.delivered(alice)

    assert visit.get(f"/dashboard/jobs/{job.pk}").status == 200
    assert Visitor(bob).get(f"/dashboard/jobs/{job.pk}").status == 404
    assert nobody.get(f"/dashboard/jobs/{job.pk}").status_code == 302


@pytest.mark.parametrize("action", ACTIONS)
def test_a_stranger_can_do_nothing_to_it(alice, bob, action):
    job = scenes.delivered(alice)
    before = Job.objects.count(), list(job.artifacts.values_list("deleted_at", flat=True))

    assert Visitor(bob).post(f"/dashboard/jobs/{job.pk}/{action}").status == 404
    assert Visitor().post(f"/dashboard/jobs/{job.pk}/{action}").status == 302
    assert (Job.objects.count(), list(job.artifacts.values_list("deleted_at", flat=True))) == before


@pytest.mark.parametrize("action", ACTIONS)
def test_what_changes_something_takes_a_post_with_a_token(alice, action):
    job = scenes.delivered(alice)
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(alice)

    assert careful.get(f"/dashboard/jobs/{job.pk}/{action}").status_code == 405
    assert careful.post(f"/dashboard/jobs/{job.pk}/{action}").status_code == 403


def test_a_stranger_starts_nothing_from_anothers_job(alice, bob):
    job = scenes.delivered(alice)

    assert Visitor(bob).get("/dashboard/agents/image-creator", **{"from": job.pk}).status == 404


def test_a_stranger_is_not_offered_anothers_picture(alice, bob):
    job = scenes.delivered(alice)
    page = Visitor(bob).get("/dashboard/agents/image-creator", operation="upscale", use=f"{job.pk}/image.png")

    assert [value for value, _ in page.options("image")] == [""]


def test_an_unknown_agent_is_not_found(visit):
    assert visit.get("/dashboard/agents/time-machine").status == 404


def test_the_picture_of_a_person_is_theirs_alone(nobody, visit):
    assert nobody.get("/dashboard/picture").status_code == 302
    assert visit.get("/dashboard/picture").status == 404
