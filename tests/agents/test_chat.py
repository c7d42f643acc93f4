"""Chat: an answer that is there to be read, and a conversation that remembers."""

import json
from uuid import uuid4

import pytest

from agents.delivery import Delivery, RunFailed
from agents.engines import text
from agents.engines.text import Message, TooLong, Written
from agents.runners.base import EarlierJob, Told
from agents.runners.chat import OPERATIONS
from agents.runs import chat
from dashboard import reading
from jobs.models import Job
from tests.agents.provider import provider
from tests.dashboard.page import Visitor
from tests.jobs import acts

pytestmark = pytest.mark.django_db


@pytest.fixture
def writes(settings, request):
    """A provider that does what is asked for; returns it."""
    started = []

    def use(*script):
        context = provider(*script)
        server = context.__enter__()
        started.append(context)
        settings.TEXT_MODEL, settings.TEXT_API_KEY, settings.TEXT_BASE_URL = "m-1", "k", server.url
        return server

    yield use
    for context in started:
        context.__exit__(None, None, None)


@pytest.fixture
def visit(alice) -> Visitor:
    return Visitor(alice)


def said(words: str) -> dict[str, list[str]]:
    return {"pieces": [words]}


def turn(user, message: str, before: Job | None = None) -> Job:
    given = {"message": message, **({"conversation": str(before.pk)} if before else {})}
    return acts.finished(user, operation="context", input=given)


def read_file(job: Job, name: str) -> str:
    with job.artifacts.get(name=name).file.open("rb") as stream:
        return stream.read().decode()


def test_the_demo_model_answers_for_one_credit_and_says_what_it_is(alice):
    job = acts.finished(alice, input={"message": "Say hello to a baker in one sentence.", "seed": 4})

    assert (job.status, job.error_message, acts.balance_of(alice)) == ("completed", "", 99)
    assert len(job.output["text"].split()) >= 2
    assert read_file(job, "answer.md") == f"{job.output['text']}\n"
    assert job.engine == "SmolLM2 135M, demo model (local)"
    assert job.output["seed"] == 4
    assert job.output["usage"]["completion_tokens"] > 0


def test_a_provider_s_usage_is_recorded(alice, writes):
    writes()
    job = acts.finished(alice)

    assert (job.output["text"], job.engine) == ("Rivers run to the sea.", "m-1 (remote)")
    assert job.output["usage"] == {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15, "cost": 0.0002}


@pytest.mark.parametrize("act", ["nothing", "html", "garbage", "half", "filtered", said(" \n "), (500, {}), (401, {})])
def test_a_provider_that_delivers_nothing_is_paid_nothing(alice, writes, act):
    writes(act)
    job = acts.finished(alice)

    assert (job.status, job.refunded, acts.balance_of(alice)) == ("failed", 1, 100)
    assert job.error_message
    assert acts.files_of(job) == []


def test_a_conversation_remembers_its_turns(alice, writes):
    server = writes(said("Hello Ada."), said("You are Ada."), said("Three turns."))
    first = turn(alice, "I am Ada.")
    second = turn(alice, "Who am I?", first)
    third = turn(alice, "How many turns?", second)

    assert [one["content"] for one in server.asked[2]["messages"][1:]] == [
        "I am Ada.", "Hello Ada.", "Who am I?", "You are Ada.", "How many turns?",
    ]  # fmt: skip
    assert [one["role"] for one in server.asked[2]["messages"]] == [
        "system", "user", "assistant", "user", "assistant", "user",
    ]  # fmt: skip
    assert (third.output["turns"], third.output["remembered"]) == (3, 2)
    assert acts.balance_of(alice) == 94
    assert acts.published(first) == ["answer.md"]
    assert read_file(third, "conversation.md").startswith("> I am Ada.\n\nHello Ada.\n\n---\n\n> Who am I?")


def test_a_message_can_be_gone_on_from(alice, writes):
    server = writes(said("Blue."), said("Because of the light."))
    first = acts.finished(alice, input={"message": "What colour is the sky?"})
    turn(alice, "Why?", first)

    assert [one["content"] for one in server.asked[1]["messages"][1:]] == ["What colour is the sky?", "Blue.", "Why?"]


def test_only_own_finished_answers_of_the_chat_can_be_gone_on_from(alice, bob, writes, quick_runners):
    writes()
    others = acts.finished(bob)
    waiting = acts.queued(alice)
    acts.worked(waiting)
    picture = acts.finished(alice, "music-studio")
    for before in (str(others.pk), str(picture.pk), str(uuid4())):
        refused = acts.refusal_of(
            lambda before=before: acts.submit(
                alice, operation="context", input={"message": "And?", "conversation": before}
            )
        )
        assert (refused.code, list(refused.metadata["fields"])) == ("VALIDATION_ERROR", ["conversation"])


def test_memory_is_bounded_by_whole_turns_the_latest_kept():
    turns = [(f"question {number} " + "x" * 300, "y" * 300) for number in range(20)]
    kept = chat.fitting(turns, "And now?", 900)

    assert kept == turns[-len(kept) :]
    assert 3 <= len(kept) <= 6
    assert chat.fitting(turns, "z" * 4000, 900) == []
    assert chat.fitting([], "hello", 900) == []


