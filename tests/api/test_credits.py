"""The balance, the ledger, its export, and the reset over HTTP."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import psycopg
import pytest

from avatarg import spreadsheets
from credits import ledger, selectors
from credits.models import CreditTransaction
from tests.api.calls import UNAUTHENTICATED, wrong
from tests.jobs import acts

CRON = {"Authorization": "Bearer cron-secret-of-the-tests"}
KEYS = ["id", "amount", "balance_after", "type", "description", "job_id", "agent_id", "metadata", "created_at"]


def stamp(moment) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def test_the_balance_of_somebody_new(api, alice):
    account = selectors.account_of(alice.pk)

    assert api.get("credits/balance") == (200, {
        "balance": 100, "monthly_allowance": 100, "plan": "FREE", "last_reset_at": stamp(account.period_started_at),
        "next_reset_at": stamp(account.next_reset_at), "total_earned": 100, "total_spent": 0,
        "lots": [{"kind": "allowance", "remaining": 100, "expires_at": stamp(account.next_reset_at)}],
    })  # fmt: skip


def test_the_balance_shows_open_lots_in_the_order_in_which_they_burn(api, alice, bob):
    acts.give(bob, 999)
    soon = datetime.now(UTC) + timedelta(days=1)
    for amount, kind, expires_at in [(30, "purchase", None), (20, "bonus", None), (10, "bonus", soon)]:
        ledger.grant(
            user_id=alice.pk, amount=amount, type=kind, source=f"test:{amount}", description="A gift",
            expires_at=expires_at,
        )  # fmt: skip
    acts.finished(alice)

    body = api.get("credits/balance")[1]

    assert (body["balance"], body["total_earned"], body["total_spent"]) == (159, 160, 1)
    assert [(lot["kind"], lot["remaining"]) for lot in body["lots"]] == [
        ("bonus", 9), ("allowance", 100), ("bonus", 20), ("purchase", 30)
    ]  # fmt: skip


def test_the_ledger_is_newest_first_and_the_own_one(api, alice, bob):
    acts.finished(bob)
    job = acts.finished(alice)

    status, body = api.get("credits/transactions")

    row = CreditTransaction.objects.get(job_id=job.pk)
    assert (status, body["next_cursor"], [row["amount"] for row in body["transactions"]]) == (200, None, [-1, 100])
    assert list(body["transactions"][0]) == KEYS
    assert body["transactions"][0] == {
        "id": row.pk, "amount": -1, "balance_after": 99, "type": "deduction", "description": "Chat: message",
        "job_id": str(job.pk), "agent_id": "chat", "metadata": {"operation": "message"},
        "created_at": stamp(row.created_at),
    }  # fmt: skip
    assert (body["transactions"][1]["job_id"], body["transactions"][1]["agent_id"]) == (None, None)


def test_the_ledger_filters_by_type(api, alice):
    acts.finished(alice)
    types = "deduction, refill, bonus, refund, purchase, expiry"

    assert [row["type"] for row in api.get("credits/transactions", type="refill")[1]["transactions"]] == ["refill"]
    assert api.get("credits/transactions", type="refund")[1]["transactions"] == []
    assert api.get("credits/transactions", type="gift") == (400, wrong(type=[f"This must be one of {types}."]))
    assert api.get("credits/transactions.csv", type="gift")[0] == 400


def lines_of(api, **query) -> list[list[str]]:
    assert api.get("credits/transactions.csv", **query)[0] == 200
    return list(csv.reader(StringIO(b"".join(api.last.streaming_content).decode())))


def test_the_export_is_the_whole_own_ledger(api, alice, bob):
    acts.finished(bob)
    job = acts.finished(alice)

    lines = lines_of(api)

    row = CreditTransaction.objects.get(job_id=job.pk)
    assert lines[0] == ["id", "created_at", "type", "amount", "balance_after", "description", "agent_id", "job_id"]
    assert lines[1] == [
        str(row.pk), row.created_at.isoformat(), "deduction", "-1", "99", "Chat: message", "chat", str(job.pk)
    ]  # fmt: skip
    assert len(lines) == 3
    assert api.last.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert api.last.headers["Content-Disposition"] == 'attachment; filename="avatar-g-credits.csv"'


def test_the_export_filters_by_type(api, alice):
    acts.finished(alice)

    assert [line[2] for line in lines_of(api, type="deduction")] == ["type", "deduction"]


def test_the_export_is_streamed(api, alice, django_assert_num_queries):
    with django_assert_num_queries(2):  # session, user: no row is read before it is sent
        api.get("credits/transactions.csv")
    assert api.last.streaming is True


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_of_the_export_is_a_formula(api, alice, sign):
    text = f"{sign}HYPERLINK(1)"
    ledger.grant(user_id=alice.pk, amount=1, type="bonus", source="test:formula", description=text)

    assert lines_of(api)[1][5] == f"'{text}"


def test_numbers_in_the_export_stay_numbers():
    assert [spreadsheets.defused(value) for value in (-15, 100, None, "plain")] == [-15, 100, None, "plain"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_scheduler_starts_the_periods_that_are_due(stranger, owner_connection: psycopg.Connection, alice, method):
    due(owner_connection, alice)
    call = getattr(stranger, method)

    answers = [call("/api/cron/reset-credits", headers=CRON) for _ in range(2)]

    assert [(one.status_code, one.json()) for one in answers] == [(200, {"reset": 1}), (200, {"reset": 0})]
    assert selectors.account_of(alice.pk).next_reset_at > datetime.now(UTC)
    assert acts.rows_of(alice)[-2:] == [("expiry", -100), ("refill", 100)]


def due(connection: psycopg.Connection, user) -> None:
    """A period that began two months ago."""
    connection.execute(
        """UPDATE credits_creditaccount SET anchor_at = anchor_at - interval '2 months',
        due_at = now() - interval '1 day', period_started_at = period_started_at - interval '2 months',
        next_reset_at = now() - interval '1 day' WHERE user_id = %s""",
        [user.pk],
    )
    lapsed = "UPDATE credits_creditlot SET expires_at = now() - interval '1 day' WHERE account_id = %s"
    connection.execute(lapsed, [user.pk])


WRONG_SECRETS = ["", "Bearer", "Bearer ", "Bearer wrong", "cron-secret-of-the-tests", "Basic eA==", "Bearer é"]


@pytest.mark.parametrize("secret", WRONG_SECRETS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_scheduler_without_its_secret_is_a_stranger(stranger, method, secret):
    response = getattr(stranger, method)("/api/cron/reset-credits", headers={"Authorization": secret})

    assert (response.status_code, response.json()) == (401, UNAUTHENTICATED)


@pytest.mark.parametrize("secret", ["Bearer ", "Bearer", "", "Bearer None"])
def test_an_empty_secret_opens_nothing(stranger, settings, secret):
    settings.CRON_SECRET = ""

    assert stranger.post("/api/cron/reset-credits", headers={"Authorization": secret}).status_code == 401
