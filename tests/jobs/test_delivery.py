"""Delivery is checked, not believed; what goes wrong is said in a sentence, with the credits back."""

import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from django.core.files.storage import default_storage
from django.db import OperationalError

from agents.registry import AGENTS
from agents.runners import RUNNERS
from agents.runners.base import Delivery, File, RunFailed
from agents.runs import music_studio
from jobs import execution, lifecycle
from jobs.models import Artifact
from tests.jobs import acts

PNG = File("picture.png", "image", "image/png", b"\x89PNG\r\n\x1a\n but no picture")


def delivering(*files: File, output: dict | None = None):
    return lambda _run, _given: Delivery(files, output or {}, "test")


def fail_with(error: BaseException):
    def run(_run, _given):
        raise error

    return run


def test_a_delivered_job_shows_its_files_and_facts(alice):
    job = acts.finished(alice)

    assert (job.status, job.output, job.engine, job.refunded) == ("completed", {"text": "hello"}, "echo", 0)
    artifact = Artifact.objects.get(job=job)
    assert (artifact.name, artifact.kind, artifact.content_type, artifact.size) == ("note.txt", "text", "text/plain", 5)
    with artifact.file.open() as stream:
        assert stream.read() == b"hello"


def test_artifacts_are_there_only_once_the_job_is_completed(alice, install):
    seen = []

    def look(run, given):
        run.progress(90, "Nearly")
        seen.append((acts.published(run.job), acts.files_of(run.job)))
        return acts.echo_files(given)

    install(acts.runner(look))
    job = acts.finished(alice)

    assert (seen, acts.published(job)) == ([([], [])], ["note.txt"])


NOTHING = {
    "nothing at all": delivering(),
    "no delivery": lambda _run, _given: None,
    "an empty file": delivering(File("note.txt", "text", "text/plain", b"")),
    "an empty file nobody checks": delivering(File("note.txt", "text", "text/plain", b""), output={"text": "x"}),
    "two files of one name": delivering(PNG, PNG),
    "facts the database cannot keep": delivering(PNG, output={"text": "\x00"}),
    "facts that are no JSON": delivering(PNG, output={"bad": {1, 2}}),
    "a file outside its folder": delivering(File("../../up.txt", "text", "text/plain", b"text")),
}


@pytest.mark.parametrize("run", NOTHING.values(), ids=NOTHING)
def test_incident_08_a_runner_that_claims_success_and_delivers_nothing_is_refunded(alice, install, run):
    install(acts.runner(run, acts.anything))

    job = acts.finished(alice)

    assert (job.status, job.refunded, acts.balance_of(alice)) == ("failed", 1, 100)
    assert job.error_code in {"DELIVERY_INVALID", "ENGINE_FAILED"}
    assert job.error_message.endswith("Your credits are back.")
    assert (acts.published(job), acts.files_of(job)) == ([], [])


@pytest.mark.parametrize("agent_id_operation", [key for key in sorted(RUNNERS) if key[0] in AGENTS], ids="-".join)
@pytest.mark.parametrize(
    "files",
    [(), (PNG,), (File("track.mp3", "audio", "audio/mpeg", b"ID3 and then noise"),)],
    ids=["none", "png", "mp3"],
)
def test_incident_08_no_real_runner_believes_a_broken_file(agent_id_operation, files):
    delivery = Delivery(files, {"duration": 5.0}, "test")

    with pytest.raises(RunFailed) as failure:
        REAL[agent_id_operation].check(delivery)

    assert failure.value.code == "DELIVERY_INVALID"


REAL = dict(RUNNERS)


def test_incident_08_a_broken_track_is_a_failure_and_refunded(alice, install):
    broken = File("track.mp3", "audio", "audio/mpeg", b"ID3 and then noise")
    install(acts.runner(delivering(broken, output={"duration": 5.0}), music_studio.check), "music-studio", "generate")

    job = acts.finished(alice, "music-studio")

    assert (job.status, job.error_code, job.refunded, acts.files_of(job)) == ("failed", "DELIVERY_INVALID", 15, [])


