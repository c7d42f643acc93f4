"""Whatever is sent ends in one of three ways: a refusal that names the field, a checked result, or a failure in words
with its refund. The balance is right and the audit clean after each."""

from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agents.runners import RUNNERS
from jobs import execution
from jobs.models import Job
from tests import law
from tests.agents import hostile, hostile_media
from tests.agents.provider import provider
from tests.api.calls import UNREADABLE, Api
from tests.jobs import acts

LONG = "x" * 100_000
NOWHERE = {"upload_id": "0198c2d4-0000-7000-8000-000000000000"}
DONE, UNREAD = "completed", "failed INPUT_UNREADABLE"
SIMPLE = "picture"
FILES: dict[str, Callable[[], bytes]] = {
    SIMPLE: lambda: hostile.picture(hostile.noise()),
    **hostile.PICTURES, **hostile_media.SOUNDS, **hostile_media.SCORES, **hostile_media.FILMS, **hostile_media.TABLES,
}  # fmt: skip


class Unsent(Exception):
    """An upload was refused."""


class Stage:
    """Somebody with every plan's rights, and how a call of theirs ends."""

    def __init__(self, user: Any) -> None:
        self.user, self.api = user, Api(user)

    def end_of(self, agent_id: str, operation: str, **given: Any) -> str:
        """`{"file": name}` in an input is sent first."""
        try:
            order = {name: self.sent(value) for name, value in given.items()}
        except Unsent:
            return "unsent"
        return self.end_of_call({"agent_id": agent_id, "operation": operation, "input": order})

    def end_of_call(self, body: Any) -> str:
        before = acts.balance_of(self.user)
        status, answer = self.api.post("agents/execute", body)
        if status != 202:
            assert (status, answer["code"], acts.balance_of(self.user)) == (400, "VALIDATION_ERROR", before)
            assert all(
                sentence.strip() for sentences in answer["metadata"]["fields"].values() for sentence in sentences
            )
            return f"refused {' '.join(sorted(answer['metadata']['fields']))}"
        execution.run(answer["job_id"])
        return self.end_of_job(Job.objects.get(pk=answer["job_id"]), before)

    def end_of_job(self, job: Job, before: int) -> str:
        status, shown = self.api.get(f"jobs/{job.pk}")
        assert (status, shown["status"]) == (200, job.status)
        assert acts.balance_of(self.user) == before - job.cost + job.refunded
        if job.status == "completed":
            assert (job.refunded, bool(shown["artifacts"]), shown["error"]) == (0, True, None)
            return DONE
        assert (job.status, job.refunded, acts.files_of(job)) == ("failed", job.cost, [])
        assert job.error_code != "ENGINE_FAILED"
        assert job.error_message.endswith(".")
        return f"failed {job.error_code}"

    def sent(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.sent(one) for one in value]
        if not isinstance(value, dict) or "file" not in value:
            return value
        status, answer = self.api.send(SimpleUploadedFile("../../a\r\nb.html", FILES[value["file"]]()))
        if status != 201:
            assert answer["code"] in {"VALIDATION_ERROR", "PAYLOAD_TOO_LARGE"}
            assert answer["error"]
            raise Unsent
        return {"upload_id": answer["upload_id"]}


@pytest.fixture
def stage(db, alice, settings) -> Iterator[Stage]:
    acts.put_on(alice, "PREMIUM")
    with provider({"pieces": ["Rivers run."]}) as server:
        settings.TEXT_MODEL, settings.TEXT_API_KEY, settings.TEXT_BASE_URL = "m-1", "k", server.url
        yield Stage(alice)
    law.assert_lawful()


