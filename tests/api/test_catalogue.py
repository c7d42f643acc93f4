"""GET /api/agents and saved voices."""

from jsonschema import Draft202012Validator

from accounts.models import new_id
from agents.models import AgentSwitch
from agents.registry import AGENTS
from agents.runners import RUNNERS
from jobs.models import Voice
from tests.api.calls import error
from tests.jobs import acts

KEYS = [
    "id", "name", "description", "category", "required_plan", "base_cost", "capabilities", "live", "available",
    "operations",
]  # fmt: skip


def catalogue(api) -> dict[str, dict]:
    status, body = api.get("agents")
    assert (status, list(body)) == (200, ["agents"])
    return {row["id"]: row for row in body["agents"]}


def test_all_thirteen_are_shown_with_all_their_keys(api):
    rows = catalogue(api)

    assert list(rows) == list(AGENTS)
    assert {tuple(row) for row in rows.values()} == {tuple(KEYS)}


def test_an_agent_of_the_plan_can_be_run(api):
    row = catalogue(api)["chat"]

    assert (row["name"], row["category"], row["required_plan"], row["base_cost"], row["live"], row["available"]) == (
        "Chat", "creation", "FREE", 1, True, True
    )  # fmt: skip
    assert [(one["name"], one["cost"]) for one in row["operations"]] == [("message", 1), ("context", 2)]
    assert [one["input_schema"]["required"] for one in row["operations"]] == [["message"], ["message"]]


def test_every_runnable_operation_is_shown_and_no_other(api):
    shown = {(row["id"], one["name"]) for row in catalogue(api).values() for one in row["operations"]}

    assert shown == set(RUNNERS)


def test_every_input_schema_is_a_json_schema(api):
    for row in catalogue(api).values():
        for operation in row["operations"]:
            Draft202012Validator.check_schema(operation["input_schema"])


def test_a_locked_agent_is_live_but_not_available(api, alice):
    assert [catalogue(api)["voice-lab"][key] for key in ("live", "available")] == [True, False]

    acts.put_on(alice, "PRO")

    assert [catalogue(api)["voice-lab"][key] for key in ("live", "available")] == [True, True]


def test_an_agent_that_is_switched_off_is_coming_soon(api):
    AgentSwitch.objects.create(agent_id="chat")

    row = catalogue(api)["chat"]

    assert (row["live"], row["available"], row["operations"]) == (False, False, [])


def test_somebody_past_due_has_no_agent(api, alice):
    type(alice.subscription).objects.update(status="past_due")

    assert {row["available"] for row in catalogue(api).values()} == {False}


def test_the_catalogue_costs_four_queries(api, django_assert_num_queries):
    with django_assert_num_queries(4):  # session, user, subscription, switches
        api.get("agents")


def test_saved_voices_are_the_own_ones_and_can_be_forgotten(api, alice, bob):
    mine = Voice.objects.create(user=alice, name="Mine", profile={"pitch": 1})
    theirs = Voice.objects.create(user=bob, name="Theirs")

    status, body = api.get("voices")
    assert (status, [row["voice_id"] for row in body["voices"]]) == (200, [str(mine.pk)])

    for missing in (theirs.pk, new_id()):
        assert api.delete(f"voices/{missing}") == (404, error("NOT_FOUND", "There is no such voice."))
    assert [api.delete(f"voices/{mine.pk}") for _ in range(2)] == [(204, None)] * 2
    assert api.get("voices") == (200, {"voices": []})
    assert Voice.objects.get(pk=mine.pk).profile == {}
