"""Random lives of an account: the database and the model in Python agree after every step."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.models import User, new_id
from credits import audit, ledger
from credits.errors import DeductionFailed, InsufficientCredits
from credits.models import CreditAccount, CreditLot, CreditTransaction
from credits.rules import RULES
from tests.credits.model import KINDS, Model, months_after

AMOUNTS = st.integers(1, 160)
JUMPS = st.one_of(
    st.timedeltas(timedelta(0), timedelta(days=3)),
    st.sampled_from([timedelta(days=31), timedelta(days=65), timedelta(days=400)]),
)


def outcome_of(act) -> str:
    """What a ledger call came to, in the words of the model."""
    try:
        entry = act()
    except InsufficientCredits:
        return "insufficient"
    except DeductionFailed:
        return "frozen"
    return "repeated" if entry.repeated else "done"


class Life(RuleBasedStateMachine):
    @initialize()
    def be_born(self) -> None:
        self.user = User.objects.create(email=f"{new_id()}@example.test")
        account = CreditAccount.objects.get(pk=self.user.pk)
        self.now = account.anchor_at
        self.model = Model(account.anchor_at, 100)
        self.gifts: dict[str, tuple] = {}
        self.periods: dict[str, tuple] = {}
        self.taken: dict[str, int] = {}

    @rule(jump=JUMPS)
    def time_passes(self, jump) -> None:
        self.now += jump

    @rule(early=st.sampled_from([timedelta(0), timedelta(microseconds=1)]))
    @precondition(lambda self: self.model.due_at())
    def the_moment_comes_when_something_falls_due(self, early) -> None:
        self.now = max(self.now, self.model.due_at()[0] - early)

    @rule(amount=AMOUNTS)
    def a_job_is_charged(self, amount) -> None:
        self.charge(new_id(), amount)

    @rule(data=st.data(), amount=AMOUNTS)
    @precondition(lambda self: self.model.charges)
    def the_same_job_is_charged_again(self, data, amount) -> None:
        self.charge(data.draw(st.sampled_from(sorted(self.model.charges))), amount)

    def charge(self, job, amount) -> None:
        act = lambda: ledger.deduct(  # noqa: E731
            user_id=self.user.pk, amount=amount, job_id=job, agent_id="chat", description="", now=self.now
        )
        expected = self.model.deduct(job, amount, self.now)
        assert outcome_of(act) == expected

    @rule(data=st.data(), share=st.floats(0, 1))
    @precondition(lambda self: self.model.charges)
    def a_job_is_refunded(self, data, share) -> None:
        job = data.draw(st.sampled_from(sorted(self.model.charges)))
        amount = max(1, round(self.model.charges[job][0] * share)) if share < 0.7 else None
        expected = self.model.refund(job, amount, self.now)
        entry = ledger.refund(user_id=self.user.pk, job_id=job, amount=amount, description="", now=self.now)
        assert (entry.repeated, entry.amount) == (expected == "repeated", self.model.refunds[job])

    @rule(
        kind=st.sampled_from(KINDS[1:]),
        amount=AMOUNTS,
        lasts=st.none() | st.timedeltas(timedelta(minutes=1), timedelta(days=50)),
    )
    def a_gift_comes(self, kind, amount, lasts) -> None:
        self.give(f"gift:{new_id()}", (kind, amount, lasts and self.now + lasts))

    @rule(data=st.data())
    @precondition(lambda self: self.gifts)
    def the_same_gift_comes_again(self, data) -> None:
        source = data.draw(st.sampled_from(sorted(self.gifts)))
        self.give(source, self.gifts[source])

    def give(self, source, gift) -> None:
        kind, amount, expires_at = self.gifts.setdefault(source, gift)
        expected = self.model.grant(source, kind, amount, expires_at, self.now)
        act = lambda: ledger.grant(  # noqa: E731
            user_id=self.user.pk,
            amount=amount,
            type=kind,
            source=source,
            description="",
            expires_at=expires_at,
            now=self.now,
        )
        assert outcome_of(act) == expected

    @rule(amount=AMOUNTS)
    def credits_are_taken_back(self, amount) -> None:
        self.take_back(f"ref:{new_id()}", amount)

    @rule(data=st.data())
    @precondition(lambda self: self.taken)
    def they_are_taken_back_again(self, data) -> None:
        reference = data.draw(st.sampled_from(sorted(self.taken)))
        self.take_back(reference, self.taken[reference])

    def take_back(self, reference, amount) -> None:
        self.taken[reference] = amount
        expected = self.model.take_back(reference, amount, self.now)
        act = lambda: ledger.take_back(  # noqa: E731
            user_id=self.user.pk, amount=amount, reason="x", reference=reference, now=self.now
        )
        assert outcome_of(act) == expected

    @rule(
        allowance=st.sampled_from([0, 100, 1000]),
        renewal=st.sampled_from(["calendar", "invoice"]),
        days=st.integers(1, 40),
    )
    def the_plan_changes(self, allowance, renewal, days) -> None:
        ends_at = months_after(self.now, 1) if renewal == "calendar" else self.now + timedelta(days=days)
        self.change_plan(f"period:{new_id()}", (allowance, renewal, self.now, ends_at))

    @rule(data=st.data())
    @precondition(lambda self: self.periods)
    def the_same_plan_change_comes_again(self, data) -> None:
        source = data.draw(st.sampled_from(sorted(self.periods)))
        self.change_plan(source, self.periods[source])

    def change_plan(self, source, period) -> None:
        allowance, renewal, started_at, ends_at = self.periods.setdefault(source, period)
        expected = self.model.start_period(source, allowance, renewal, ends_at, self.now)
        act = lambda: ledger.start_period(  # noqa: E731
            user_id=self.user.pk, allowance=allowance, renewal=renewal, source=source, started_at=started_at,
            ends_at=ends_at, description="", now=self.now,
        )  # fmt: skip
        assert outcome_of(act) == expected

    @rule()
    def the_reset_runs(self) -> None:
        assert ledger.reset_due(now=self.now) >= self.model.settle(self.now)

    @rule(frozen=st.booleans())
    def the_account_is_frozen_or_thawed(self, frozen) -> None:
        ledger.freeze(self.user.pk, frozen=frozen)
        self.model.frozen = frozen

    @invariant()
    def both_agree(self) -> None:
        if not hasattr(self, "model"):
            return
        account = CreditAccount.objects.get(pk=self.user.pk)
        assert account.balance == self.model.balance
        assert (account.total_spent, account.total_earned) == (self.model.spent, self.model.earned)
        assert (account.period_started_at, account.next_reset_at) == (self.model.started_at, self.model.ends_at)
        lots = CreditLot.objects.filter(account=account, closed_at=None).order_by("id")
        assert list(lots.values_list("kind", "granted", "remaining", "expires_at")) == [
            (lot.kind, lot.granted, lot.remaining, lot.expires_at) for lot in self.model.open_lots()
        ]
        rows = CreditTransaction.objects.filter(account=account).order_by("id")
        assert list(rows.values_list("type", "amount", "balance_after")) == self.model.rows

    def teardown(self) -> None:
        with connection.cursor() as cursor:
            assert [finding for finding in audit.check_all(RULES, cursor) if not finding.holds] == []


def lives(number: int, steps: int) -> settings:
    return settings(
        max_examples=number, stateful_step_count=steps, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


def test_the_database_lives_as_the_model_does(db, unlawful):
    """Few lives; many and longer ones are soaked. `unlawful`: plans are changed here without their subscriptions."""
    run_state_machine_as_test(Life, settings=lives(15, 40))


@pytest.mark.soak
def test_the_database_lives_as_the_model_does_for_long(db, unlawful):
    run_state_machine_as_test(Life, settings=lives(1500, 80))
