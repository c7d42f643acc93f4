"""Low balance and out of credits: of FREE's 100, the lines are 25, 10 and nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from billing.plans import RANK
from notifications import letters
from tests import together
from tests.credits import acts
from tests.notifications import post

LOW, LOWER, OUT = "Your credits are running low", "Your credits are nearly used up", "You are out of credits"
YESTERDAY = timedelta(days=1, minutes=1)


def spend(user, *amounts):
    """Each with a round after it."""
    for amount in amounts:
        acts.charge(user, amount)
        post.notify()
        post.notify()


@pytest.mark.parametrize(
    ("spent", "told"),
    [
        ((74,), []),
        ((75,), [LOW]),
        ((89,), [LOW]),
        ((90,), [LOWER]),
        ((99,), [LOWER]),
        ((100,), [OUT]),
        ((80, 5, 4), [LOW]),
        ((75, 15, 10), [LOW, LOWER, OUT]),
        ((76, 24), [LOW, OUT]),
    ],
)
def test_each_line_is_told_once_and_of_lines_crossed_together_the_lowest(welcomed, spent, told):
    spend(welcomed, *spent)

    assert post.subjects(welcomed) == told


def test_the_mail_says_what_is_left_and_when_more_comes(welcomed):
    spend(welcomed, 80)

    [told] = post.mails_to(welcomed)
    assert "you have 20 credits left now" not in told.body
    assert "Less than a quarter of your monthly credits is left: you have 20 credits now" in told.body
    assert "your plan gives 100 a month" in told.body
    assert "/dashboard/billing\n" in told.body


def test_a_higher_plan_is_offered_where_there_is_one(alice):
    def offers(plan: str) -> bool:
        alice.subscription.plan = plan
        return letters.fresh_credits(alice).endswith("2026. A higher plan gives more at once.")

    alice.credit_account.next_reset_at = datetime(2026, 12, 4, tzinfo=UTC)
    assert [offers(plan) for plan in RANK] == [True, True, True, False]
    assert letters.fresh_credits(alice) == "Your next monthly credits come on 4 December 2026."


def test_a_paid_allowance_has_its_own_lines(welcomed):
    acts.start_period(welcomed, 1000, datetime.now(UTC), renewal="invoice")
    spend(welcomed, 749)
    assert post.subjects(welcomed) == []

    spend(welcomed, 1)
    assert post.subjects(welcomed) == [LOW]


def test_each_period_is_told_of_anew(welcomed):
    spend(welcomed, 100)
    acts.start_period(welcomed, 100, datetime.now(UTC))
    spend(welcomed, 100)

    assert post.subjects(welcomed) == [OUT, OUT]


def test_what_came_back_and_is_spent_again_is_no_news_in_the_same_period(welcomed):
    job = acts.charge(welcomed, 80)
    post.notify()
    acts.refund(welcomed, job)
    spend(welcomed, 80)

    assert post.subjects(welcomed) == [LOW]


def test_who_has_enough_again_is_not_told(welcomed):
    acts.charge(welcomed, 80)
    acts.give(welcomed, 50)
    post.notify()

    assert post.subjects(welcomed) == []


def test_who_has_enough_again_before_the_mail_goes_is_not_told(welcomed, settings):
    acts.charge(welcomed, 80)
    with post.mail_server(settings, MAIL="451 later"):
        post.notify()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    acts.give(welcomed, 50)
    post.retry_now()
    post.notify()

    assert post.subjects(welcomed) == []
    assert set(post.states(welcomed, "low_balance").values()) == {"skipped"}


def test_only_spending_within_the_last_day_counts(welcomed, bob):
    acts.charge(welcomed, 80, now=datetime.now(UTC) - YESTERDAY)
    acts.charge(bob, 80, now=datetime.now(UTC) - YESTERDAY + timedelta(minutes=5))
    post.notify()

    assert (post.subjects(welcomed), post.subjects(bob)) == ([], [LOW])


def test_what_an_operator_takes_back_is_no_spending(welcomed):
    acts.ledger.take_back(user_id=welcomed.pk, amount=95, reason="A mistake", reference="ticket-1")
    post.notify()

    assert post.subjects(welcomed) == []


def test_without_an_allowance_there_are_no_lines(welcomed):
    acts.start_period(welcomed, 0, datetime.now(UTC), renewal="invoice")
    acts.give(welcomed, 20)
    spend(welcomed, 20)

    assert post.subjects(welcomed) == []


def test_what_is_switched_off_is_not_told_and_not_told_later(welcomed):
    post.turn(welcomed, low_balance=False)
    spend(welcomed, 95)
    post.turn(welcomed, low_balance=True)
    post.notify()
    assert post.subjects(welcomed) == []

    spend(welcomed, 5)
    assert post.subjects(welcomed) == [OUT]


def test_a_line_whose_mail_is_off_hides_none_above_it(welcomed):
    post.turn(welcomed, out_of_credits=False)
    spend(welcomed, 100)

    assert post.subjects(welcomed) == [LOWER]


@pytest.mark.django_db(transaction=True)
def test_rounds_beside_spending_tell_each_line_at_most_once(welcomed):
    calls = [lambda: acts.charge(welcomed, 25)] * 4 + [post.notify] * 4
    assert [one for one in together.at_once(calls) if isinstance(one, Exception)] == []
    post.notify()

    told = post.subjects(welcomed)
    assert told[-1] == OUT
    assert sorted(set(told)) == sorted(told)
