"""Thousands of acts on 64 connections: no overspend, no drift, no deadlock."""

import itertools
import random
from collections import Counter, defaultdict
from datetime import timedelta
from functools import partial

import psycopg
import pytest
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from accounts.models import User, new_id
from credits import ledger
from credits.errors import InsufficientCredits
from credits.models import CreditAccount, CreditTransaction
from tests.credits.acts import balance_of, charge, give, refund, rows_of
from tests.together import at_once

CONNECTIONS = 64
TWO_RESETS = timedelta(days=70)


class Town:
    """Accounts under a common clock that passes two resets, and a tally of what the callers were told."""

    def __init__(self, accounts: int, acts: int = 1) -> None:
        people = [User(email=f"user{number}@example.test") for number in range(accounts)]
        self.users = [user.pk for user in User.objects.bulk_create(people)]
        self.jobs: dict = defaultdict(list)
        self.begun, self.step = timezone.now(), TWO_RESETS / acts
        self.numbers = itertools.count()

    def live(self, acts: int, seed: int) -> Counter:
        """A thread's share of the acts; what was moved, by type of row, and how often, as the ledger told it."""
        dice, moved = random.Random(seed), Counter()
        for _ in range(acts):
            number = next(self.numbers)
            act = dice.choices(
                [self.charge, self.again, self.refund, self.give, self.take, self.reset], [8, 2, 4, 3, 1, 0.2]
            )[0]
            try:
                entry, kind = act(dice, dice.choice(self.users), self.begun + number * self.step)
            except InsufficientCredits:
                moved["refused"] += 1
                continue
            if entry is not None and not entry.repeated and entry.amount:
                moved[kind] += entry.amount
                moved[f"{kind} rows"] += 1
        return moved

    def charge(self, dice, user, now, job=None):
        self.jobs[user].append(job := job or new_id())
        amount = dice.randint(1, 40)
        return ledger.deduct(
            user_id=user, amount=amount, job_id=job, agent_id="chat", description="", now=now
        ), "deduction"  # fmt: skip

    def again(self, dice, user, now):
        return self.charge(dice, user, now, dice.choice(self.jobs[user][-5:] or [new_id()]))

    def refund(self, dice, user, now):
        job = dice.choice(self.jobs[user][-20:] or [new_id()])
        return ledger.refund(user_id=user, job_id=job, description="", now=now), "refund"

    def give(self, dice, user, now):
        source = f"gift:{user}:{dice.randint(1, 60)}"
        until = dice.choice([None, now + timedelta(days=1), now + timedelta(days=9)])
        return ledger.grant(
            user_id=user, amount=25, type="bonus", source=source, description="", expires_at=until, now=now
        ), "bonus"  # fmt: skip

    def take(self, dice, user, now):
        reference = f"back:{user}:{dice.randint(1, 30)}"
        return ledger.take_back(user_id=user, amount=3, reason="x", reference=reference, now=now), "deduction"

    def reset(self, _dice, _user, now):
        ledger.reset_due(now=now, chunk=7)
        return None, ""


LONG = [pytest.param(accounts, 10_000, marks=pytest.mark.soak) for accounts in (50, 1)]


@pytest.mark.parametrize(("accounts", "acts"), [(20, 3000), (1, 3000), *LONG])
def test_thousands_of_acts_at_once_leave_what_the_callers_were_told(transactional_db, accounts, acts):
    """Three thousand of them; ten thousand are soaked."""
    town = Town(accounts, acts)

    shares = at_once([partial(town.live, acts // CONNECTIONS + 1, seed) for seed in range(CONNECTIONS)])

    def told(what: str) -> int:
        return sum(share[what] for share in shares)

    for kind in ("deduction", "refund", "bonus"):
        rows = CreditTransaction.objects.filter(type=kind)
        written = rows.aggregate(sum=Sum("amount"))["sum"], rows.count()
        assert (told(kind), told(f"{kind} rows")) == written
        assert written[1] >= 20
    assert told("refused") > 100
    assert CreditTransaction.objects.filter(type="refill").count() >= accounts * 3


def test_an_account_is_reset_once_by_many_resets_at_once(transactional_db):
    Town(60)
    due = CreditAccount.objects.latest("next_reset_at").next_reset_at

    counts = at_once([lambda: ledger.reset_due(now=due, chunk=7)] * 16)

    assert sum(counts) <= 60
    assert sum(counts) + ledger.reset_due(now=due) == 60
    assert CreditTransaction.objects.filter(type="refill").count() == 120


def test_a_reset_passes_over_whoever_is_busy_and_finds_them_next_time(alice, bob, owner_connection):
    due = CreditAccount.objects.latest("next_reset_at").next_reset_at
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '5s'")
    with owner_connection.transaction():
        owner_connection.execute("SELECT FROM credits_creditaccount WHERE user_id = %s FOR UPDATE", [alice.pk])
        assert ledger.reset_due(now=due) == 1
    assert ledger.reset_due(now=due) == 1
    assert [row[0] for row in rows_of(alice)] == ["refill", "expiry", "refill"]
    connection.close()


def test_nobody_outside_a_chunk_waits_for_a_reset(transactional_db, owner_url):
    """A chunk is held open; the others spend meanwhile, and its own people wait no longer than it lasts."""
    town = Town(20)
    due = CreditAccount.objects.latest("next_reset_at").next_reset_at
    first, last = [User(pk=town.users[0]), User(pk=town.users[-1])]
    with psycopg.connect(owner_url) as resetting, psycopg.connect(owner_url) as impatient:
        resetting.execute("SELECT reset_monthly_credits(p_now => %s, p_limit => 10)", [due])
        charge(last, 10, now=due)
        with pytest.raises(psycopg.errors.LockNotAvailable):
            impatient.execute("SELECT FROM credits_creditaccount WHERE user_id = %s FOR UPDATE NOWAIT", [first.pk])
        resetting.commit()
    charge(first, 10, now=due)
    assert (balance_of(first), balance_of(last)) == (90, 90)


def test_a_crowd_refunds_a_job_once(transactional_db, alice):
    job = charge(alice, 60)

    entries = at_once([lambda: refund(alice, job)] * 16)

    assert sorted(entry.repeated for entry in entries) == [False] + [True] * 15
    assert balance_of(alice) == 100


def test_a_crowd_is_given_a_gift_once(transactional_db, alice):
    entries = at_once([lambda: give(alice, 50, source="welcome")] * 16)

    assert sum(entry.amount for entry in entries) == 50
    assert balance_of(alice) == 150
