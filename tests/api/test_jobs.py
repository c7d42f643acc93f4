"""Jobs over HTTP: one, many, canceled, retried."""

from accounts.models import new_id
from jobs import lifecycle
from jobs.models import Job
from tests.api.calls import Api, error, wrong
from tests.jobs import acts

NO_JOB = error("NOT_FOUND", "There is no such job.")


def stamp(moment) -> str | None:
    return moment and moment.isoformat().replace("+00:00", "Z")


def test_a_queued_job_shows_all_its_keys(api, alice):
    job = acts.queued(alice)

    assert api.get(f"jobs/{job.pk}") == (200, {
        "job_id": str(job.pk), "agent_id": "chat", "operation": "message", "status": "queued", "progress": 0,
        "input": {"message": "hello"}, "output": None, "artifacts": [], "cost": 1, "refunded": 0, "error": None,
        "engine": "", "parent_id": None, "steps": [], "created_at": stamp(job.created_at), "started_at": None,
        "finished_at": None,
    })  # fmt: skip


def test_a_completed_job_shows_its_result(api, alice):
    job = acts.finished(alice)

    assert api.get(f"jobs/{job.pk}") == (200, {
        "job_id": str(job.pk), "agent_id": "chat", "operation": "message", "status": "completed", "progress": 100,
        "input": {"message": "hello"}, "output": {"text": "hello"},
        "artifacts": [{
            "name": "note.txt", "kind": "text", "content_type": "text/plain", "size": 5,
            "url": f"/api/jobs/{job.pk}/artifacts/note.txt",
        }],
        "cost": 1, "refunded": 0, "error": None, "engine": "echo", "parent_id": None, "steps": [],
        "created_at": stamp(job.created_at), "started_at": stamp(job.started_at),
        "finished_at": stamp(job.finished_at),
    })  # fmt: skip


def test_a_failed_job_says_why_and_what_came_back(api, alice):
    job = lifecycle.claim(acts.queued(alice).pk)
    lifecycle.fail(job, code="ENGINE_FAILED", message="No luck. Your credits are back.")

    body = api.get(f"jobs/{job.pk}")[1]

    assert {key: body[key] for key in ("status", "cost", "refunded", "error", "artifacts")} == {
        "status": "failed", "cost": 1, "refunded": 1, "artifacts": [],
        "error": {"code": "ENGINE_FAILED", "message": "No luck. Your credits are back."},
    }  # fmt: skip


def test_a_job_in_work_shows_its_progress(api, alice):
    job = lifecycle.claim(acts.queued(alice).pk)
    lifecycle.report(job.pk, job.fence, 42, "Writing")

    body = api.get(f"jobs/{job.pk}")[1]

    assert (body["status"], body["progress"], body["finished_at"]) == ("running", 42, None)


def test_canceling_answers_with_the_job_and_its_refund(api, alice):
    job = acts.queued(alice)

    status, body = api.post(f"jobs/{job.pk}/cancel")

    assert (status, body["job_id"], body["status"], body["refunded"], body["error"]) == (
        200, str(job.pk), "canceled", 1, None
    )  # fmt: skip
    assert api.post(f"jobs/{job.pk}/cancel") == (409, error("JOB_FINISHED", "This job has already finished."))
    assert acts.rows_of(alice) == [("deduction", -1), ("refund", 1)]


def test_a_client_cannot_say_how_much_comes_back(api, alice):
    job = acts.queued(alice, "music-studio")

    api.post(f"jobs/{job.pk}/cancel", {"amount": 1000, "refunded": 1000, "cost": 1000})

    assert acts.rows_of(alice) == [("deduction", -15), ("refund", 15)]


def test_retrying_answers_like_a_new_call(api, alice):
    job = acts.finished(alice)

    status, body = api.post(f"jobs/{job.pk}/retry")

    new = Job.objects.get(status="queued")
    assert (status, body) == (202, {
        "job_id": str(new.pk), "status": "queued", "agent_id": "chat", "operation": "message", "cost": 1, "balance": 98,
    })  # fmt: skip
    assert api.post(f"jobs/{new.pk}/retry") == (409, error("JOB_NOT_FINISHED", "This job has not finished yet."))


def test_a_retry_takes_an_idempotency_key(api, alice):
    job = acts.finished(alice)

    first = api.post(f"jobs/{job.pk}/retry", **{"Idempotency-Key": "again"})

    assert api.post(f"jobs/{job.pk}/retry", **{"Idempotency-Key": "again"}) == first
    assert acts.balance_of(alice) == 98


def test_a_stranger_s_job_is_as_absent_as_one_that_never_was(alice, bob):
    job = acts.finished(alice)
    api = Api(bob)

    for missing in (job.pk, new_id()):
        assert api.get(f"jobs/{missing}") == (404, NO_JOB)
        assert api.post(f"jobs/{missing}/cancel") == (404, NO_JOB)
        assert api.post(f"jobs/{missing}/retry") == (404, NO_JOB)


def test_the_list_is_the_own_jobs_newest_first(api, alice, bob):
    acts.finished(bob)
    jobs = [acts.finished(alice) for _ in range(3)]

    status, body = api.get("jobs/list")

    assert (status, body["next_cursor"]) == (200, None)
    assert [row["job_id"] for row in body["jobs"]] == [str(job.pk) for job in reversed(jobs)]
    assert body["jobs"][0] == api.get(f"jobs/{jobs[-1].pk}")[1]


def test_the_list_filters_by_status_and_agent(api, alice):
    done, song = acts.finished(alice), acts.finished(alice, "music-studio")
    waiting = acts.queued(alice)

    def listed(**query) -> list[str]:
        return [row["job_id"] for row in api.get("jobs/list", **query)[1]["jobs"]]

    assert listed(status="completed") == [str(song.pk), str(done.pk)]
    assert listed(agent_id="chat") == [str(waiting.pk), str(done.pk)]
    assert listed(status="completed", agent_id="chat") == [str(done.pk)]
    assert listed(status="failed") == []


def test_an_unknown_filter_is_named(api):
    statuses = "queued, running, completed, failed, canceled"

    assert api.get("jobs/list", status="done") == (400, wrong(status=[f"This must be one of {statuses}."]))
    assert api.get("jobs/list", status="a\x00b")[0] == 400
    assert api.get("jobs/list", agent_id="nobody") == (400, wrong(agent_id=["There is no such agent."]))
