"""Sentences that are kept in English are said in the reader's language, with the parts that vary."""

import ast

import pytest
from django.utils import translation

from agents import planning, sentences
from agents.catalogue import input_schema
from agents.registry import AGENTS
from agents.runners import RUNNERS
from tests.i18n import sources


@pytest.fixture
def georgian():
    with translation.override("ka"):
        yield


def is_georgian(text):
    return any("\u10d0" <= sign <= "\u10ff" for sign in text)


def test_in_english_they_are_as_they_are():
    assert sentences.said("This table has more than 1,000 rows.") == "This table has more than 1,000 rows."


@pytest.mark.parametrize(
    ("english", "wanted"),
    [
        ("Nothing was delivered. Your credits are back.", "შედეგი არ მიღებულა. კრედიტები დაგიბრუნდათ."),
        ("This table has more than 50,000 rows.", "ამ ცხრილში 50\xa0000 სტრიქონზე მეტია."),
        (
            "The audio could not be read. It is longer than 7.5 seconds.",
            "აუდიოს წაკითხვა ვერ მოხერხდა. ის 7,5 წამზე გრძელია.",
        ),
        ("Image Creator: failed, refunded", "Image Creator: ვერ შესრულდა, კრედიტები დაბრუნდა"),
        ("PRO monthly credits", "PRO: ყოველთვიური კრედიტები"),
        ("2 of 5 steps are done", "შესრულდა 2 ნაბიჯი 5-დან"),
        ("For your patience, from the team", "For your patience, from the team"),
        ("", ""),
    ],
)
def test_a_georgian_reads_them_in_georgian(georgian, english, wanted):
    assert sentences.said(english) == wanted


def test_what_has_no_sentence_of_its_own_is_said_by_its_code(georgian):
    assert sentences.failure("DELIVERY_INVALID", "image.png is blank.") == (
        "შედეგი გამოუსადეგარია. კრედიტები დაგიბრუნდათ; გთხოვთ, სცადოთ ხელახლა."
    )
    assert sentences.failure("SOMETHING_NEW", "Nobody foresaw this.") == "Nobody foresaw this."


def test_every_price_in_the_ledger_has_its_line(georgian):
    lines = [f"{agent.name}: {one.title_en.lower()}" for agent in AGENTS.values() for one in agent.operations]

    assert [line for line in lines if not is_georgian(sentences.said(line))] == []


def enums_in(schema):
    if isinstance(schema, list):
        return [value for one in schema for value in enums_in(one)]
    if not isinstance(schema, dict):
        return []
    own = [
        value for value in schema.get("enum", []) if isinstance(value, str) and value not in schema.get("labels", {})
    ]
    return own + [value for one in schema.values() for value in enums_in(one)]


def test_every_choice_in_a_studio_has_its_label(georgian):
    offered = {value for agent_id, operation in RUNNERS for value in enums_in(input_schema(agent_id, operation))}

    assert len(offered) > 50
    assert sorted(value for value in offered if not is_georgian(sentences.choice(value))) == ["16:9", "1:1", "9:16"]


@pytest.mark.parametrize(
    "goal",
    [
        "A 20-second launch video for a bakery, with music and a voice",
        "Three wide pictures of a mountain village in winter, and a calm piano track to go with them",
        "A slideshow of six pictures about lighthouses with music, a report on it, and a logo",
        "A 60 second film about the sea and a friendly robot mascot that speaks, then publish it",
    ],
)
def test_what_the_planner_says_is_said_in_georgian(georgian, goal):
    made = planning.plan(goal, seed=7, most_steps=10, may_use=lambda agent_id, operation: True)
    told = [*made.left_out, *(step.reason for step in made.steps)]

    assert [sentence for sentence in told if not is_georgian(sentences.said(sentence))] == []


def failures_in(source):
    """The code and the words of every failure that is raised by name; what varies is 7."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and sources.called(node) == "RunFailed" and node.args:
            words = node.args[0]
            code = next((one.value for one in [*node.args[1:], *(k.value for k in node.keywords)]
                         if isinstance(one, ast.Constant)), "ENGINE_FAILED")  # fmt: skip
            if isinstance(words, ast.Constant):
                yield code, words.value
            elif isinstance(words, ast.JoinedStr):
                parts = (part.value if isinstance(part, ast.Constant) else sources.HOLE for part in words.values)
                yield code, "".join(map(str, parts))


def steps_in(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and sources.called(node) in {"progress", "report", "told"}:
            for words in node.args[1:]:
                if isinstance(words, ast.Constant) and isinstance(words.value, str) and words.value[:1].isupper():
                    yield words.value.replace("{}", sources.HOLE)
                elif isinstance(words, ast.JoinedStr):
                    yield "".join(str(getattr(part, "value", "")) if isinstance(part, ast.Constant) else sources.HOLE
                                  for part in words.values)  # fmt: skip


def test_every_failure_and_every_step_is_known(georgian):
    work = [path.read_text() for path in sources.modules() if path.parts[-2] != "sentences"]
    failures = {told for source in work for told in failures_in(source)}
    steps = {told for source in work for told in steps_in(source)}

    assert len(failures) > 30
    assert len(steps) > 30
    assert sorted(words for code, words in failures if not is_georgian(sentences.failure(code, words))) == []
    assert sorted(words for words in steps if not is_georgian(sentences.said(words))) == []
