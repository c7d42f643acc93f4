"""The price beside a form while it is filled in: sent when it has changed, and never written."""

import pytest
from django.test import Client

from jobs.models import Job
from tests.dashboard import scenes
from tests.dashboard.page import Page, read
from tests.jobs import acts
from tests.jobs.plans import troupe  # noqa: F401 a fixture

PICTURES, GOAL = "/dashboard/agents/image-creator", "/dashboard/agents/avatar-g-agent"
HTMX = {"HX-Request": "true"}


def live(visit, path: str, **typed: str) -> Page:
    return read(visit.client.post(path, typed, headers=HTMX))


def test_nothing_is_sent_while_the_price_is_what_is_shown(visit, alice):
    seen = visit.get(PICTURES).value("seen")
    assert live(visit, f"{PICTURES}/price", seen=seen).status == 204
    acts.give(alice, 7)
    changed = live(visit, f"{PICTURES}/price", seen=seen)
    assert (changed.status, "After this 99 credits" in changed.text) == (200, True)


def test_each_operation_has_its_price(visit):
    assert "After this 92 credits" in live(visit, f"{PICTURES}/price?operation=generate").text
    assert "After this 95 credits" in live(visit, f"{PICTURES}/price?operation=upscale").text


def test_who_has_too_little_is_led_to_what_mends_it(visit, alice):
    acts.leave(alice, 3)
    page = live(visit, f"{PICTURES}/price")
    assert ("You need 5 more credits" in page.text, page.links()) == (True, ["/dashboard/billing#upgrade"])
    assert page.all("button") == []


def test_a_goal_is_priced_as_it_stands_and_cannot_be_confirmed_unseen(visit, alice, troupe):  # noqa: F811
    acts.put_on(alice, "PREMIUM")
    short = live(visit, f"{GOAL}/price", goal="")
    assert "Steps as planned" in short.text
    page = live(visit, f"{GOAL}/price", goal="everything, please")
    assert "After this 4,944 credits" in page.text
    assert [one.text for one in page.all("button")] == ["Show the plan and its price"]
    assert not Job.objects.exists()


def test_where_a_model_plans_none_is_asked_before_the_person_asks(visit, alice, troupe, settings):  # noqa: F811
    acts.put_on(alice, "PREMIUM")
    settings.TEXT_MODEL = "a-model"
    assert "Steps as planned" in live(visit, f"{GOAL}/price", goal="everything, please").text


@pytest.mark.parametrize("path", [f"{GOAL}/price", "/dashboard/agents/game-creator/price"])
def test_a_desk_that_has_closed_loads_its_page_anew(visit, path):
    answer = live(visit, path)
    assert (answer.status, answer.response.headers["HX-Refresh"]) == (204, "true")


def test_it_is_a_fragment_for_members_and_their_forms(visit, alice, nobody):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(alice)

    assert visit.post(f"{PICTURES}/price").response.headers["Location"] == PICTURES
    assert visit.get(f"{PICTURES}/price").status == 405
    assert nobody.post(f"{PICTURES}/price").headers["Location"].startswith("/accounts/login/")
    assert careful.post(f"{PICTURES}/price", headers=HTMX).status_code == 403
    assert visit.post("/dashboard/agents/nobody/price").status == 303


def test_another_operation_keeps_the_words_that_were_typed(visit):
    upscale = visit.post(f"{PICTURES}?operation=upscale", switch="1", prompt="A tea house", submit_key="k")
    assert (upscale.status, upscale.value("prompt")) == (200, "A tea house")
    back = visit.post(f"{PICTURES}?operation=generate", switch="1", prompt=upscale.value("prompt"))
    assert (back.value("prompt"), Job.objects.count()) == ("A tea house", 0)


def test_words_move_to_what_the_other_operation_calls_them(visit, alice):
    acts.put_on(alice, "PRO")
    page = visit.post("/dashboard/agents/video-studio?operation=animate", switch="1", prompt="Good morning")
    assert page.value("text") == "Good morning"


def test_a_refused_retry_leads_to_what_mends_it(visit, alice):
    job = scenes.canceled(alice)
    acts.leave(alice, 3)
    visit.post(f"/dashboard/jobs/{job.pk}/retry", submit_key="again")
    page = visit.get(f"/dashboard/jobs/{job.pk}")
    assert "You need 5 more credits. This takes 8 and you have 3. Nothing was charged." in page.text
    assert "/dashboard/billing#upgrade" in page.links()
