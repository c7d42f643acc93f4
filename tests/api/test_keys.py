"""The API by key: who it lets in, what each scope opens, what a budget holds, and that no key is ever told again."""

import logging
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts import keys, people
from accounts.models import ApiKey, User
from jobs.models import Job
from tests.api.calls import CHAT, UNAUTHENTICATED, Api, error
from tests.api.test_conventions import ADDRESSES
from tests.jobs import acts, plans
from tests.jobs.plans import troupe  # noqa: F401 a fixture
from tests.jobs.test_uploads import picture
from tests.together import at_once

DENIED = error("PERMISSION_DENIED", "You may not do that.")
BOTH = ["read", "execute"]
READS = [address for address in ADDRESSES if address[0] == "GET" or address[1] == "/api/agents/quote"]
WRITES = [address for address in ADDRESSES if address not in READS]
MONEY = [("POST", "/api/billing/checkout"), ("POST", "/api/billing/portal")]
MUSIC = {"agent_id": "music-studio", "input": {"message": "hello"}}


class ByKey(Api):
    """A program: no session, no cookies kept, CSRF enforced, and a key with every call."""

    def __init__(self, secret: str, **options) -> None:
        self.client = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {secret}"}, **options)


@pytest.fixture(autouse=True)
def on_premium(alice) -> None:
    acts.put_on(alice, "PREMIUM")


def made(user: User, scopes=BOTH, **facts) -> keys.Made:
    return keys.make_key(user_id=user.pk, name="a program", scopes=list(scopes), **facts)


@pytest.fixture
def program(alice) -> ByKey:
    return ByKey(made(alice).secret)


def asked(client: Client, method: str, path: str, **headers: str) -> tuple[int, dict]:
    response = client.generic(method, path, "{}", content_type="application/json", headers=headers)
    is_json = response.headers.get("Content-Type", "") == "application/json"
    return response.status_code, response.json() if is_json else {}


def test_a_program_starts_a_job_and_fetches_its_result(program, alice):
    status, accepted = program.post("agents/execute", CHAT)
    acts.execution.run(accepted["job_id"])
    job = program.get(f"jobs/{accepted['job_id']}")[1]

    assert (status, job["status"], job["cost"]) == (202, "completed", 1)
    assert program.client.get(job["artifacts"][0]["url"]).getvalue() == b"hello"
    assert program.get("credits/balance")[1]["balance"] == acts.balance_of(alice) == 4999
    assert program.send(SimpleUploadedFile("me.png", picture(), "image/png"))[0] == 201
    assert program.client.get("/api/credits/transactions.csv").status_code == 200
    assert program.client.cookies == {}
    assert Job.objects.get().api_key_id == ApiKey.objects.get().pk


@pytest.mark.parametrize(("method", "path"), READS)
def test_reading_takes_the_scope_read(alice, method, path):
    reader, doer = (ByKey(made(alice, [scope]).secret) for scope in BOTH)

    assert asked(reader.client, method, path)[0] in (200, 400, 404)
    assert asked(doer.client, method, path) == (403, DENIED)


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_doing_takes_the_scope_execute(alice, method, path):
    reader, doer = (ByKey(made(alice, [scope]).secret) for scope in BOTH)

    assert asked(reader.client, method, path) == (403, DENIED)
    assert asked(doer.client, method, path)[0] in (400, 404)


@pytest.mark.parametrize(("method", "path"), MONEY)
def test_no_key_pays(program, method, path):
    assert asked(program.client, method, path) == (403, DENIED)


@pytest.mark.parametrize("path", ["/dashboard", "/dashboard/settings/keys", "/admin/"])
def test_a_key_opens_no_page(program, path):
    response = program.client.get(path)

    assert (response.status_code, response.headers["Location"].split("?")[0][-6:]) == (302, "login/")


@pytest.mark.parametrize("given", [
    "Bearer", "Bearer ", "bearer nonsense", "Bearer avg_live_", "Bearer avg_live_" + "a" * 43, "Bearer a b",
    "Bearer \xe9\xe9", "BEARER avg_live_" + "a" * 10_000,
])  # fmt: skip
@pytest.mark.parametrize(("method", "path"), [("GET", "/api/jobs/list"), ("POST", "/api/agents/execute")])
def test_what_is_no_key_is_401_even_in_a_session(api, stranger, given, method, path):
    for client in (stranger, api.client):
        assert asked(client, method, path, Authorization=given) == (401, UNAUTHENTICATED)
    assert client.generic(method, path, headers={"Authorization": given}).headers["WWW-Authenticate"] == "Bearer"


