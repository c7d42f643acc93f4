"""POST /api/agents/execute and /api/agents/quote."""

import pytest

from agents.models import AgentSwitch
from credits import ledger
from jobs.models import Job
from tests.api.calls import CHAT, UNREADABLE, error, wrong
from tests.jobs import acts


def test_an_accepted_call_is_202_with_the_job_its_cost_and_the_balance(api):
    status, body = api.post("agents/execute", {"agent_id": "music-studio", "input": {"message": "a song"}})

    job = Job.objects.get()
    assert (status, body) == (202, {
        "job_id": str(job.pk), "status": "queued", "agent_id": "music-studio", "operation": "generate", "cost": 15,
        "balance": 85,
    })  # fmt: skip


def test_an_operation_may_be_named_or_left_null(api):
    for named in ({"operation": "message"}, {"operation": None}, {}):
        assert api.post("agents/quote", CHAT | named)[1]["operation"] == "message"


def test_a_repeated_key_gets_the_same_answer(api):
    key = {"Idempotency-Key": "abc"}

    first = api.post("agents/execute", CHAT, **key)

    assert api.post("agents/execute", CHAT, **key) == first
    assert api.post("agents/execute", CHAT | {"input": {"message": "other"}}, **key) == (
        409, error("IDEMPOTENCY_CONFLICT", "This idempotency key was used for another call.")
    )  # fmt: skip


def test_an_endless_key_is_refused(api):
    sentence = {"Idempotency-Key": ["This must be at most 255 characters."]}

    assert api.post("agents/execute", CHAT, **{"Idempotency-Key": "k" * 256}) == (400, wrong(**sentence))
    assert api.post("agents/execute", CHAT, **{"Idempotency-Key": "k" * 255})[0] == 202


def test_a_quote_charges_nothing(api, alice):
    assert api.post("agents/quote", {"agent_id": "music-studio", "input": {"message": "a song"}}) == (200, {
        "agent_id": "music-studio", "operation": "generate", "cost": 15, "balance": 100, "balance_after": 85,
        "allowed": True, "code": None,
    })  # fmt: skip
    assert (acts.balance_of(alice), Job.objects.count()) == (100, 0)


def test_a_quote_of_a_refused_call_says_so(api, alice):
    acts.leave(alice, 0)

    assert api.post("agents/quote", CHAT) == (200, {
        "agent_id": "chat", "operation": "message", "cost": 1, "balance": 0, "balance_after": None, "allowed": False,
        "code": "INSUFFICIENT_CREDITS",
    })  # fmt: skip


TOO_DEAR = {"max_credits": ["The price is 1 credits."]}


@pytest.mark.parametrize("path", ["agents/execute", "agents/quote"])
def test_an_unknown_agent_and_a_wrong_input_are_refused_by_both(api, path):
    assert api.post(path, {"agent_id": "nobody"}) == (
        404, error("UNKNOWN_AGENT", "There is no such agent or operation.", agent_id="nobody")
    )  # fmt: skip
    assert api.post(path, {"agent_id": "chat", "operation": "sing", "input": {}}) == (
        404, error("UNKNOWN_AGENT", "There is no such agent or operation.", agent_id="chat", operation="sing")
    )  # fmt: skip
    assert api.post(path, {"agent_id": "chat", "input": {}}) == (400, wrong(message=["Field required"]))
    assert api.post(path, CHAT | {"max_credits": 0}) == (
        400,
        error(
            "VALIDATION_ERROR", "The price is above your limit.", fields={"max_credits": ["The price is 1 credits."]}
        ),
    )


def coming_soon(user):
    AgentSwitch.objects.create(agent_id="chat")


def past_due(user):
    type(user.subscription).objects.update(status="past_due")


def empty(user):
    acts.leave(user, 0)


def full(user):
    acts.store(user, acts.GB)


REFUSALS = [
    (coming_soon, 403, error("AGENT_COMING_SOON", "This agent is not live yet.")),
    (past_due, 403, error(
        "SUBSCRIPTION_INACTIVE", "Your subscription is not active. Please mend the payment first.", status="past_due")),
    (full, 403, error(
        "QUOTA_EXCEEDED", "Your 1 GB of storage are full. Delete some results, or upgrade.",
        quota="stored", limit=acts.GB, used=acts.GB)),
    (acts.submit, 429, error(
        "CONCURRENCY_LIMIT", "As many jobs are running as your plan allows. Please wait for one to finish.",
        limit=1, running=1)),
    (lambda user: ledger.freeze(user.pk), 402, error(
        "DEDUCTION_FAILED", "The credits could not be taken. Nothing was charged.", reason="frozen")),
]  # fmt: skip


@pytest.mark.parametrize(("violate", "status", "body"), REFUSALS, ids=[row[2]["code"] for row in REFUSALS])
def test_a_refusal_is_the_one_error_body(api, alice, violate, status, body):
    violate(alice)

    assert api.post("agents/execute", CHAT) == (status, body)


