"""Words that one step of a plan writes and another one speaks."""

import pytest
from pydantic import Field

from agents.planning.plan import Step
from agents.runners.base import Delivery, File, Run, RunFailed, RunInput, Runner
from jobs import execution, wording
from jobs.models import Job
from tests.jobs import acts, plans
from tests.jobs.plans import troupe  # noqa: F401 a fixture

TALE = Step("tale", "chat", "message", {"message": "Once upon a time."}, "Writes it.")
READING = Step("reading", "voice-lab", "synthesize", {"text": {"step": "tale", "name": "note.txt"}}, "Reads it.")


def refuse(_run: Run, _given: RunInput) -> Delivery:
    raise RunFailed("The voice is away.")


class Spoken(RunInput):
    text: str = Field(min_length=1, max_length=1000)


def say(_run: Run, given: Spoken) -> Delivery:
    return Delivery((File("said.txt", "text", "text/plain", given.text.encode()),), {"text": given.text}, "echo")


@pytest.fixture
def alice(alice, troupe, install):  # noqa: F811
    acts.put_on(alice, "PREMIUM")
    troupe.steps = (TALE, READING)
    install(Runner(Spoken, say, acts.full), "voice-lab", "synthesize")
    return alice


def reading_of(plan: Job) -> Job:
    return plan.children.get(agent_id="voice-lab")


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("# A title\n\nSome **bold** words.", "A title Some bold words."),
        ("- one\n- two\n\n> told", "one two told"),
        ("See [the page](https://example.test/x).", "See the page."),
        ("First sentence here. Second one that is far too long to fit", "First sentence here."),
        ("no sentence at all in these many words", "no sentence at all in these"),
    ],
)
def test_markdown_is_spoken_without_its_marks_up_to_a_whole_sentence(markdown, said):
    assert wording.spoken(markdown, 28) == said


def test_a_step_speaks_what_another_one_wrote(alice):
    plan = plans.start(alice)
    tale = plan.children.get(agent_id="chat")
    assert reading_of(plan).input == {"text": {"job_id": str(tale.pk), "name": "note.txt"}}

    execution.run(tale.pk)
    assert reading_of(plan).input == {"text": "Once upon a time."}
    plan = plans.work_off(plan)
    assert (plan.status, reading_of(plan).output, plans.kept(plan)) == ("completed", {"text": "Once upon a time."}, 56)


def test_words_that_were_deleted_fail_the_reading_and_only_that(alice):
    plan = plans.start(alice)
    tale = plan.children.get(agent_id="chat")
    execution.run(tale.pk)
    Job.objects.filter(pk=reading_of(plan).pk).update(input={"text": {"job_id": str(tale.pk), "name": "gone.txt"}})
    plan = plans.work_off(plan)
    assert (reading_of(plan).error_code, plan.status, plans.kept(plan)) == ("VALIDATION_ERROR", "completed", 51)


def test_a_reading_that_failed_is_run_again_from_what_was_written(alice, install):
    install(Runner(Spoken, refuse, acts.full), "voice-lab", "synthesize")
    first = plans.work_off(plans.start(alice))
    install(Runner(Spoken, say, acts.full), "voice-lab", "synthesize")
    again = plans.work_off(plans.start(alice, input={**plans.GOAL, "continue_from": str(first.pk)}))
    assert (again.children.count(), reading_of(again).output) == (1, {"text": "Once upon a time."})
