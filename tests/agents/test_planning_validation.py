"""What no plan may do, whoever wrote it; and what each operation really delivers."""

import pytest

from agents.planning import validation
from agents.planning.outcomes import ACCEPTED, DELIVERED
from agents.planning.plan import Plan, Step
from agents.planning.validation import BadPlan
from agents.runners import RUNNERS
from tests.agents.planner import PlanRun

PICTURE = Step("picture", "image-creator", "generate", {"prompt": "a red boat"}, "Draws a boat.")
LARGE = Step(
    "large", "image-creator", "upscale", {"image": {"step": "picture", "name": "image.png"}}, "Makes it larger."
)  # fmt: skip
SPEECH = Step("voice", "voice-lab", "synthesize", {"text": "Hello there."}, "Says hello.")


def step(key="one", agent_id="image-creator", operation="generate", reason="For a reason.", **given):
    return Step(key, agent_id, operation, given or {"prompt": "a red boat"}, reason)


def refused(*steps, may_use=lambda agent_id, operation: True, most_steps=8):
    with pytest.raises(BadPlan) as failure:
        validation.check(Plan(steps, (), "planner of the tests"), may_use=may_use, most_steps=most_steps)
    return str(failure.value)


def test_a_plan_that_fits_passes():
    validation.check(Plan((PICTURE, LARGE, SPEECH), (), "p"), may_use=lambda *_: True, most_steps=3)
    assert (LARGE.needs, LARGE.cost, Plan((PICTURE, LARGE), (), "p").cost) == (("picture",), 5, 13)


def test_needs_are_found_wherever_they_stand_in_order_and_once():
    nested = {
        "a": [{"b": {"step": "two", "name": "x"}}, {"step": "one", "name": "y"}],
        "c": {"step": "two", "name": "z"},
    }
    assert Step("k", "a", "b", nested, "r").needs == ("two", "one")


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ((), "no steps"),
        ((LARGE, PICTURE), "does not come before"),
        ((PICTURE, PICTURE), "twice"),
        ((step(key="Bad Key"),), "no key"),
        ((step(key="a" * 41),), "no key"),
        ((step(reason=" "),), "no reason"),
        ((step(reason="x" * 301),), "no reason"),
        ((step(agent_id="nobody"),), "unknown operation"),
        ((step(operation="fly"),), "unknown operation"),
        ((step(agent_id="game-creator"),), "can not be used"),
        ((step(agent_id="avatar-g-agent", operation="orchestrate", goal="a goal of its own"),), "orchestrate again"),
        ((step(agent_id="avatar-g-agent", operation="complex-task", goal="a goal of its own"),), "orchestrate again"),
        ((step(agent_id="voice-lab", operation="clone", name="me", consent=True),), "consent"),
        ((step(prompt=""),), "prompt"),
        ((step(prompt="a", surprise=1),), "surprise"),
        ((step(prompt="a\x00b"),), "cannot be stored"),
        ((step(prompt="a", style="oil"),), "style"),
        ((step(operation="upscale", image={"step": "one", "name": "image.png"}),), "does not come before"),
        ((step(operation="upscale", image={"upload_id": "00000000-0000-0000-0000-000000000001"}),), "outside"),
        (
            (step(operation="upscale", image={"job_id": "00000000-0000-0000-0000-000000000001", "name": "a"}),),
            "outside",
        ),
        ((PICTURE, step(operation="upscale", image={"step": "picture", "name": "boat.png"})), "delivers no"),
        ((PICTURE, step(operation="upscale", image={"step": "picture"})), "not of a step and a name"),
        ((PICTURE, step(operation="upscale", image={"step": ["picture"], "name": "image.png"})), "not of a step"),
        ((SPEECH, step(operation="upscale", image={"step": "voice", "name": "speech.mp3"})), "can not work on"),
        ((PICTURE, step(prompt={"step": "picture", "name": "image.png"})), "can not work on"),
        ((step(agent_id="chat", operation="context", message="a", conversation="no"),), "outside"),
        (tuple(step(key=f"k{number}") for number in range(9)), "more than 8"),
    ],
)
def test_what_does_not_fit_is_refused(steps, told):
    assert told in refused(*steps)


def test_what_may_not_be_used_is_refused():
    assert "can not be used" in refused(PICTURE, may_use=lambda agent_id, operation: agent_id != "image-creator")


def test_steps_are_put_in_order_and_circles_stay_refused():
    assert validation.ordered((LARGE, SPEECH, PICTURE)) == (SPEECH, PICTURE, LARGE)
    one = step("one", operation="upscale", image={"step": "two", "name": "image.png"})
    two = step("two", operation="upscale", image={"step": "one", "name": "image.png"})
    assert "does not come before" in refused(*validation.ordered((one, two)))


def test_every_table_names_operations_that_run():
    assert DELIVERED.keys() <= RUNNERS.keys()
    assert {(agent_id, operation) for agent_id, operation, _ in ACCEPTED} <= RUNNERS.keys()
    for agent_id, operation, field in ACCEPTED:
        assert field in RUNNERS[agent_id, operation].input.model_fields


@pytest.mark.parametrize(
    ("agent_id", "operation", "given"),
    [
        ("avatar-builder", "generate", {"prompt": "a robot"}),
        ("image-creator", "generate", {"prompt": "a boat"}),
        ("music-studio", "generate", {"prompt": "a tune", "duration": 10}),
        ("voice-lab", "synthesize", {"text": "Hello there."}),
        ("business-agent", "report", {"prompt": "Our bakery opens a second shop near the station in spring."}),
        ("video-studio", "animate", {"text": "Hello."}),
        ("video-studio", "generate", {"prompt": "Two boats sail out.", "seconds": 6}),
    ],
)
def test_operations_deliver_what_plans_build_on(agent_id, operation, given):
    runner = RUNNERS[agent_id, operation]
    delivered = {file.name: file.kind for file in runner.run(PlanRun(), runner.input(**given)).files}

    assert DELIVERED[agent_id, operation].items() <= delivered.items()
