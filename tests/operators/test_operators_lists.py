"""Lists and pages of the admin say what they show in words, and offer nothing that would do nothing."""

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from accounts import keys
from accounts.models import ApiKey
from billing.models import Concern, Subscription
from credits.models import CreditTransaction
from operators.models import Campaign


def acts_on(operator, target) -> list[str]:
    """The buttons of its page, by the names of their acts."""
    return [one.split("/act/")[1].split("/")[0] for one in operator.get(operator.page_of(target)).links("/admin/")
            if "/act/" in one]  # fmt: skip


def campaign(operator, **chosen_by) -> Campaign:
    return Campaign.objects.create(
        key="sorry", kind="bonus", amount=7, reason="Sorry", chosen_by=chosen_by, people=2, operator=operator.user
    )


def key_of(user) -> ApiKey:
    return keys.make_key(user_id=user.pk, name="Mine", scopes=["read"]).key


def concern_of(user) -> Concern:
    return Concern.objects.create(kind=Concern.Kind.OWED, subject="in_1", user=user, detail="5 owed")


@pytest.mark.parametrize(
    ("made", "done", "act"),
    [
        (lambda operator, alice: key_of(alice), "revoked_at", "revoke"),
        (lambda operator, alice: concern_of(alice), "resolved_at", "resolve"),
        (lambda operator, alice: campaign(operator, emails=[alice.email]), "finished_at", "go-on"),
    ],
)
def test_what_was_done_before_is_no_longer_offered(operator, alice, made, done, act):
    row = made(operator, alice)
    assert acts_on(operator, row) == [act]
    type(row).objects.filter(pk=row.pk).update(**{done: timezone.now()})
    assert acts_on(operator, row) == []


def test_a_sync_is_offered_for_who_is_known_to_stripe(operator, alice):
    assert acts_on(operator, alice.subscription) == []
    Subscription.objects.filter(pk=alice.pk).update(stripe_customer_id="cus_1")
    assert acts_on(operator, alice.subscription) == ["sync"]


def test_a_campaign_says_in_words_whom_it_was_for(operator):
    page = operator.get(operator.page_of(campaign(operator, plans=["FREE", "PRO"], active_since="2026-11-01")))
    assert "on FREE, PRO; active since 2026-11-01" in page.text


def test_an_entry_of_the_ledger_names_whose_it_is(operator, alice):
    entry = CreditTransaction.objects.get(account=alice.pk)
    assert "alice@example.test, 100 credits" in operator.get(operator.page_of(entry)).texts("a")


def test_a_plan_change_has_its_status_in_words(operator, alice):
    Subscription.objects.filter(pk=alice.pk).update(status="past_due", current_period_end=Now())
    assert operator.get("/admin/metrics/planchange/").texts("td", class_="field-status_named")[0] == "past due"
