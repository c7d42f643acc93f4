"""What an operator sees of all this, and what somebody's pages look like to an operator who may look."""

from collections.abc import Iterator
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import ApiKey, User
from agents import interests
from benchmarks import metrics, people, visitors
from benchmarks.place import Place
from benchmarks.sights import Sight, Sitter
from billing import concerns, webhooks
from billing.models import Concern, Subscription, WebhookEvent
from credits.models import CreditTransaction
from hooks.models import Delivery
from jobs.models import Job
from metrics import rollup
from monitoring import auditor
from operators import campaigns
from operators.models import Campaign
from support import tickets

PEOPLE, JOBS = 2_000, 40_000
LISTS = {
    "people": "accounts_user", "keys": "accounts_apikey", "addresses": "account_emailaddress",
    "second-factors": "mfa_authenticator", "sign-ons": "socialaccount_socialaccount", "groups": "auth_group",
    "subscriptions": "billing_subscription", "events": "billing_webhookevent", "concerns": "billing_concern",
    "accounts": "credits_creditaccount", "lots": "credits_creditlot", "ledger": "credits_credittransaction",
    "debts": "credits_creditdebt", "jobs": "jobs_job", "agents": "agents_agentswitch",
    "interests": "agents_agentinterest", "webhooks": "hooks_endpoint", "deliveries": "hooks_delivery",
    "sso": "sso_singlesignon", "tickets": "support_ticket", "mails": "notifications_notification",
    "plan-changes": "metrics_planchange", "audits": "monitoring_auditrun", "campaigns": "operators_campaign",
    "audit": "admin_logentry",
}  # fmt: skip
SHOWN: dict[str, type[models.Model]] = {
    "key": ApiKey,
    "subscription": Subscription,
    "concern": Concern,
    "entry": CreditTransaction,
    "delivery": Delivery,
    "campaign-made": Campaign,
}


def sitters(ada: User, made: dict[str, Job], place: Place) -> Iterator[Sitter]:
    user = User.objects.create_superuser("operator@example.test")
    visitors.second_factor(user)
    settle(user, ada)
    yield Sitter(pages(user, ada, made), visitors.cookies_of(user), hear_stripe)
    looking = visitors.client_of(user)
    looking.post("/admin/look/", {"user_pk": str(ada.pk), "reason": "They asked us to."})
    seen = {"looking": Sight("/dashboard?view=orbit"), "looking-billing": Sight("/dashboard/billing")}
    yield Sitter(seen, {settings.SESSION_COOKIE_NAME: looking.cookies[settings.SESSION_COOKIE_NAME].value})
    yield Sitter(
        {"admin-metrics": Sight("/admin/metrics/")}, visitors.cookies_of(user), lambda: a_year_of_business(place)
    )


def hear_stripe() -> None:
    """What a worker would have done of what Stripe said while others were photographed."""
    for event in WebhookEvent.objects.filter(state=WebhookEvent.State.PENDING).order_by("received_at"):
        webhooks.process(event.pk)


def settle(operator: User, ada: User) -> None:
    """An audit, a campaign, and something that an operator must see."""
    concerns.raise_concern(
        kind=Concern.Kind.PAID_TWICE, subject="sub_2", user_id=ada.pk, detail="29.00 USD was paid twice: refund one."
    )
    for agent_id in ("game-creator", "online-shop"):
        interests.record_interest(user_id=ada.pk, agent_id=agent_id)
    terms = campaigns.Terms("thanks-for-testing", "bonus", 25, "Thank you for testing", None)
    choice = campaigns.Choice(emails=(ada.email,))
    seen = campaigns.dry_run(choice, terms).seen
    campaigns.run(campaigns.start(choice=choice, terms=terms, operator_id=operator.pk, seen=seen).pk)
    auditor.run_audit()
    rollup.refresh()


def pages(user: User, ada: User, made: dict[str, Job]) -> dict[str, Sight]:
    ticket = tickets.open_ticket(
        user_id=ada.pk, key=uuid4().hex, topic="other", subject="Can I have two balances?", text="One for each shop."
    )
    person, act = f"id={ada.pk}", "/admin/accounts/user/act"
    paths = {
        "": "/admin/", "-person": f"/admin/accounts/user/{ada.pk}/change/",
        "-person-new": "/admin/accounts/user/add/", "-history": f"/admin/accounts/user/{ada.pk}/history/",
        "-job": f"/admin/jobs/job/{made['failed'].pk}/change/", "-ticket": f"/admin/support/ticket/{ticket.pk}/change/",
        "-act": f"/admin/jobs/job/act/refund/?id={made['portrait'].pk}", "-grant": f"{act}/grant/?{person}",
        "-freeze": f"{act}/freeze/?{person}", "-campaign": "/admin/operators/campaign/new/",
        **{f"-{name}": reverse(f"admin:{model}_changelist") for name, model in LISTS.items()},
        **{f"-{name}": changed(model) for name, model in SHOWN.items()},
    }  # fmt: skip
    sights = {f"admin{name}": Sight(path) for name, path in paths.items()}
    return sights | {
        "admin-dry-run": Sight("/admin/operators/campaign/new/", act=dry_run),
        "admin-event": Sight(paths["-events"], act=open_first),
    }


def open_first(page: Page) -> None:
    """There is none where no buyer was photographed before."""
    if (rows := page.locator("#result_list tbody th a")).count():
        rows.first.click()
        page.wait_for_url("**/change/**")


def changed(model: type[models.Model]) -> str:
    row = model._default_manager.order_by("pk").last()
    return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_change", args=[row.pk if row else "none"])


def a_year_of_business(place: Place) -> None:
    people.prepare(place)
    metrics.plant(place, jobs=JOBS, many=PEOPLE)
    rollup.rebuild()


def dry_run(page: Page) -> None:
    page.locator("[name=key]").fill("sorry-for-monday")
    page.locator("[name=amount]").fill("50")
    page.locator("[name=reason]").fill("Monday's outage")
    page.locator("[name=plans][value=PRO]").or_(page.locator("[name=plans]")).first.check()
    page.get_by_role("button", name="Dry run").click()
    page.get_by_text("Nothing has been granted yet").wait_for()
