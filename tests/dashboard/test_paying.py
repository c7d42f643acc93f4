"""Paying from the pages: the buttons, the way back, and what each state of a subscription says."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from billing.models import Subscription
from credits import selectors
from tests.dashboard.page import read
from tests.jobs import acts

BILLING, UPGRADE, PORTAL = "/dashboard/billing", "/dashboard/billing/upgrade", "/dashboard/billing/portal"


def set_subscription(user, **facts) -> None:
    Subscription.objects.filter(pk=user.pk).update(**facts)


def paying(user, **facts) -> None:
    acts.put_on(user, "PRO")
    ends = datetime(2030, 12, 4, tzinfo=UTC)
    set_subscription(user, stripe_customer_id="cus_1", stripe_subscription_id="sub_1", current_period_end=ends, **facts)


def banners(page) -> list[str]:
    return [one.text for one in page.all("div") if one.attributes.get("class", "").startswith("banner ")]


def forms(page) -> set[str]:
    return {one.attributes["action"] for one in page.all("form")}


def test_a_free_user_upgrades_with_one_button(visit):
    page = visit.get(BILLING)
    assert UPGRADE in forms(page)
    assert PORTAL not in forms(page)
    assert {one.attributes["value"] for one in page.all("input", name="plan")} == {"PRO"}
    assert "Upgrade to PRO" in page.texts("button")


def test_every_form_to_stripe_carries_its_token(alice, visit):
    paying(alice, status="past_due")
    page = visit.get(BILLING)
    assert len(page.all("form", action=PORTAL)) == 4
    assert len([one for one in page.all("input", name="csrfmiddlewaretoken") if one.attributes["value"]]) >= 4


def test_who_pays_manages_and_changes_in_the_portal(alice, visit):
    paying(alice)
    page = visit.get(BILLING)
    assert PORTAL in forms(page)
    assert UPGRADE not in forms(page)
    assert "Change to PREMIUM" in page.texts("button")
    assert "Renews on 4 December 2030" in page.text


def test_prices_offer_what_the_person_can_do(alice, visit, nobody):
    assert "Start free first" in nobody.get("/pricing").content.decode()
    page = visit.get("/pricing")
    assert {one.attributes["value"] for one in page.all("input", name="plan")} == {"PRO", "PREMIUM", "ENTERPRISE"}
    paying(alice)
    page = visit.get("/pricing")
    assert [text for text in page.texts("button") if "Change to" in text] == [
        "Change to PREMIUM", "Change to ENTERPRISE",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("past_due", "Your last payment did not go through"),
        ("unpaid", "Your subscription is unpaid"),
        ("paused", "Your subscription is paused"),
    ],
)
def test_what_stops_the_agents_says_so_and_how_to_mend_it(alice, visit, status, says):
    paying(alice, status=status)
    page = visit.get(BILLING)
    [banner] = banners(page)
    assert banner.startswith(says)
    assert "Fix the payment" in page.texts("button")
    assert "A payment is open" in page.text
    assert "Renews on" not in page.text


def test_a_plan_that_ends_says_until_when_it_works(alice, visit):
    paying(alice, cancel_at_period_end=True)
    page = visit.get(BILLING)
    assert "Works until 4 December 2030" in page.text
    assert "Keep PRO" in page.texts("button")


def test_a_change_to_come_says_when(alice, visit):
    paying(alice, metadata={"next_plan": "FREE", "changes_at": "2030-12-04T00:00:00+00:00"})
    assert "Changes to FREE on 4 December 2030" in visit.get(BILLING).text


def test_who_turned_back_at_the_payment_page_was_not_charged(visit):
    page = read(visit.client.get(f"{BILLING}?checkout=canceled", follow=True))
    assert "Nothing was charged." in page.text


def test_while_stripe_is_away_the_way_back_says_so_and_the_page_shows(alice, visit):
    paying(alice)
    page = read(visit.client.get(f"{BILLING}?checkout=success", follow=True))
    assert page.status == 200
    assert "Stripe does not answer just now" in page.text
    assert selectors.account_of(alice.pk).balance == 1000


def test_while_stripe_is_away_an_upgrade_says_that_nothing_was_charged(visit):
    page = read(visit.client.post(UPGRADE, {"plan": "PRO"}, follow=True))
    assert "Nothing was charged" in page.text


@pytest.mark.parametrize("plan", ["", "FREE", "GOLD"])
def test_a_plan_that_is_not_sold_is_said(visit, plan):
    assert "Choose PRO, PREMIUM or ENTERPRISE." in read(visit.client.post(UPGRADE, {"plan": plan}, follow=True)).text


def test_the_portal_without_a_customer_says_that_there_is_nothing_to_manage(visit):
    assert "you have not paid for a plan" in read(visit.client.post(PORTAL, follow=True)).text


@pytest.mark.parametrize("path", [UPGRADE, PORTAL])
def test_the_way_to_stripe_takes_a_post(visit, path):
    assert visit.get(path).status == 405


def test_forms_may_lead_to_stripe_and_nowhere_else(visit, settings):
    policy = visit.get(BILLING).response["Content-Security-Policy"]
    assert f"form-action 'self' {settings.STRIPE_API_HOST};" in f"{policy};"


def test_a_plan_that_has_ended_says_what_is_left_for_a_month(alice, visit):
    ended_at = timezone.now() - timedelta(days=29)
    set_subscription(alice, metadata={"ended_plan": "PRO", "ended_at": ended_at.isoformat()})
    assert banners(visit.get(BILLING))[0].startswith("PRO has ended")
    set_subscription(alice, metadata={"ended_plan": "PRO", "ended_at": (ended_at - timedelta(days=2)).isoformat()})
    assert banners(visit.get(BILLING)) == []


def test_a_failed_payment_says_when_stripe_tries_again(alice, visit):
    paying(alice, status="past_due", metadata={"retries_at": "2030-12-07T00:00:00+00:00"})
    assert "The next try is on 7 December" in visit.get(BILLING).text