def test_an_empty_balance_says_what_is_needed(api, alice):
    acts.leave(alice, 0)
    reset = api.get("credits/balance")[1]["next_reset_at"]

    assert api.post("agents/execute", CHAT) == (402, error(
        "INSUFFICIENT_CREDITS", "This takes 1 credit and you have 0.", required=1, available=0, next_reset_at=reset,
    ))  # fmt: skip


def test_a_pro_agent_asks_for_its_plan(api):
    assert api.post("agents/execute", {"agent_id": "voice-lab", "operation": "synthesize", "input": {}}) == (
        403,
        error("PLAN_REQUIRED", "Voice Lab asks for the PRO plan.", required_plan="PRO", plan="FREE"),
    )


MALFORMED = [
    ({}, wrong(agent_id=["This field is required."])),
    ({"agent_id": None}, wrong(agent_id=["This field may not be null."])),
    ({"agent_id": ""}, wrong(agent_id=["This field may not be blank."])),
    ({"agent_id": ["chat"]}, wrong(agent_id=["Not a valid string."])),
    ({"agent_id": "chat", "input": "hello"}, wrong(input=['Expected a dictionary of items but got type "str".'])),
    ({"agent_id": "chat", "input": ["hello"]}, wrong(input=['Expected a dictionary of items but got type "list".'])),
    ({"agent_id": "chat", "input": None}, wrong(input=["This field may not be null."])),
    (CHAT | {"operation": 7.5}, error(
        "UNKNOWN_AGENT", "There is no such agent or operation.", agent_id="chat", operation="7.5")),
    (CHAT | {"max_credits": "many"}, wrong(max_credits=["A valid integer is required."])),
    (CHAT | {"max_credits": -1}, wrong(max_credits=["Ensure this value is greater than or equal to 0."])),
    (CHAT | {"agent_id": "chat\x00"}, wrong(agent_id=["Null characters are not allowed."])),
    (["chat"], wrong(non_field_errors=["Invalid data. Expected a dictionary, but got list."])),
    ('"chat"', wrong(non_field_errors=["Invalid data. Expected a dictionary, but got str."])),
]  # fmt: skip


@pytest.mark.parametrize(("body", "answer"), MALFORMED, ids=[str(row[0]) for row in MALFORMED])
def test_a_malformed_body_names_what_is_wrong(api, body, answer):
    status = 404 if answer["code"] == "UNKNOWN_AGENT" else 400

    assert api.post("agents/execute", body) == (status, answer)
    assert Job.objects.count() == 0


STRANGE = {"NUL": "a\x00b", "NUL in a name": {"a\x00": 1}, "half a surrogate": "a\ud800"}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_text_that_cannot_be_stored_is_refused(api, text):
    sentence = "There is a character in it that cannot be stored."

    assert api.post("agents/execute", {"agent_id": "chat", "input": {"message": text}}) == (
        400,
        wrong(input=[sentence]),
    )


def test_the_letters_of_an_escape_are_text_like_any_other(api):
    assert api.post("agents/execute", {"agent_id": "chat", "input": {"message": "say \\u0000 \\\\u0000"}})[0] == 202
    assert Job.objects.get().input["message"] == "say \\u0000 \\\\u0000"


BROKEN = {
    "nothing": "", "half": '{"agent_id": "chat"', "words": "hello", "NaN": '{"agent_id": "chat", "max_credits": NaN}',
    "not UTF-8": b'{"agent_id": "\xff"}', "a tower": "[" * 200_000, "a closed tower": "[" * 400 + "]" * 400,
    "deep input": '{"agent_id": "chat", "input": ' + '{"a": ' * 60 + "1" + "}" * 61,
    "endless digits": '{"max_credits": ' + "9" * 5000 + "}",
}  # fmt: skip


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_body_that_is_no_json_of_ours_is_a_validation_error(api, text):
    status, body = api.post("agents/execute", text)

    assert (status, body["code"]) == (400, "VALIDATION_ERROR")
    if text:
        assert body == UNREADABLE


@pytest.mark.parametrize("number", [10**30, 2**63, 1e300], ids=str)
def test_a_huge_number_breaks_nothing(api, number):
    assert api.post("agents/execute", CHAT | {"max_credits": int(number)})[0] == 202
    assert api.post("agents/quote", {"agent_id": "chat", "input": {"message": "hi", "seed": int(number)}})[0] == 400


def test_a_body_without_end_is_not_read(api, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    assert api.post("agents/execute", CHAT | {"input": {"message": "x" * 2000}}) == (
        413, error("PAYLOAD_TOO_LARGE", "This is too large.")
    )  # fmt: skip


def test_a_form_is_not_read_as_json(api):
    response = api.client.post("/api/agents/execute", {"agent_id": "chat"})

    assert (response.status_code, response.json()["code"]) == (400, "VALIDATION_ERROR")