def test_a_runner_says_why_it_failed(alice, install):
    install(acts.runner(fail_with(RunFailed("There is no melody in this.", "INPUT_UNREADABLE"))))

    job = acts.finished(alice)

    assert (job.status, job.error_code, job.error_message) == (
        "failed", "INPUT_UNREADABLE", "There is no melody in this."
    )  # fmt: skip
    assert acts.rows_of(alice) == [("deduction", -1), ("refund", 1)]


def test_an_unexpected_error_shows_nothing_of_our_inside(alice, install):
    install(acts.runner(fail_with(KeyError("postgres://user:secret@db/avatarg"))))

    job = acts.finished(alice)

    assert (job.status, job.error_code, job.error_message) == (
        "failed", "ENGINE_FAILED", "Something went wrong on our side. Your credits are back."
    )  # fmt: skip


def test_a_run_over_its_time_is_stopped_and_refunded(alice, install):
    install(acts.runner(fail_with(SoftTimeLimitExceeded())))

    job = acts.finished(alice)

    assert (job.error_code, job.refunded) == ("TIME_LIMIT", 1)
    assert job.error_message == "This took too long and was stopped. Your credits are back."


def test_a_database_that_is_away_leaves_the_job_to_the_sweeper(alice, install):
    install(acts.runner(fail_with(OperationalError("server closed the connection unexpectedly"))))
    job = acts.queued(alice)

    with pytest.raises(OperationalError):
        execution.run(job.pk)

    assert (acts.again(job).status, acts.balance_of(alice)) == ("running", 99)


def test_an_answer_that_was_lost_keeps_the_files_of_what_may_be_completed(alice, monkeypatch):
    complete = lifecycle.complete

    def committed_but_unheard(*arguments, **facts):
        complete(*arguments, **facts)
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(lifecycle, "complete", committed_but_unheard)
    job = acts.queued(alice)

    with pytest.raises(OperationalError):
        execution.run(job.pk)

    assert (acts.again(job).status, acts.published(job)) == ("completed", ["note.txt"])
    assert acts.files_of(job) == [f"jobs/{job.pk}/1/note.txt"]


def test_a_storage_that_is_full_leaves_no_half(alice, install, monkeypatch):
    save = default_storage.save

    def full(name, content):
        if name.endswith("b.txt"):
            raise OSError("No space left on device")
        return save(name, content)

    monkeypatch.setattr(default_storage, "save", full)
    files = [File(name, "text", "text/plain", b"text") for name in ("a.txt", "b.txt")]
    install(acts.runner(delivering(*files)))

    job = acts.finished(alice)

    assert (job.status, job.error_code, acts.files_of(job), job.refunded) == ("failed", "ENGINE_FAILED", [], 1)


def test_an_input_that_no_longer_fits_is_refunded(alice):
    job = acts.queued(alice)
    type(job).objects.filter(pk=job.pk).update(input={"words": "hello"})

    job = acts.worked(job)

    assert (job.error_code, job.refunded) == ("VALIDATION_ERROR", 1)


def test_an_agent_that_lost_its_runner_is_refunded(alice, monkeypatch):
    job = acts.queued(alice)
    monkeypatch.delitem(RUNNERS, ("chat", "message"))

    job = acts.worked(job)

    assert (job.error_code, job.refunded) == ("AGENT_COMING_SOON", 1)


def test_a_file_to_work_on_that_was_deleted_meanwhile_is_said(alice, install):
    install(acts.runner(lambda run, given: run.media(given.medium)))
    upload = acts.store(alice, 3)
    job = acts.queued(alice, input={"message": "hi", "medium": {"upload_id": str(upload.pk)}})

    job = acts.worked(job)

    assert (job.error_code, job.error_message) == ("INPUT_GONE", "The file to work on could not be found.")