def test_another_scheme_leaves_the_session_as_it_is(api, stranger):
    assert asked(api.client, "GET", "/api/jobs/list", Authorization="Basic YTpi")[0] == 200
    assert asked(stranger, "GET", "/api/jobs/list", Authorization="Basic YTpi") == (401, UNAUTHENTICATED)


def test_a_revoked_an_expired_and_a_leaver_s_key_are_401(alice, bob):
    acts.put_on(bob, "PREMIUM")
    expired = made(alice, expires_at=timezone.now() - timedelta(seconds=1))
    revoked, left = made(alice), made(bob)
    keys.revoke_key(user_id=alice.pk, key_id=revoked.key.pk)
    people.anonymise(bob)

    for one in (revoked, expired, left):
        assert ByKey(one.secret).get("jobs/list") == (401, UNAUTHENTICATED)
        assert ByKey(one.secret).post("agents/execute", CHAT) == (401, UNAUTHENTICATED)


def test_somebody_who_was_disabled_has_no_key_that_works(program):
    assert program.get("credits/balance")[0] == 200
    User.objects.update(is_active=False)

    assert program.get("credits/balance") == (401, UNAUTHENTICATED)


@pytest.mark.parametrize("plan", ["FREE", "PRO"])
@pytest.mark.parametrize(("method", "path"), [*ADDRESSES, *MONEY])
def test_a_plan_without_api_access_opens_nothing(bob, plan, method, path):
    if plan != "FREE":
        acts.put_on(bob, plan)
    refused = error("PLAN_REQUIRED", "API keys come with the PREMIUM plan.", required_plan="PREMIUM", plan=plan)

    assert asked(ByKey(made(bob).secret).client, method, path) == (403, refused)


def test_a_key_sees_and_touches_only_what_is_its_owner_s(program, bob):
    theirs = acts.finished(bob)

    assert program.get("jobs/list")[1]["jobs"] == []
    assert program.get(f"jobs/{theirs.pk}")[1]["code"] == "NOT_FOUND"
    assert program.post(f"jobs/{theirs.pk}/retry")[0] == 404


def test_a_key_counts_before_the_session_that_comes_with_it(bob, alice):
    client = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {made(alice).secret}"})
    client.force_login(bob)

    response = client.post("/api/agents/execute", CHAT, content_type="application/json")

    assert (response.status_code, Job.objects.get().user_id) == (202, alice.pk)


def test_the_limits_of_a_user_are_those_of_all_keys_together(alice, settings):
    settings.API_RATES = {**settings.API_RATES, "read": "2/minute"}
    one, other = ByKey(made(alice).secret), ByKey(made(alice).secret)

    assert [program.get("jobs/list")[0] for program in (one, other, one)] == [200, 200, 429]


def test_the_cron_s_own_word_is_no_key_and_no_key_is_its_word(program, stranger, settings):
    settings.CRON_SECRET = "a-secret-of-the-cron"

    assert asked(stranger, "POST", "/api/cron/reset-credits", Authorization="Bearer a-secret-of-the-cron")[0] == 200
    assert asked(program.client, "POST", "/api/cron/reset-credits") == (401, UNAUTHENTICATED)
    assert asked(program.client, "POST", "/api/billing/webhook")[1]["code"] == "INVALID_SIGNATURE"


def test_a_key_adds_two_statements_to_a_call(program, django_assert_num_queries):
    program.get("voices")
    with django_assert_num_queries(3):
        assert program.get("voices") == (200, {"voices": []})


def with_budget(user: User, credits: int, per: str = "day") -> ByKey:
    return ByKey(made(user, budget=credits, budget_per=per).secret)


def used_up(limit: int, used: int) -> tuple[int, dict]:
    sentence = f"This API key may take {limit} credits and has taken {used}. This is more than is left."
    return 403, error("QUOTA_EXCEEDED", sentence, quota="api_key", limit=limit, used=used)


def test_a_budget_is_the_most_that_a_key_s_jobs_take(alice):
    program = with_budget(alice, 16)
    assert program.post("agents/execute", MUSIC)[0] == 202
    assert program.post("agents/execute", CHAT)[0] == 202

    assert program.post("agents/execute", CHAT) == used_up(16, 16)
    assert acts.balance_of(alice) == 5000 - 16
    assert Api(alice).post("agents/execute", CHAT)[0] == 202
    assert ByKey(made(alice).secret).post("agents/execute", CHAT)[0] == 202


