"""A studio: the form of one operation, its price before running, and what comes of sending it."""

import pytest

from agents.models import AgentSwitch
from agents.runners import RUNNERS
from billing.models import Subscription
from dashboard.templatetags import ui
from jobs.models import Job
from tests.dashboard import scenes
from tests.dashboard.page import Page, sent
from tests.jobs import acts

IMAGE = "/dashboard/agents/image-creator"
UPSCALE = f"{IMAGE}?operation=upscale"
MUSIC = "/dashboard/agents/music-studio"
PROMPT = {"prompt": "A red lighthouse at dusk", "style": "neon", "shape": "wide"}


def button(page: Page) -> str:
    return page.texts("button", class_="btn primary big wide mt4")[0]


def test_the_form_is_that_of_the_operation(visit):
    page = visit.get(IMAGE)

    assert page.texts("label", for_="id_prompt") == ["What should it show?"]
    assert (page.value("style"), page.value("shape"), page.value("seed")) == ("painted", "square", "")
    assert "required" in page.all("textarea", name="prompt")[0].attributes
    assert page.all("textarea", name="prompt")[0].attributes["maxlength"] == "500"
    assert [one.attributes["min"] for one in page.all("input", name="seed")] == ["0"]


def test_examples_are_cut_between_words(alice, visit):
    acts.put_on(alice, "PRO")
    assert visit.get(IMAGE).texts("p", class_="label") == ["Try one of these"]
    assert visit.get(IMAGE).texts("a", class_="chip")[1] == "Koi pond seen from above, orange and white koi"
    business = visit.get("/dashboard/agents/business-agent")
    assert business.texts("p", class_="label") == ["Try this one"]
    assert business.texts("a", class_="chip") == [
        "Our bakery wants to open a second shop near the station in spring. Rent is $2,400 a month and the fit-out…"
    ]


def test_no_stop_is_left_before_the_dots_of_a_cut():
    assert [ui.shortened(f"At dusk{stop} Two boats", 10) for stop in ".,;:"] == ["At dusk…"] * 4


def test_the_price_stands_beside_it_before_anything_runs(visit):
    page = visit.get(IMAGE)

    assert "Balance 100 Generate \u2212 8 After this 92 credits" in page.text
    assert button(page) == "Create picture for 8"
    assert not Job.objects.exists()


def test_operations_are_tabs_and_those_to_come_say_so(alice, visit, monkeypatch):
    acts.put_on(alice, "PRO")
    monkeypatch.delitem(RUNNERS, ("voice-lab", "clone"))

    assert visit.get(UPSCALE).texts("a", aria_current="true") == ["Upscale 5"]
    assert visit.get("/dashboard/agents/voice-lab").texts("span", class_="soon") == ["Clone coming soon"]


def test_sending_it_starts_the_job_and_goes_there(alice, visit):
    page = sent(visit, **PROMPT)
    job = Job.objects.get()

    assert (page.status, page.response.headers["Location"]) == (303, f"/dashboard/jobs/{job.pk}")
    assert (job.user, job.agent_id, job.operation, job.status) == (alice, "image-creator", "generate", "queued")
    assert job.input == PROMPT
    assert acts.balance_of(alice) == 92


def test_sending_it_twice_charges_once(alice, visit):
    key = visit.get(IMAGE).value("submit_key")
    first, second = (visit.post(IMAGE, submit_key=key, **PROMPT) for _ in range(2))

    assert first.response.headers["Location"] == second.response.headers["Location"]
    assert (Job.objects.count(), acts.balance_of(alice)) == (1, 92)


def test_going_back_to_change_the_words_is_another_run(alice, visit):
    acts.put_on(alice, "PRO")
    key = visit.get(IMAGE).value("submit_key")
    answers = [visit.post(IMAGE, submit_key=key, **{**PROMPT, "prompt": words}) for words in ("One", "Another")]

    assert [one.status for one in answers] == [303, 303]
    assert Job.objects.count() == 2


def test_every_page_has_a_key_of_its_own(visit):
    assert visit.get(IMAGE).value("submit_key") != visit.get(IMAGE).value("submit_key")


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(alice, visit):
    page = sent(visit, **{**PROMPT, "prompt": "", "seed": "-5"})

    assert page.status == 400
    assert page.all("div", id="id_prompt_error")[0].text == "This field is required."
    assert page.all("div", id="id_seed_error")[0].text == "Ensure this value is greater than or equal to 0."
    assert [one.attributes["aria-invalid"] for one in page.all("input", name="seed")] == ["true"]
    assert (page.value("style"), page.value("shape"), page.value("seed")) == ("neon", "wide", "-5")
    assert (Job.objects.count(), acts.balance_of(alice)) == (0, 100)


def test_what_only_the_agent_can_tell_is_said_there_too(visit):
    page = sent(visit, MUSIC, prompt="A slow tune", key="H sharp", duration="20")

    assert page.status == 400
    assert page.all("div", id="id_key_error")[0].text
    assert (page.value("prompt"), page.value("key")) == ("A slow tune", "H sharp")


