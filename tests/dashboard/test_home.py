"""The dashboard: thirteen agents as this person finds them."""

from agents.models import AgentSwitch
from tests.dashboard import scenes
from tests.dashboard.page import Page
from tests.jobs import acts

FIRST_STEPS = "Make something in under a minute"


def states(page: Page) -> dict[str, tuple[str, str]]:
    """Each agent's state and the words of its tile."""
    tiles = [one for one in page.all("a") if one.attributes.get("class") == "agent"]
    return {one.attributes["href"].rpartition("/")[2]: (one.attributes["data-state"], one.text) for one in tiles}


def test_a_newcomer_sees_thirteen_agents_and_where_to_begin(visit):
    page = visit.get("/dashboard")
    found = states(page)

    assert len(found) == 13
    assert FIRST_STEPS in page.text
    assert "/dashboard/agents/avatar-builder?example=1" in page.links()
    assert "100 of 100 a month" in page.text


def test_states_are_told_in_words(visit):
    found = states(visit.get("/dashboard"))

    assert found["image-creator"][0] == "ready"
    assert found["image-creator"][1].endswith("from 5 credits")
    assert found["voice-lab"][0] == "locked"
    assert found["voice-lab"][1].endswith("Locked · PRO")
    assert found["game-creator"][0] == "soon"
    assert found["game-creator"][1].endswith("Coming soon")


def test_a_higher_plan_opens_what_was_locked(alice, visit):
    acts.put_on(alice, "PRO")
    found = states(visit.get("/dashboard"))

    assert found["voice-lab"][0] == "ready"
    assert found["voice-lab"][1].endswith("5 credits")


def test_an_agent_that_is_switched_off_says_so(visit):
    AgentSwitch.objects.create(agent_id="image-creator")
    page = visit.get("/dashboard")

    assert states(page)["image-creator"] == (
        "off", "Image Creator Illustrative scenes from a sentence. Switched off for now"
    )  # fmt: skip


def test_recent_jobs_take_the_place_of_the_first_steps(alice, bob, visit):
    scenes.delivered(alice)
    scenes.delivered(bob, input={"prompt": "Something of bob's"})
    page = visit.get("/dashboard")

    assert FIRST_STEPS not in page.text
    assert "A red lighthouse at dusk" in page.text
    assert "Something of bob's" not in page.text


def test_it_asks_as_much_for_many_jobs_as_for_one(alice, visit):
    acts.put_on(alice, "PRO")
    scenes.many(alice, 1)
    assert visit.queries("/dashboard") == 7

    scenes.many(alice, 29)
    assert visit.queries("/dashboard") == 7