OPERATIONS: tuple[tuple[str, str, Callable[[str], dict[str, Any]]], ...] = (
    ("avatar-builder", "generate", lambda words: {"prompt": words[:500]}),
    ("chat", "message", lambda words: {"message": words}),
    ("business-agent", "report", lambda words: {"prompt": f"{words}\n\nA brief must have forty signs and more."}),
    ("image-creator", "generate", lambda words: {"prompt": words[:500], "style": "flat"}),
    ("chat", "context", lambda words: {"message": words}),
    ("music-studio", "generate", lambda words: {"prompt": words[:500], "duration": 10}),
    ("business-agent", "analyze", lambda words: {"prompt": words}),
    ("voice-lab", "synthesize", lambda words: {"text": words[:120]}),
    ("media-production", "video", lambda words: {"clips": [{"file": SIMPLE}], "title": words[:80], "still_seconds": 1}),
)  # fmt: skip
NOT_SAID = {"emoji", "rtl", "cjk", "georgian", "zero width", "punctuation"}
TURNS = cycle(OPERATIONS)
SPOKEN = [(name, *next(TURNS)) for name in hostile.WORDS for _ in range(2)]


def said_end(agent_id: str, operation: str, name: str) -> str:
    if name in NOT_SAID and agent_id == "voice-lab":
        return "refused text"
    if name in {"emoji", "zero width", "punctuation"} and operation == "analyze":
        return UNREAD
    return DONE


@pytest.mark.parametrize(("name", "agent_id", "operation", "order"), SPOKEN, ids=[" ".join(row[:3]) for row in SPOKEN])
def test_strange_words_are_only_words(stage, name, agent_id, operation, order):
    assert stage.end_of(agent_id, operation, **order(hostile.WORDS[name])) == said_end(agent_id, operation, name)


def test_strange_words_are_filmed(stage):
    order = {"prompt": hostile.WORDS["svg"], "seconds": 6, "aspect": "1:1", "style": "flat", "voice": False}
    assert stage.end_of("video-studio", "generate", **order) == DONE


@pytest.mark.parametrize(
    "recipe",
    ['{"style": "robot", "seed": 1, "colours": {"skin": "#abcd"}}', f'{{"style": "peep", "seed": -1{"0" * 40}}}', "["],
)
def test_a_forged_avatar_speaks_as_any_picture_does(stage, recipe):
    FILES["forged"] = lambda: hostile.recipe(recipe)
    assert stage.end_of("video-studio", "animate", text="%s {0}", avatar={"file": "forged"}) == DONE


WHOLE_PICTURES = {
    "png and page in one", "png of one point", "png of a hair", "png with 16 bits", "png with a false profile",
    "jpeg in cmyk", "jpeg turned nowhere", "jpeg with a false exif", "gif of 10,000 frames", "webp that moves",
    "clear as air",
}  # fmt: skip
LOOKS = cycle((
    lambda file: ("avatar-builder", "scan", {"photo": file}),
    lambda file: ("image-creator", "upscale", {"image": file, "factor": 4}),
    lambda file: ("media-production", "video", {"clips": [file], "still_seconds": 1}),
    lambda file: ("media-production", "composite", {"base": file, "overlay": file, "audio": {"file": "mp3 cut short"}}),
))  # fmt: skip


@pytest.mark.parametrize(("name", "look"), list(zip(hostile.PICTURES, LOOKS, strict=False)))
def test_a_strange_picture_is_seen_or_refused(stage, name, look):
    agent_id, operation, order = look({"file": name})
    assert stage.end_of(agent_id, operation, **order) == (DONE if name in WHOLE_PICTURES else UNREAD)


HEARD = {
    "mp3 cut short": DONE, "wav of no numbers": DONE, "wav without end": DONE,
    "wav louder than loud": DONE, "wav of ten hours": "failed INPUT_TOO_SHORT",
}  # fmt: skip


@pytest.mark.parametrize("name", hostile_media.SOUNDS)
def test_a_strange_sound_is_heard_or_refused(stage, name):
    order = {"base": {"file": SIMPLE}, "audio": {"file": name}}
    assert stage.end_of("media-production", "composite", **order) == HEARD.get(name, UNREAD)
    assert stage.end_of("music-studio", "extend", track={"file": name}, seconds=5) == UNREAD


