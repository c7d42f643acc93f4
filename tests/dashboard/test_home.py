"""The dashboard: thirteen agents as this person finds them, what to begin with, and what is going on."""

from agents.models import AgentSwitch
from billing.models import Subscription
from credits import ledger
from tests.dashboard import scenes
from tests.dashboard.page import Page
from tests.jobs import acts

FIRST_STEPS = "Your first result is two clicks away"


def names(page: Page) -> dict[str, str]:
    """What each body's link is called."""
    bodies = page.all("a", class_="body")
    return {one.attributes["href"].rpartition("/")[2]: one.attributes["aria-label"] for one in bodies}


def states(page: Page) -> dict[str, str]:
    tiles = page.all("li", class_="planet")
    return {one.attributes["id"].removeprefix("agent-"): one.attributes["data-state"] for one in tiles}


def test_a_newcomer_sees_thirteen_agents_and_where_to_begin(visit):
    page = visit.get("/dashboard")

    assert len(names(page)) == len(states(page)) == 13
    assert FIRST_STEPS in page.text
    assert "In progress" not in page.text
    assert page.all("a", class_="core")[0].attributes["aria-label"].startswith("100 of 100 credits left, reset in ")


def test_the_first_picture_is_two_clicks_away(alice, visit):
    [first] = [one for one in visit.get("/dashboard").all("a") if one.text == "Make your first picture"]
    studio, _, example = first.attributes["href"].partition("?")
    form = visit.get(studio, example=example.removeprefix("example="))
    answer = pressed(visit, studio, form)

    assert answer.status == 303
    assert acts.balance_of(alice) == 100 - 8


def pressed(visit, address: str, form: Page) -> Page:
    """The button of a form that nobody typed into."""
    fields = ("submit_key", "prompt", "style", "shape", "palette", "seed")
    return visit.post(address, **{name: form.value(name) for name in fields if form.value(name)})


def test_who_cannot_draw_begins_with_something_else(visit):
    AgentSwitch.objects.create(agent_id="image-creator")
    page = visit.get("/dashboard")

    assert "Make your first picture" not in page.text
    assert "/dashboard/agents/avatar-builder?example=1" in page.links()


def test_who_has_little_left_begins_with_what_it_pays_for(alice, visit):
    ledger.take_back(user_id=alice.pk, amount=95, reason="A mistake", reference="one")
    started = [link for link in visit.get("/dashboard").links() if link.endswith("?example=1")]

    assert started == ["/dashboard/agents/chat?example=1"]


def test_who_has_nothing_left_is_led_to_no_refusal(alice, visit):
    ledger.take_back(user_id=alice.pk, amount=100, reason="A mistake", reference="all")

    assert FIRST_STEPS not in visit.get("/dashboard").text


def test_states_are_told_in_words(visit):
    page = visit.get("/dashboard")
    named, found = names(page), states(page)

    assert (found["music-studio"], named["music-studio"]) == ("ready", "Music Studio, ready, from 8 credits")
    assert (found["voice-lab"], named["voice-lab"]) == ("locked", "Voice Lab, locked, comes with PRO")
    assert (found["game-creator"], named["game-creator"]) == ("soon", "Game Creator, coming soon")
    shown = {one.attributes["id"]: one.text for one in page.all("li", class_="planet")}
    assert "from 8 credits" in shown["agent-music-studio"]
    assert "Locked · PRO" in shown["agent-voice-lab"]
    assert "Coming soon" in shown["agent-game-creator"]


def test_a_higher_plan_opens_what_was_locked(alice, visit):
    acts.put_on(alice, "PRO")
    page = visit.get("/dashboard")

    assert names(page)["voice-lab"] == "Voice Lab, ready, from 5 credits"
    assert states(page)["avatar-g-agent"] == "locked"


def test_an_agent_that_is_switched_off_says_so(visit):
    AgentSwitch.objects.create(agent_id="image-creator")
    page = visit.get("/dashboard")

    assert states(page)["image-creator"] == "off"
    assert names(page)["image-creator"] == "Image Creator, switched off for now"


def test_who_did_not_pay_reads_why_nothing_runs(alice, visit):
    acts.put_on(alice, "PRO")
    Subscription.objects.filter(pk=alice.pk).update(status="past_due")
    page = visit.get("/dashboard")

    assert "Your agents are paused" in page.text
    assert "1,000 credits and your results are safe." in page.text
    assert "to spend" not in page.text
    assert names(page)["chat"] == "Chat, paused until the payment is mended"
    assert FIRST_STEPS not in page.text


def test_recent_jobs_take_the_place_of_the_first_steps(alice, bob, visit):
    scenes.delivered(alice)
    scenes.delivered(bob, input={"prompt": "Something of bob's"})
    page = visit.get("/dashboard")

    assert FIRST_STEPS not in page.text
    assert "A red lighthouse at dusk" in page.text
    assert "Nothing is running." in page.text
    assert "Something of bob's" not in page.text


def test_what_runs_is_shown_however_much_ended_since(alice, visit):
    acts.put_on(alice, "PRO")
    scenes.running(alice, input={"prompt": "The long one"})
    scenes.many(alice, 12)
    page = visit.get("/dashboard")
    running = next(one.text for one in page.all("section") if one.attributes.get("aria-labelledby") == "now")

    assert "1 job in progress" in page.text
    assert "The long one" in running
    assert "Drawing the sea 40 %" in running
    assert page.all("div", id="going")[0].attributes["hx-select"] == "#going"


def test_a_job_that_is_not_shown_is_counted(alice, visit):
    acts.put_on(alice, "PREMIUM")
    for _ in range(6):
        scenes.waiting(alice)
    page = visit.get("/dashboard")

    assert "6 jobs in progress" in page.text
    assert "2 more" in page.text
