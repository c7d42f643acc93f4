"""The monthly reset: anchored, once a period, with its rows, and only for whom the calendar renews."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from credits import ledger, selectors
from credits.models import CreditAccount, CreditLot
from credits.tasks import reset
from tests.credits.acts import at, balance_of, charge, give, open_lots_of, refused, rows_of, start_period

ANCHOR = at("2101-01-31T15:30")


@pytest.fixture
def alice_of_january(alice):
    """Her period began on the 31st of January."""
    start_period(alice, 100, ANCHOR)
    return alice


def period_of(user) -> tuple[str, str]:
    account = selectors.account_of(user.pk)
    return f"{account.period_started_at:%m-%d %H:%M}", f"{account.next_reset_at:%m-%d %H:%M}"


def test_a_reset_replaces_what_is_left_of_the_allowance_and_says_so_in_two_rows(alice_of_january):
    charge(alice_of_january, 30, now=ANCHOR)
    before = len(rows_of(alice_of_january))

    assert ledger.reset_due(now=at("2101-02-28T15:30")) == 1

    assert rows_of(alice_of_january)[before:] == [("expiry", -70, 0), ("refill", 100, 100)]
    assert open_lots_of(alice_of_january) == [("allowance", 100)]


def test_nothing_lapses_when_nothing_is_left(alice_of_january):
    charge(alice_of_january, 100, now=ANCHOR)
    before = len(rows_of(alice_of_january))

    ledger.reset_due(now=at("2101-02-28T15:30"))

    assert rows_of(alice_of_january)[before:] == [("refill", 100, 100)]


def test_the_31st_becomes_the_28th_and_the_31st_again(alice_of_january):
    seen = []
    for month in range(2, 8):
        ledger.reset_due(now=at(f"2101-{month:02}-28T23:00") + timedelta(days=3))
        seen.append(period_of(alice_of_january))

    assert seen == [
        ("02-28 15:30", "03-31 15:30"), ("03-31 15:30", "04-30 15:30"), ("04-30 15:30", "05-31 15:30"),
        ("05-31 15:30", "06-30 15:30"), ("06-30 15:30", "07-31 15:30"), ("07-31 15:30", "08-31 15:30"),
    ]  # fmt: skip


def test_a_reset_comes_at_its_moment_and_not_before(alice_of_january):
    assert ledger.reset_due(now=at("2101-02-28T15:29:59")) == 0
    assert ledger.reset_due(now=at("2101-02-28T15:30")) == 1


def test_a_period_is_reset_once_however_often_it_is_asked_for(alice_of_january):
    assert [ledger.reset_due(now=at("2101-03-01")) for _ in range(3)] == [1, 0, 0]
    assert CreditLot.objects.filter(source__startswith="reset:", account=alice_of_january.pk).count() == 2


def test_after_a_long_outage_there_is_one_reset_for_the_present_period(alice_of_january):
    before = len(rows_of(alice_of_january))

    assert ledger.reset_due(now=at("2101-11-05")) == 1

    assert rows_of(alice_of_january)[before:] == [("expiry", -100, 0), ("refill", 100, 100)]
    assert period_of(alice_of_january) == ("10-31 15:30", "11-30 15:30")


def test_whoever_spends_after_the_end_of_a_period_is_reset_on_the_spot(alice_of_january):
    charge(alice_of_january, 90, now=ANCHOR)

    charge(alice_of_january, 90, now=at("2101-02-28T15:30"))

    assert balance_of(alice_of_january) == 10
    assert ledger.reset_due(now=at("2101-02-28T15:31")) == 0


def test_bonuses_and_purchases_stay(alice_of_january):
    give(alice_of_january, 7, now=ANCHOR)
    give(alice_of_january, 8, "purchase", expires_at=at("2101-12-01"), now=ANCHOR)

    ledger.reset_due(now=at("2101-03-01"))

    assert open_lots_of(alice_of_january) == [("bonus", 7), ("purchase", 8), ("allowance", 100)]


def test_what_lapses_at_the_reset_lapses_with_it(alice_of_january):
    give(alice_of_january, 7, expires_at=at("2101-02-15"), now=ANCHOR)
    before = len(rows_of(alice_of_january))

    ledger.reset_due(now=at("2101-03-01"))

    assert rows_of(alice_of_january)[before:] == [("expiry", -100, 7), ("expiry", -7, 0), ("refill", 100, 100)]


def test_a_lot_that_lapses_inside_a_period_does_not_reset_the_allowance(alice_of_january):
    charge(alice_of_january, 60, now=ANCHOR)
    give(alice_of_january, 7, expires_at=at("2101-02-15"), now=ANCHOR)

    assert ledger.reset_due(now=at("2101-02-20")) == 0

    assert open_lots_of(alice_of_january) == [("allowance", 40)]


def test_who_pays_by_invoice_keeps_the_allowance_until_the_next_invoice(alice, bob):
    start_period(alice, 1000, ANCHOR, renewal="invoice", ends_at=at("2101-02-28T15:30"))
    give(alice, 7, expires_at=at("2101-02-15"), now=ANCHOR)
    start_period(bob, 100, ANCHOR)

    assert ledger.reset_due(now=at("2101-06-01")) == 1

    assert open_lots_of(alice) == [("allowance", 1000)]
    assert balance_of(bob) == 100
    charge(alice, 1000, now=at("2101-06-01"))


def test_a_paid_period_replaces_the_allowance_once(alice):
    charge(alice, 40)
    first = start_period(alice, 1000, ANCHOR, renewal="invoice", source="sub_1:2101-01", now=at("2026-11-22"))
    again = start_period(alice, 1000, ANCHOR, renewal="invoice", source="sub_1:2101-01", now=at("2026-11-22"))

    assert (first.balance, again.repeated, again.balance) == (1000, True, 1000)
    assert [row[:2] for row in rows_of(alice)] == [
        ("refill", 100), ("deduction", -40), ("expiry", -60), ("refill", 1000)
    ]  # fmt: skip


def test_a_period_can_bring_nothing(alice, bob):
    start_period(bob, 100, ANCHOR)
    assert start_period(alice, 0, ANCHOR, renewal="invoice", source="cut", now=ANCHOR).balance == 0
    assert start_period(alice, 0, ANCHOR, renewal="invoice", source="cut", now=ANCHOR).repeated


@pytest.mark.parametrize(
    "wrong", [{"ends_at": at("2101-03-02T15:30")}, {"now": at("2101-03-01")}, {"allowance": -1}, {"renewal": "never"}]
)
def test_a_period_by_the_calendar_is_the_present_month_from_its_start(alice, wrong):
    period = {"allowance": 100, "started_at": ANCHOR, "renewal": "calendar"}
    with refused():
        start_period(alice, **(period | wrong))


def test_many_accounts_are_reset_in_chunks(db):
    users = User.objects.bulk_create([User(email=f"user{number}@example.test") for number in range(25)])
    now = selectors.account_of(users[0].pk).next_reset_at

    assert list(ledger.reset_chunks(now=now + timedelta(hours=1), chunk=10)) == [10, 10, 5]
    assert set(CreditAccount.objects.values_list("balance", flat=True)) == {100}


def test_one_broken_account_keeps_nobody_else_from_their_credits(alice, bob, charlie, owner_connection, unlawful):
    due = selectors.account_of(bob.pk).next_reset_at
    with owner_connection.transaction():
        owner_connection.execute("SET LOCAL session_replication_role = replica")
        owner_connection.execute("UPDATE credits_creditaccount SET balance = 10 WHERE user_id = %s", [bob.pk])

    assert ledger.reset_due(now=due + timedelta(days=1)) == 2

    assert [balance_of(user) for user in (alice, bob, charlie)] == [100, 10, 100]
    assert selectors.account_of(bob.pk).next_reset_at == due


def test_the_command_takes_a_time(alice_of_january, capsys):
    call_command("reset_monthly_credits", now="2101-03-01T00:00:00Z")
    assert capsys.readouterr().out == "1 accounts were given a new period.\n"
    call_command("reset_monthly_credits", now="2101-03-01")
    assert capsys.readouterr().out == "0 accounts were given a new period.\n"


def test_the_command_without_a_time_uses_the_clock(alice, capsys):
    call_command("reset_monthly_credits")
    assert capsys.readouterr().out == "0 accounts were given a new period.\n"


@pytest.mark.parametrize("nonsense", ["soon", "2101-13-01", "2101-02-30T00:00:00"])
def test_the_command_refuses_what_is_no_time(db, nonsense):
    with pytest.raises(CommandError, match="not an ISO 8601 time"):
        call_command("reset_monthly_credits", now=nonsense)


def test_beat_runs_the_reset(alice):
    assert reset() == 0