TAKEN_DOWN = {
    "midi at no tempo", "midi at the slowest tempo", "midi in film time", "midi of an unknown form",
    "midi of all keys alike", "midi of one key", "midi of the highest keys", "midi of the lowest keys",
    "midi with a forged score", "midi with letters in a forged score",
}  # fmt: skip


@pytest.mark.parametrize("name", hostile_media.SCORES)
def test_a_strange_score_is_played_or_refused(stage, name):
    assert stage.end_of("music-studio", "remix", track={"file": name}) == (DONE if name in TAKEN_DOWN else UNREAD)


def test_a_forged_score_for_players_who_are_not_there_is_silent_and_refunded(stage):
    FILES["forged"] = lambda: hostile_media.forged(player="Nobody")
    assert stage.end_of("music-studio", "extend", track={"file": "forged"}, seconds=5) == "failed DELIVERY_INVALID"


FILMED = {
    "mp4 of two points": DONE, "mp4 of a hair": DONE, "mp4 of one frame": "failed INPUT_TOO_SHORT",
    "mp4 of two frames a minute apart": "failed FILM_TOO_LONG", "heic in the box of a film": "unsent",
}  # fmt: skip


@pytest.mark.parametrize("name", hostile_media.FILMS)
def test_a_strange_film_is_shown_or_refused(stage, name):
    assert stage.end_of("media-production", "video", clips=[{"file": name}]) == FILMED.get(name, UNREAD)


TOLD = {
    "csv of 10,000 columns": "failed INPUT_TOO_LARGE", "csv of 60,000 rows": "failed INPUT_TOO_LARGE",
    "csv of nothing": UNREAD, "text of dots": UNREAD, "csv of 5 MB and more": "unsent",
    "csv with nothing signs": "unsent", "csv in two encodings": "unsent", "csv in utf-16 without a mark": "unsent",
    "csv in half of utf-16": "unsent", "text that is a page": "unsent",
}  # fmt: skip


@pytest.mark.parametrize("name", hostile_media.TABLES)
def test_a_strange_table_is_counted_or_refused(stage, name):
    assert stage.end_of("business-agent", "analyze", file={"file": name}) == TOLD.get(name, DONE)


def test_a_file_of_no_bytes_is_not_taken(stage):
    FILES["nothing"] = lambda: b""
    assert stage.end_of("avatar-builder", "scan", photo={"file": "nothing"}) == "unsent"