def test_a_choice_that_is_not_there_is_refused(visit):
    assert sent(visit, **{**PROMPT, "style": "invisible"}).status == 400
    assert not Job.objects.exists()


def test_a_refusal_says_why_and_keeps_the_words(alice, visit):
    scenes.waiting(alice)
    page = sent(visit, **PROMPT)

    assert page.status == 429
    assert "Another job is still running Your plan runs 1 job at once. Nothing was charged" in page.text
    assert page.value("prompt") == PROMPT["prompt"]
    assert "/dashboard/jobs" in page.links()
    assert (Job.objects.count(), acts.balance_of(alice)) == (1, 92)


def test_too_few_credits_are_said_before_sending_and_refused_after(alice, visit):
    key = visit.get(IMAGE).value("submit_key")
    acts.leave(alice, 5)
    page = visit.get(IMAGE)

    assert "You need 3 more credits This takes 8 and you have 5." in page.text
    assert not page.texts("button", class_="btn primary big wide mt4")
    assert "/dashboard/billing#upgrade" in page.links()
    assert visit.post(IMAGE, submit_key=key, **PROMPT).status == 402
    assert not Job.objects.exists()


def test_a_used_quota_is_said_before_sending(alice, visit):
    scenes.delivered(alice, "avatar.png", "avatar.svg", agent_id="avatar-builder")
    page = visit.get("/dashboard/agents/avatar-builder")

    assert "Avatars kept 1 of 1" in page.text
    assert "Your plan keeps 1 avatar. Delete one, or upgrade, to make another." in page.text
    assert "/dashboard/jobs?agent=avatar-builder" in page.links()
    assert not page.texts("button", class_="btn primary big wide mt4")


def test_a_month_of_tracks_is_counted(alice, visit):
    scenes.delivered(alice, "track.mp3", agent_id="music-studio")

    assert "Tracks this month 1 of 5" in visit.get(MUSIC).text


@pytest.mark.parametrize(
    ("agent_id", "title", "link"),
    [
        ("voice-lab", "Voice Lab is part of the PRO plan", "/dashboard/billing#upgrade"),
        ("game-creator", "Game Creator is coming soon", "/dashboard"),
    ],
)
def test_a_closed_studio_says_what_it_does_and_what_opens_it(visit, agent_id, title, link):
    page = visit.get(f"/dashboard/agents/{agent_id}")

    assert title in page.texts("h2")
    assert link in page.links()
    assert not page.all("input", name="submit_key")
    assert visit.post(f"/dashboard/agents/{agent_id}", text="Hello").status == 200
    assert not Job.objects.exists()


def test_an_agent_that_is_switched_off_says_so(visit):
    AgentSwitch.objects.create(agent_id="image-creator")

    assert "Image Creator is switched off for now" in visit.get(IMAGE).texts("h2")


def test_an_unpaid_subscription_leads_to_billing(alice, visit):
    acts.put_on(alice, "PRO")
    Subscription.objects.filter(pk=alice.pk).update(status="past_due")
    page = visit.get(IMAGE)

    assert "Open billing" in page.text
    assert not page.all("textarea")


def test_an_example_fills_the_form(visit):
    page = visit.get(IMAGE, example=3)

    assert page.value("prompt").startswith("Snow peaks at first light")
    assert page.value("shape") == "wide"
    assert [one.text for one in page.all("a", class_="chip")][1].startswith("Koi pond seen from above")


@pytest.mark.parametrize("number", ["0", "4", "-1", "x", "\uff19", "99999999999999999999"])
def test_an_example_that_is_not_there_is_an_empty_form(visit, number):
    page = visit.get(IMAGE, example=number)

    assert (page.status, page.value("prompt")) == (200, "")


def test_an_earlier_job_fills_the_form(alice, visit):
    job = scenes.delivered(alice, input={"prompt": "Fog over a green valley", "style": "flat"})
    page = visit.get(IMAGE, **{"from": job.pk})

    assert (page.value("prompt"), page.value("style")) == ("Fog over a green valley", "flat")


@pytest.mark.parametrize("given", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_an_earlier_job_that_is_not_there_is_not_found(visit, given):
    assert visit.get(IMAGE, **{"from": given}).status == 404


def test_own_results_of_this_agent_stand_below(alice, bob, visit):
    picture = scenes.delivered(alice)
    lost = scenes.failed(alice)
    scenes.delivered(alice, "track.mp3", agent_id="music-studio", input={"prompt": "Rain, lo-fi"})
    scenes.delivered(bob, input={"prompt": "Something of bob's"})
    page = visit.get(IMAGE)
    results = [one for one in page.all("a") if one.attributes.get("class") == "result"]

    assert [one.attributes["href"] for one in results] == [
        f"/dashboard/jobs/{lost.pk}",
        f"/dashboard/jobs/{picture.pk}",
    ]
    assert [one.attributes["src"] for one in page.all("img")] == [f"/api/jobs/{picture.pk}/artifacts/image.png"]
    assert "8 credits returned" in results[0].text
    assert "Rain, lo-fi" not in page.text
    assert "Something of bob's" not in page.text
