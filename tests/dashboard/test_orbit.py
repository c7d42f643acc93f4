"""The rings of the dashboard: who stands on which, what the legend says, and which view is remembered."""

import re

from agents.models import AgentInterest, AgentSwitch
from agents.registry import AGENTS
from billing.entitlements import Standing
from billing.plans import plan_for
from dashboard import orbit
from tests import environment
from tests.dashboard import scenes
from tests.dashboard.page import Page

STYLES = environment.ROOT / "static" / "css" / "sky.css"


def sky(plan: str = "FREE", *interests: str, status: str = "active") -> orbit.Sky:
    return orbit.sky_of(Standing(plan_for(plan), status), set(interests))


def bodies(seen: orbit.Sky) -> dict[str, orbit.Body]:
    return {body.tile.agent.id: body for ring in seen.rings for body in ring.bodies}


def view_shown(page: Page) -> str:
    return page.all("section", class_="sky")[0].attributes["data-view"]


def test_every_agent_is_on_the_ring_of_its_tier(db):
    seen = sky()

    assert [ring.tier for ring in seen.rings] == ["FREE", "PRO", "PREMIUM"]
    assert bodies(seen).keys() == AGENTS.keys()
    for ring in seen.rings:
        assert {body.tile.agent.required_plan for body in ring.bodies} == {ring.tier}


def test_the_stylesheet_has_a_place_for_every_body(db):
    styles = STYLES.read_text()
    places = {int(count) for count in re.findall(r'\[data-count="(\d+)"\]', styles)}

    assert {len(ring.bodies) for ring in sky().rings} <= places
    assert {int(one) for one in re.findall(r"\.planet:nth-child\((\d+)\)", styles)} == places - {1}


def test_a_ring_says_what_it_takes_to_reach_it(db):
    assert [ring.note for ring in sky("PRO").rings] == ["on every plan", "in your plan", "with an upgrade"]


def test_states_differ_in_sign_and_word_not_in_colour_alone(db):
    AgentSwitch.objects.create(agent_id="chat")
    found = bodies(sky())
    told = {found[name].tile.state: (found[name].mark, found[name].word) for name in (
        "image-creator", "voice-lab", "chat", "game-creator",
    )}  # fmt: skip

    assert told == {
        "ready": ("", "from 5 credits"),
        "locked": ("lock", "Locked · PRO"),
        "off": ("pause", "Switched off"),
        "soon": ("clock", "Coming soon"),
    }


def test_the_legend_explains_what_is_there_and_nothing_else(db):
    assert [key.word for key in sky("FREE").keys] == ["Ready", "Locked", "Coming soon"]
    assert [key.word for key in sky("PREMIUM").keys] == ["Ready", "Coming soon"]


def test_an_unpaid_subscription_is_not_told_as_a_lower_plan(db):
    found = bodies(sky("PRO", status="past_due"))

    assert found["chat"].word == "Paused · billing"
    assert found["avatar-g-agent"].word == "Locked · PREMIUM"


def test_who_waits_is_told_when_it_is_there_and_not_before(db):
    seen = sky("FREE", "game-creator", "voice-lab", "image-creator")

    assert bodies(seen)["game-creator"].word == "Coming soon · noted"
    assert [agent.id for agent in seen.arrived] == ["image-creator", "voice-lab"]


def test_news_are_on_the_page_until_they_are_read(alice, visit):
    AgentInterest.objects.create(user=alice, agent_id="image-creator")
    assert "Image Creator is live" in visit.get("/dashboard").text

    visit.post("/dashboard/agents/image-creator/interest", wanted="no")
    assert "Image Creator is live" not in visit.get("/dashboard").text


def test_a_view_is_remembered_without_javascript(visit):
    assert view_shown(visit.get("/dashboard")) == "orbit"
    assert view_shown(visit.get("/dashboard", view="list")) == "list"
    assert view_shown(visit.get("/dashboard")) == "list"
    visit.get("/dashboard", view="orbit")
    assert view_shown(visit.get("/dashboard")) == "orbit"


def test_a_view_that_is_not_one_changes_nothing(visit):
    visit.get("/dashboard", view="list")

    assert view_shown(visit.get("/dashboard", view="cube")) == "list"
    visit.client.cookies[orbit.COOKIE] = "cube"
    assert view_shown(visit.get("/dashboard")) == "orbit"


def test_the_view_is_kept_for_the_dashboard_alone_and_out_of_reach_of_scripts(visit):
    visit.get("/dashboard", view="list")
    cookie = visit.client.cookies[orbit.COOKIE]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/dashboard", True, "Lax")


def test_both_views_hold_the_same(visit):
    def said(page: Page) -> list[str]:
        return [one.attributes["aria-label"] for one in page.all("a", class_="body")]

    assert said(visit.get("/dashboard", view="orbit")) == said(visit.get("/dashboard", view="list"))


def test_the_ring_around_the_core_is_what_is_left(alice, visit):
    scenes.waiting(alice)
    value = next(one for one in visit.get("/dashboard").all("circle") if one.attributes.get("class") == "value")

    assert (value.attributes["pathlength"], value.attributes["stroke-dasharray"]) == ("100", "92 100")