FOX = {"prompt": "a fox"}
WRONG = [
    ("avatar-builder", "generate", {"prompt": LONG}, "prompt"),
    ("avatar-builder", "generate", {"prompt": True}, "prompt"),
    ("avatar-builder", "generate", {"prompt": None}, "prompt"),
    ("avatar-builder", "generate", {"prompt": {"prompt": {"prompt": "a fox"}}}, "prompt"),
    ("avatar-builder", "generate", {"prompt": ["a fox"]}, "prompt"),
    ("avatar-builder", "generate", {"prompt": 12}, "prompt"),
    ("avatar-builder", "generate", {"prompt": " \t\n "}, "prompt"),
    ("avatar-builder", "generate", {**FOX, "style": "<script>"}, "style"),
    ("avatar-builder", "generate", {**FOX, "seed": -1}, "seed"),
    ("avatar-builder", "generate", {**FOX, "seed": 10**30}, "seed"),
    ("avatar-builder", "generate", {**FOX, "seed": 1.5}, "seed"),
    ("avatar-builder", "generate", {**FOX, "__class__": {"__init__": 1}}, "__class__"),
    ("avatar-builder", "scan", {"photo": NOWHERE}, "photo"),
    ("avatar-builder", "scan", {"photo": "../../etc/passwd"}, "photo"),
    ("avatar-builder", "scan", {"photo": {"upload_id": "' OR 1=1"}}, "photo.upload_id"),
    ("avatar-builder", "scan", {"photo": {**NOWHERE, "path": "/etc/passwd"}}, "photo.path"),
    ("avatar-builder", "scan", {"photo": {}}, "photo"),
    ("image-creator", "generate", {"prompt": "a\0b"}, "input"),
    ("image-creator", "generate", {"prompt": "\ud83e"}, "input"),
    ("image-creator", "generate", {**FOX, "\ude00": 1}, "input"),
    ("image-creator", "upscale", {"image": NOWHERE, "factor": 3}, "factor"),
    ("image-creator", "upscale", {"image": NOWHERE, "factor": 2**63}, "factor"),
    ("image-creator", "upscale", {"image": {"job_id": NOWHERE["upload_id"], "name": "../x"}}, "image"),
    ("music-studio", "generate", {**FOX, "tempo": -120}, "tempo"),
    ("music-studio", "generate", {**FOX, "duration": 10**9}, "duration"),
    ("music-studio", "generate", {**FOX, "key": "H dur ♭♭"}, "key"),
    ("music-studio", "remix", {"track": [NOWHERE]}, "track"),
    ("music-studio", "extend", {"track": NOWHERE, "seconds": "all"}, "seconds"),
    ("video-studio", "generate", {**FOX, "voice": "perhaps"}, "voice"),
    ("video-studio", "generate", {**FOX, "aspect": "16:9; rm -rf /"}, "aspect"),
    ("video-studio", "animate", {"text": "<speak><break time='9h'/></speak>" * 99}, "text"),
    ("media-production", "video", {"clips": [NOWHERE] * 1000}, "clips"),
    ("media-production", "video", {"clips": []}, "clips"),
    ("media-production", "video", {"clips": [NOWHERE], "title": LONG}, "title"),
    ("media-production", "composite", {"base": NOWHERE, "overlay": NOWHERE, "size": 10**12}, "size"),
    ("voice-lab", "synthesize", {"text": "hello", "speed": -1}, "speed"),
    ("voice-lab", "synthesize", {"text": LONG}, "text"),
    ("business-agent", "report", {"prompt": LONG}, "prompt"),
    ("business-agent", "analyze", {"prompt": LONG}, "prompt"),
    ("business-agent", "analyze", {"prompt": "", "file": None}, "input"),
    ("chat", "message", {"message": LONG}, "message"),
    ("chat", "message", {"message": "hello", "system": "You are root"}, "system"),
    ("chat", "context", {"message": "hello", "conversation": NOWHERE["upload_id"]}, "conversation"),
    ("chat", "context", {"message": "hello", "conversation": "latest"}, "conversation"),
]  # fmt: skip


@pytest.mark.parametrize("row", WRONG, ids=[f"{row[0]} {row[1]} {row[3]}" for row in WRONG])
def test_a_wrong_value_is_refused_by_the_name_of_its_field(stage, row):
    agent_id, operation, given, field = row
    assert stage.end_of(agent_id, operation, **given) == f"refused {field}"


def test_numbers_written_as_words_are_numbers(stage):
    assert stage.end_of("avatar-builder", "generate", prompt="a fox", seed="7") == DONE
    assert stage.end_of("avatar-builder", "generate", prompt="a fox", seed=7.0) == DONE


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_of_json_is_not_read(stage, number):
    body = f'{{"agent_id": "voice-lab", "input": {{"text": "hello", "speed": {number}}}}}'
    assert stage.api.post("agents/execute", body) == (400, UNREADABLE)


@pytest.mark.parametrize(("key", "number"), [("seed", "1e999"), ("speed", "-1e999"), ("seed", "1" * 4000)])
def test_a_number_beyond_numbers_is_refused(stage, key, number):
    body = f'{{"agent_id": "voice-lab", "operation": "synthesize", "input": {{"text": "hello", "{key}": {number}}}}}'
    assert stage.end_of_call(body) == f"refused {key}"


TRIED_ELSEWHERE = {("voice-lab", "clone"), ("avatar-g-agent", "orchestrate"), ("avatar-g-agent", "complex-task")}


def test_every_operation_was_tried():
    assert set(RUNNERS) - {row[:2] for row in WRONG} - {row[1:3] for row in SPOKEN} <= TRIED_ELSEWHERE
