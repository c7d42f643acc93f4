"""Payment failed and plan ends, from our own row of the subscription."""

from datetime import timedelta

import pytest

from billing.models import Subscription
from tests.notifications import post

FAILED = "Your payment did not go through"
ENDING, SOON = "Your PRO plan is going to end", "Your PRO plan ends soon"


def change(user, **facts):
    Subscription.objects.filter(pk=user.pk).update(**facts)


def test_a_failed_payment_is_told_once_a_period_with_the_way_to_billing(welcomed):
    post.subscribe(welcomed, status="past_due", metadata={"retries_at": "2031-03-04T10:00:00+00:00"})
    for _ in range(3):
        post.notify()

    [told] = post.mails_to(welcomed)
    assert told.subject == FAILED
    assert "The payment is tried again on 4 March 2031." in told.body
    assert "http://localhost:8000/dashboard/billing\n" in told.body


def test_more_tries_of_the_same_payment_are_no_news_and_the_next_period_is(welcomed):
    post.subscribe(welcomed, status="past_due")
    post.notify()
    change(welcomed, metadata={"retries_at": "2031-03-07T10:00:00+00:00"})
    post.notify()
    assert post.subjects(welcomed) == [FAILED]

    change(welcomed, status="active")
    post.notify()
    post.subscribe(welcomed, ends_in=timedelta(days=50), status="past_due")
    post.notify()
    assert post.subjects(welcomed) == [FAILED, FAILED]


def test_who_has_paid_before_the_mail_goes_is_not_told(welcomed, settings):
    post.subscribe(welcomed, status="past_due")
    with post.mail_server(settings, MAIL="451 later"):
        post.notify()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    change(welcomed, status="active")
    post.retry_now()
    post.notify()

    assert post.subjects(welcomed) == []


def test_other_states_and_plans_without_stripe_are_not_told(welcomed, bob):
    post.subscribe(welcomed, status="unpaid")
    change(bob, status="past_due")
    post.notify()

    assert post.subjects(welcomed) == post.subjects(bob) == []


def test_a_cancellation_is_told_at_once_and_three_days_before_the_end(welcomed):
    post.subscribe(welcomed, ends_in=timedelta(days=3, minutes=5), cancel_at_period_end=True)
    for _ in range(2):
        post.notify()
    [told] = post.mails_to(welcomed)
    end = Subscription.objects.get(pk=welcomed.pk).current_period_end
    assert told.subject == ENDING
    assert f"Your PRO plan ends on {end.day} {end:%B %Y} and works until then." in told.body


def test_three_days_before_the_end_it_is_told_again(welcomed):
    post.subscribe(welcomed, ends_in=timedelta(days=3, seconds=2), cancel_at_period_end=True)
    post.notify()
    assert post.subjects(welcomed) == [ENDING]

    end = Subscription.objects.get(pk=welcomed.pk).current_period_end
    wait_until_three_days_before(end)
    for _ in range(2):
        post.notify()
    assert post.subjects(welcomed) == [ENDING, SOON]


def wait_until_three_days_before(end):
    post.wait_until_past(end - timedelta(days=3))


def test_who_cancels_in_the_last_days_is_told_once(welcomed):
    post.subscribe(welcomed, ends_in=timedelta(days=2), cancel_at_period_end=True)
    for _ in range(2):
        post.notify()

    assert post.subjects(welcomed) == [ENDING]


@pytest.mark.parametrize(
    "facts", [{"cancel_at_period_end": False}, {"cancel_at_period_end": True, "ends_in": timedelta(hours=-1)}]
)
def test_what_does_not_end_or_has_ended_is_not_told(welcomed, facts):
    post.subscribe(welcomed, **facts)
    post.notify()

    assert post.subjects(welcomed) == []


def test_both_can_be_switched_off(welcomed):
    post.turn(welcomed, payment_failed=False, plan_ends=False)
    post.subscribe(welcomed, status="past_due", cancel_at_period_end=True)
    post.notify()

    assert post.subjects(welcomed) == []