class Forgetful:
    """A model that takes three messages and no more."""

    label, memory, is_demo = "forgetful", 10_000, False

    def complete(self, messages, *, max_tokens, seed, on_text):
        if len(messages) > 4:
            raise TooLong
        return Written(json.dumps([one.content for one in messages]), {})


class Running:
    seed = 1

    def __init__(self, told=()):
        self.told, self.reports, self.drafts = dict(told), [], []

    def progress(self, percent, step):
        self.reports.append((percent, step))

    def draft(self, text):
        self.drafts.append(text)

    def earlier(self, job_id):
        return self.told.get(job_id)


def test_what_does_not_fit_the_model_is_forgotten_from_the_oldest(monkeypatch):
    ids = [uuid4() for _ in range(3)]
    told = {
        ids[number]: Told(
            "chat",
            {"message": f"q{number}", **({"conversation": str(ids[number - 1])} if number else {})},
            {"text": f"a{number}"},
        )
        for number in range(3)
    }
    monkeypatch.setattr(text, "writer", Forgetful)
    given = OPERATIONS["context"].input(message="now", conversation=EarlierJob(ids[2]))
    delivery = chat.context(Running(told), given)

    assert json.loads(delivery.output["text"])[1:] == ["q2", "a2", "now"]
    assert (delivery.output["turns"], delivery.output["remembered"]) == (4, 1)


def test_a_message_that_no_model_can_read_is_refunded(alice):
    job = acts.finished(alice, input={"message": "\N{ROCKET}" * 4000})

    assert (job.status, job.error_code, acts.balance_of(alice)) == ("failed", "INPUT_TOO_LARGE", 100)


def test_progress_counts_what_was_written():
    run = Running()
    count = chat.Counter(run, 10)
    for _ in range(12):
        count("word ")

    percents = [percent for percent, _ in run.reports]
    assert percents == sorted(percents)
    assert (percents[0], percents[5], percents[-1]) == (3, 50, 97)


def test_what_is_written_is_shown_piece_by_piece_and_anew_when_a_stream_was_cut():
    run = Running()
    count = chat.Counter(run, 10)
    for piece in ("Rivers ", "run", "", "Rivers "):
        count(piece)

    assert run.drafts == ["Rivers ", "Rivers run", "", "Rivers "]


@pytest.mark.parametrize(
    "given", [{}, {"message": ""}, {"message": "x" * 4001}, {"message": "hi", "conversation": "x"}]
)
def test_wrong_input_is_refused_before_it_costs(alice, given):
    assert acts.refusal_of(lambda: acts.submit(alice, operation="context", input=given)).code == "VALIDATION_ERROR"
    assert acts.balance_of(alice) == 100


def test_the_check_refuses_what_is_not_there():
    good = chat.text_file("answer.md", "Hello.")
    for files, output in (((), {"text": "Hello."}), ((good,), {"text": " "}), ((good,), {"text": "Other."})):
        with pytest.raises(RunFailed):
            chat.check(Delivery(files, output, "test"))


HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(1)> [go](javascript:alert(1)) ![x](http://evil.test/p)"


def test_model_text_is_shown_and_never_run(alice, writes, visit):
    writes(said(f"# Big\n\n{HOSTILE}\n\n- **one**\n"))
    page = visit.get(f"/dashboard/jobs/{acts.finished(alice).pk}")
    [shown] = page.all("div", class_="read prose")

    assert "<script>alert(1)</script>" in shown.text
    assert "alert(1)" not in "".join(page.texts("script"))
    assert not [one for one in page.all("img") if "onerror" in one.attributes or "evil" in one.attributes["src"]]
    assert page.texts("h3")[:1] == ["Big"]
    assert "one" in page.texts("strong")


def test_markdown_becomes_headings_lists_and_tables_and_nothing_else():
    html = reading.read(f"## Two\n\n| a | b |\n|---|---|\n| 1 | <b>2</b> |\n\n[ok](https://a.test) {HOSTILE}")

    assert "<h4>Two</h4>" in html
    assert "<td>1</td>" in html
    assert '<a href="https://a.test" rel="nofollow noopener noreferrer">ok</a>' in html
    for markup in ("<script", "<img", "<b>", 'href="javascript'):
        assert markup not in html


def test_an_answer_can_be_gone_on_from_its_page(alice, writes, visit):
    writes()
    job = acts.finished(alice)
    page = visit.get(f"/dashboard/jobs/{job.pk}")
    address = f"/dashboard/agents/chat?operation=context&after={job.pk}"

    assert address in page.links()
    assert visit.get(address).value("conversation") == str(job.pk)


def test_messages_are_told_apart_from_the_model_s_own_words():
    assert chat.conversation([("a", "b")], "c")[1:] == [
        Message("user", "a"), Message("assistant", "b"), Message("user", "c"),
    ]  # fmt: skip