def test_a_quote_tells_of_the_budget(alice):
    program = with_budget(alice, 5)

    status, quote = program.post("agents/quote", MUSIC)
    assert (status, quote["allowed"], quote["code"], quote["balance_after"]) == (200, False, "QUOTA_EXCEEDED", None)
    assert program.post("agents/quote", CHAT)[1]["allowed"] is True
    assert Api(alice).post("agents/quote", MUSIC)[1]["allowed"] is True


def test_what_is_given_back_counts_no_more(alice):
    program = with_budget(alice, 15)
    first = program.post("agents/execute", MUSIC)[1]["job_id"]
    assert program.post("agents/execute", MUSIC) == used_up(15, 15)

    program.post(f"jobs/{first}/cancel")

    assert program.post(f"jobs/{first}/retry")[0] == 202
    assert program.post("agents/execute", CHAT) == used_up(15, 15)


def test_a_plan_counts_with_all_that_it_holds_and_then_with_what_it_kept(alice, troupe):  # noqa: F811
    program = with_budget(alice, 60)
    goal = {"agent_id": "avatar-g-agent", "input": {"goal": "everything, please"}}
    assert program.post("agents/execute", {**goal, "max_credits": 61}) == used_up(60, 0)
    assert program.post("agents/quote", {**goal, "max_credits": 61})[1]["code"] == "QUOTA_EXCEEDED"

    plan = program.post("agents/execute", {**goal, "max_credits": 60})[1]["job_id"]
    assert program.post("agents/execute", CHAT) == used_up(60, 60)
    assert plans.kept(plans.work_off(Job.objects.get(pk=plan))) == 56

    assert [program.post("agents/execute", CHAT)[0] for _ in range(5)] == [202] * 4 + [403]


@pytest.mark.parametrize(("per", "earlier"), [("day", {"days": 1}), ("month", {"days": 31})])
def test_a_budget_is_whole_again_in_its_next_day_or_month(alice, per, earlier):
    program = with_budget(alice, 15, per)
    program.post("agents/execute", MUSIC)
    assert program.post("agents/execute", MUSIC) == used_up(15, 15)

    Job.objects.update(created_at=timezone.now() - timedelta(**earlier))

    assert program.post("agents/execute", MUSIC)[0] == 202


def test_the_same_call_again_is_answered_though_the_budget_is_used_up(alice):
    program = with_budget(alice, 15)
    first = program.post("agents/execute", MUSIC, **{"Idempotency-Key": "one"})

    assert program.post("agents/execute", MUSIC, **{"Idempotency-Key": "one"}) == first
    assert program.post("agents/execute", MUSIC, **{"Idempotency-Key": "two"}) == used_up(15, 15)


def test_parallel_calls_never_pass_a_budget_together(transactional_db, alice):
    secret = made(alice, budget=45, budget_per="month").secret

    said = at_once([lambda: ByKey(secret).post("agents/execute", MUSIC)] * 8)

    assert sorted(status for status, _ in said) == [202] * 3 + [403] * 5
    assert {answer["code"] for status, answer in said if status == 403} == {"QUOTA_EXCEEDED"}
    assert acts.balance_of(alice) == 5000 - 45


def test_a_key_is_in_no_log_and_no_answer(alice, caplog, monkeypatch):
    def broken(*_arguments, **_options):
        raise RuntimeError("nothing works")

    caplog.set_level(logging.DEBUG)
    one = made(alice)
    program = ByKey(one.secret, raise_request_exception=False)
    said = []
    for method, path in [*ADDRESSES, *MONEY, ("GET", "/api/nothing"), ("GET", "/dashboard")]:
        said.append(program.client.generic(method, path, "{}", content_type="application/json"))
    monkeypatch.setattr("jobs.submission.submit", broken)
    program.post("agents/execute", CHAT)
    said.append(program.last)
    wrong = "avg_live_" + one.secret[:8:-1]
    said.append(ByKey(wrong).client.get("/api/jobs/list"))

    told = " ".join(f"{response.headers} {response.cookies} {response.getvalue()!r}" for response in said)
    assert said[-2].status_code == 500
    assert "nothing works" in caplog.text
    for secret in (one.secret, one.secret[15:], wrong, one.key.hash):
        assert secret not in told
        assert secret not in caplog.text
