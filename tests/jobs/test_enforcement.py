"""The enforcement table, row by row and in its order."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import pytest

from accounts.models import User
from agents.models import AgentSwitch
from agents.registry import AGENTS, CHAT
from agents.runners import RUNNERS
from avatarg.errors import Refusal
from billing.models import Subscription
from billing.plans import FREE, PLANS
from credits import ledger
from jobs import quotes, submission
from jobs.models import Job
from tests.jobs import acts


@dataclass
class Scene:
    """A user, and a call of theirs that would be accepted."""

    user: User
    call: dict[str, Any]
    patch: pytest.MonkeyPatch


def unknown(scene: Scene) -> None:
    scene.call["operation"] = "nonsense"


def switched_off(scene: Scene) -> None:
    AgentSwitch.objects.create(agent_id="chat")


def past_due(scene: Scene) -> None:
    Subscription.objects.filter(pk=scene.user.pk).update(status="past_due")


def tier_above(scene: Scene) -> None:
    scene.patch.setitem(AGENTS, "chat", replace(CHAT, required_plan="PRO"))


def left_out(scene: Scene) -> None:
    scene.patch.setitem(PLANS, "FREE", replace(FREE, agents=FREE.agents - {"chat"}))


def wrong_input(scene: Scene) -> None:
    scene.call["input"] = {"message": ""}


def storage_full(scene: Scene) -> None:
    acts.store(scene.user, acts.GB)


def one_running(scene: Scene) -> None:
    acts.submit(scene.user)


def nothing_left(scene: Scene) -> None:
    acts.leave(scene.user, 0)


def frozen(scene: Scene) -> None:
    ledger.freeze(scene.user.pk)


TABLE: list[tuple[str, int, Callable[[Scene], None]]] = [
    ("UNKNOWN_AGENT", 404, unknown),
    ("AGENT_COMING_SOON", 403, switched_off),
    ("SUBSCRIPTION_INACTIVE", 403, past_due),
    ("PLAN_REQUIRED", 403, tier_above),
    ("AGENT_NOT_ALLOWED", 403, left_out),
    ("VALIDATION_ERROR", 400, wrong_input),
    ("QUOTA_EXCEEDED", 403, storage_full),
    ("CONCURRENCY_LIMIT", 429, one_running),
    ("INSUFFICIENT_CREDITS", 402, nothing_left),
    ("DEDUCTION_FAILED", 402, frozen),
]


@pytest.fixture
def scene(alice, monkeypatch) -> Scene:
    return Scene(alice, {"agent_id": "chat", "input": acts.HELLO}, monkeypatch)


def refusal(scene: Scene) -> Refusal:
    return acts.refusal_of(lambda: submission.submit(user_id=scene.user.pk, **scene.call))


def quoted(scene: Scene) -> str | None:
    """The code a quote names, raised or told."""
    try:
        return quotes.quote(user_id=scene.user.pk, **scene.call).code
    except Refusal as refusal:
        return refusal.code


def name_of(row: Any) -> str:
    return row[0]


@pytest.mark.parametrize("row", TABLE, ids=name_of)
def test_a_row_alone_refuses_with_its_code_and_status(scene, row):
    code, status, violate = row
    assert quoted(scene) is None
    violate(scene)
    before = acts.balance_of(scene.user), Job.objects.count()

    assert quoted(scene) == code
    refused = refusal(scene)

    assert (refused.code, refused.status) == (code, status)
    assert (acts.balance_of(scene.user), Job.objects.count()) == before


@pytest.mark.parametrize("rows", list(combinations(TABLE, 2)), ids=lambda rows: f"{rows[0][0]}-{rows[1][0]}")
def test_of_two_violated_rows_the_first_answers(scene, rows):
    for _, _, violate in sorted(rows, key=lambda row: row[2] is not one_running):
        violate(scene)

    assert (quoted(scene), refusal(scene).code) == (rows[0][0], rows[0][0])


def test_an_accepted_call_passes_every_row(scene):
    assert submission.submit(user_id=scene.user.pk, **scene.call).status == "queued"


@pytest.mark.parametrize("status", ["past_due", "unpaid", "paused"])
def test_an_inactive_subscription_runs_nothing(alice, status):
    Subscription.objects.filter(pk=alice.pk).update(status=status)

    refused = acts.refusal_of(lambda: acts.submit(alice))

    assert (refused.code, refused.metadata) == ("SUBSCRIPTION_INACTIVE", {"status": status})


def test_a_trial_runs(alice):
    Subscription.objects.filter(pk=alice.pk).update(status="trialing")

    assert acts.submit(alice).status == "queued"


def test_an_operation_without_a_runner_is_coming_soon(alice, monkeypatch):
    monkeypatch.delitem(RUNNERS, ("voice-lab", "clone"))

    assert acts.refusal_of(lambda: acts.submit(alice, "voice-lab", operation="clone")).code == "AGENT_COMING_SOON"


def test_an_agent_that_is_switched_on_again_runs(alice):
    AgentSwitch.objects.create(agent_id="chat", off=False)

    assert acts.submit(alice).status == "queued"


def test_too_few_credits_say_what_is_needed_what_is_there_and_when_more_come(alice):
    acts.leave(alice, 14)

    refused = acts.refusal_of(lambda: acts.submit(alice, "music-studio"))

    account = alice.credit_account
    account.refresh_from_db()
    reset = account.next_reset_at.isoformat().replace("+00:00", "Z")
    assert refused.metadata == {"required": 15, "available": 14, "next_reset_at": reset}
    assert refused.message == "This takes 15 credits and you have 14."


def test_exactly_enough_credits_are_enough(alice):
    acts.leave(alice, 15)

    assert acts.submit(alice, "music-studio").balance == 0


def test_wrong_input_names_each_field_with_sentences(alice):
    refused = acts.refusal_of(lambda: acts.submit(alice, input={"message": "", "colour": "red"}))

    assert refused.metadata == {
        "fields": {
            "message": ["String should have at least 1 character"],
            "colour": ["Extra inputs are not permitted"],
        }
    }


def test_a_plan_above_the_tier_is_asked_for_by_name(alice):
    refused = acts.refusal_of(lambda: acts.submit(alice, "voice-lab", operation="synthesize"))

    assert (refused.code, refused.metadata) == ("PLAN_REQUIRED", {"required_plan": "PRO", "plan": "FREE"})


def test_a_plan_opens_its_agents(alice):
    acts.put_on(alice, "PRO")

    assert acts.submit(alice, "voice-lab", operation="synthesize").balance == 995


def test_a_price_above_max_credits_is_refused_before_anything_is_taken(alice):
    refused = acts.refusal_of(lambda: acts.submit(alice, "music-studio", max_credits=14))

    assert refused.code == "VALIDATION_ERROR"
    assert refused.metadata == {"fields": {"max_credits": ["The price is 15 credits."]}}
    assert acts.rows_of(alice) == []


def test_a_price_of_max_credits_is_taken(alice):
    assert acts.submit(alice, "music-studio", max_credits=15).cost == 15
