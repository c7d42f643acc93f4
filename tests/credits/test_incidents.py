"""What really went wrong with credits elsewhere (INCIDENTS), one test for each row that is ours."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from django.db import connection

from accounts.models import User, new_id
from credits import ledger, selectors
from credits.errors import InsufficientCredits
from credits.models import CreditAccount, CreditLot, CreditTransaction
from tests import law
from tests.credits.acts import at, balance_of, charge, give, open_lots_of, refund, rows_of, start_period
from tests.together import at_once


def test_incident_03_a_grant_moves_the_balance_once_and_nothing_else_writes_it(alice):
    give(alice, 50)

    assert balance_of(alice) == sum(amount for _, amount, _ in rows_of(alice)) == 150
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal
            AND tgrelid::regclass::text LIKE 'credits_%' AND tgname NOT IN ('append_only', 'kept', 'kept_whole')""")
        assert cursor.fetchall() == []


def test_incident_10_a_refund_is_decided_from_what_was_recorded_and_not_from_a_copy(transactional_db, alice, owner_url):
    """The refund begins before the charge is committed: it waits for the account, then sees the charge."""
    job = new_id()
    with psycopg.connect(owner_url) as charging, ThreadPoolExecutor(1) as elsewhere:
        charging.execute("SELECT deduct_credits(%s, 30, '', %s, 'chat')", [alice.pk, job])
        entry = elsewhere.submit(at_once, [lambda: refund(alice, job)])
        with pytest.raises(TimeoutError):
            entry.result(timeout=0.3)
        charging.commit()
        assert [(each.amount, each.balance) for each in entry.result(timeout=10)] == [(30, 100)]


def test_incident_11_of_parallel_charges_only_as_many_pass_as_there_is_money_for(transactional_db, alice):
    def spend() -> str:
        try:
            charge(alice, 40)
        except InsufficientCredits:
            return "refused"
        return "charged"

    assert sorted(at_once([spend] * 8)) == ["charged"] * 2 + ["refused"] * 6
    assert balance_of(alice) == 20


def test_incident_14_two_first_grants_at_once_both_count_for_the_account_always_exists(transactional_db):
    dora = User.objects.create(email="dora@example.test")

    at_once([lambda: give(dora, 300), lambda: give(dora, 300)])

    assert balance_of(dora) == 700


def test_incident_18_a_job_is_settled_once_within_milliseconds(transactional_db, alice):
    job = charge(alice, 50)

    entries = at_once([lambda: refund(alice, job, 20), lambda: refund(alice, job)] * 4)

    assert sum(not entry.repeated for entry in entries) == 1
    assert CreditTransaction.objects.filter(job_id=job, type="refund").count() == 1
    assert len({entry.amount for entry in entries}) == 1


def test_incident_19_a_renewal_leaves_bought_credits_alone(alice):
    give(alice, 500, "purchase")
    give(alice, 5)
    started_at = at("2101-01-31")

    start_period(alice, 1000, started_at, renewal="invoice")
    start_period(alice, 5000, started_at + timedelta(days=31), renewal="invoice")
    start_period(alice, 100, started_at + timedelta(days=62))
    ledger.reset_due(now=started_at + timedelta(days=100))

    assert open_lots_of(alice) == [("purchase", 500), ("bonus", 5), ("allowance", 100)]
    assert not CreditTransaction.objects.filter(type="expiry", metadata__kind__in=["purchase", "bonus"]).exists()


def test_incident_20_the_31st_does_not_drift_and_no_period_counts_twice(alice):
    start_period(alice, 100, at("2103-10-31T08:00"))
    begun = []
    for day in range(1, 400):
        now = at("2103-10-31T08:00") + timedelta(days=day)
        ledger.reset_due(now=now)
        begun.append(selectors.account_of(alice.pk).period_started_at)

    starts = [f"{moment:%y-%m-%d}" for moment in dict.fromkeys(begun)]
    assert starts == [
        "03-10-31", "03-11-30", "03-12-31", "04-01-31", "04-02-29", "04-03-31", "04-04-30", "04-05-31", "04-06-30",
        "04-07-31", "04-08-31", "04-09-30", "04-10-31", "04-11-30",
    ]  # fmt: skip
    assert CreditLot.objects.filter(account=alice.pk, source__startswith="reset:").count() == len(starts)
    assert CreditAccount.objects.get(pk=alice.pk).total_earned == 100 * (len(starts) + 2)


def test_the_audit_would_see_drift(alice, unlawful, owner_connection):
    with owner_connection.transaction():
        owner_connection.execute("SET LOCAL session_replication_role = replica")
        owner_connection.execute("UPDATE credits_creditaccount SET balance = balance + 500")
    with connection.cursor() as cursor:
        assert "a balance is the sum of its ledger" in law.broken_rules(cursor)
