"""What operators look at: the first page, a person on one page, and lists that nobody edits."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.utils import timezone

from billing import concerns, mirror
from billing.models import Concern, WebhookEvent
from credits import ledger
from credits.models import CreditAccount, CreditTransaction
from jobs.models import Job
from notifications.models import Notification
from support.models import Ticket
from tests.jobs import acts
from tests.operators.desk import WHY, Operator, staff
from tests.support import desk as tickets

EVENT = {"type": "invoice.paid", "customer": "cus_1", "created_at": "2026-11-01T00:00Z"}
READ_ONLY = [
    "credits_creditaccount", "credits_creditlot", "credits_credittransaction", "credits_creditdebt",
    "billing_subscription", "billing_webhookevent", "billing_concern", "jobs_job", "notifications_notification",
    "admin_logentry", "mfa_authenticator", "operators_campaign", "accounts_apikey",
    *(f"djstripe_{model._meta.model_name}" for model in mirror.MIRRORED),
]  # fmt: skip


def waiting(page) -> list[str]:
    return [one.text for one in page.all("a") if one.text[:1].isdigit()]


def make_trouble(user, number: int = 1) -> None:
    """So many of everything that an operator must see."""
    for one in range(number):
        WebhookEvent.objects.create(id=f"evt_dead_{one}", state="dead", **EVENT)
        WebhookEvent.objects.create(id=f"evt_failed_{one}", state="failed", **EVENT)
        concerns.raise_concern(kind=Concern.Kind.OWED, subject=f"in_{one}", user_id=user.pk, detail="5 owed")
        Notification.objects.create(user=user, kind="welcome", occasion=f"failed {one}", state="failed")


def test_a_calm_first_page_says_that_all_is_well(operator):
    page = operator.get("/admin/")
    assert page.texts("h2", id="waiting") == ["All is well"]
    assert waiting(page) == []


def test_the_first_page_counts_what_waits_and_leads_to_it(operator, alice):
    make_trouble(alice, 2)
    ledger.freeze(alice.pk)
    page = operator.get("/admin/")
    assert waiting(page) == [
        "2 Stripe events given up", "2 Stripe events that failed and are tried again",
        "2 Open concerns about payments", "1 Frozen accounts", "2 Mails given up",
    ]  # fmt: skip
    for one in page.all("a"):
        if one.text[:1].isdigit():
            there = operator.get(one.attributes["href"])
            assert f"{one.text.split()[0]} " in there.text
            assert len(there.all("input", class_="action-select")) in (0, int(one.text.split()[0]))


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"created_at": timedelta(minutes=11)}, ["1 Jobs queued too long"]),
        ({"created_at": timedelta(minutes=9)}, []),
        (
            {"status": "running", "attempts": 1, "lease_until": timedelta(minutes=2)},
            ["1 Jobs running past their lease"],
        ),
        ({"status": "running", "attempts": 1, "lease_until": timedelta(seconds=5)}, []),
        ({"status": "running", "attempts": 2, "lease_until": timedelta(minutes=2)}, ["1 Jobs that died on every try"]),
    ],
)
def test_stuck_jobs_are_told_by_how_they_are_stuck(operator, alice, facts, says):
    job = acts.queued(alice)
    now = timezone.now()
    told = {name: now - fact if isinstance(fact, timedelta) else fact for name, fact in facts.items()}
    Job.objects.filter(pk=job.pk).update(**told)
    page = operator.get("/admin/")
    assert waiting(page) == says
    for one in page.all("a"):
        if one.text in says:
            assert str(job.pk) in operator.get(one.attributes["href"]).html


def test_an_overdue_ticket_is_counted_and_found(operator, alice):
    ticket = tickets.opened(alice)
    Ticket.objects.filter(pk=ticket.pk).update(answer_due_at=timezone.now() - timedelta(minutes=1))
    page = operator.get("/admin/")
    [line] = [one for one in page.all("a") if one.text == "1 Tickets overdue"]
    assert str(ticket.pk) in operator.get(line.attributes["href"]).html


def test_an_operator_sees_only_counts_of_lists_that_are_open_to_them(alice):
    make_trouble(alice)
    clerk = Operator(staff("billing.view_concern"))
    assert waiting(clerk.get("/admin/")) == ["1 Open concerns about payments"]


def test_the_first_page_costs_the_same_for_one_and_for_thirty(operator, alice, bob):
    operator.get("/admin/")
    make_trouble(alice)
    before = operator.queries("/admin/")
    WebhookEvent.objects.all().delete()
    make_trouble(bob, 30)
    assert operator.queries("/admin/") == before


def live(user, number: int) -> None:
    """So much of a history."""
    for one in range(number):
        ledger.grant(
            user_id=user.pk, amount=1, type="bonus", source=f"test:{user.pk}:{one}", description="A gift",
            metadata={"reason": WHY},
        )  # fmt: skip
        acts.finished(user)
        Notification.objects.create(user=user, kind="welcome", occasion=str(one))


def test_a_persons_page_costs_the_same_for_one_and_for_thirty(operator, alice, bob):
    live(alice, 1)
    live(bob, 30)
    make_trouble(bob, 3)
    operator.act("freeze", alice)
    operator.get(operator.page_of(alice))
    assert operator.queries(operator.page_of(bob)) == operator.queries(operator.page_of(alice))


def test_a_persons_page_tells_why_they_were_not_charged(operator, alice):
    acts.finished(alice)
    operator.act("refund", Job.objects.get())
    operator.act("freeze", alice)
    page = operator.get(operator.page_of(alice))
    assert page.texts("span", class_="flag") == ["frozen: nothing can be charged"]
    assert f"{WHY} (operator@example.test)" in page.texts("td")
    assert f"Chat message, completed: Refunded 1 credit. Reason: {WHY}" in page.texts("td")
    assert page.texts("caption")[-6:] == [
        "Ledger",
        "Jobs",
        "Lots",
        "Payments",
        "What operators did",
        "API keys and mails",
    ]


def test_lists_name_a_job_in_words_and_by_the_end_of_its_id(operator, alice):
    acts.finished(alice)
    job = Job.objects.get()
    listed = operator.get("/admin/jobs/job/")
    assert "Chat message" in listed.texts("td")
    for page in (listed, operator.get("/admin/credits/credittransaction/")):
        named = [one.text for one in page.all("a") if one.attributes.get("href", "").startswith(operator.page_of(job))]
        assert named == [str(job.pk)[-8:]]


def test_the_list_of_jobs_filters_by_the_agents_names(operator, alice):
    acts.finished(alice)
    assert operator.get("/admin/jobs/job/").texts("a").count("Image Creator") == 1
    assert len(operator.get("/admin/jobs/job/?agent_id=chat").texts("input", class_="action-select")) == 1
    assert operator.get("/admin/jobs/job/?agent_id=image-creator").texts("input", class_="action-select") == []


@pytest.mark.parametrize(("query", "is_left"), [("", False), ("?o=1", False), ("?q=nobody", True), ("?plan=PRO", True)])
def test_a_list_leads_to_all_only_where_something_was_left_out(operator, alice, query, is_left):
    acts.finished(alice)
    assert ("Show all" in operator.get(f"/admin/jobs/job/{query}").texts("a")) is is_left


def test_who_may_only_look_is_offered_nothing_to_do(alice):
    acts.finished(alice)
    page = Operator(staff("accounts.view_user")).get(f"/admin/accounts/user/{alice.pk}/change/")
    assert page.status == 200
    assert [one for one in page.links("/admin/") if "/act/" in one] == []
    assert page.all("input", id="look-reason") == []
    assert page.all("input", name="_save") == []


def test_who_may_change_people_makes_nobody_an_operator(alice):
    clerk = Operator(staff("accounts.view_user", "accounts.change_user"))
    page = clerk.get(clerk.page_of(alice))
    told = {one.attributes["name"]: one.attributes.get("value", "on") for one in page.all("input") if "name" in
            one.attributes and "csrf" not in one.attributes["name"]}  # fmt: skip
    clerk.post(clerk.page_of(alice), **{**told, "is_staff": "on", "is_superuser": "on"})
    alice.refresh_from_db()
    assert (alice.is_staff, alice.is_superuser) == (False, False)


def test_an_operators_account_is_changed_by_superusers_alone(operator):
    clerk = Operator(staff("accounts.view_user", "accounts.change_user"))
    for page in ("password", "change"):
        answers = {"password1": "a-new-password-1", "password2": "a-new-password-1"}
        assert clerk.post(f"/admin/accounts/user/{operator.user.pk}/{page}/", **answers).status == 403
    assert operator.user.check_password("a-password-of-the-cast")


@pytest.fixture
def everything(alice) -> None:
    acts.finished(alice)
    make_trouble(alice)


@pytest.mark.parametrize("name", READ_ONLY)
def test_not_even_a_superuser_adds_changes_or_deletes(operator, everything, name):
    app, _, model = name.partition("_")
    found = admin.site._registry[next(one for one in admin.site._registry if one._meta.label_lower == f"{app}.{model}")]
    row = found.model.objects.first()
    pk = row.pk if row else 1
    before = list(found.model.objects.values())
    for page in ("add/", f"{pk}/change/", f"{pk}/delete/"):
        refused = operator.post(f"/admin/{app}/{model}/{page}", post="yes", amount=5).status
        assert refused == 403 or (row is None and refused == 302)
    operator.post(f"/admin/{app}/{model}/", action="delete_selected", _selected_action=[pk], post="yes")
    assert list(found.model.objects.values()) == before


def test_every_list_opens_with_something_in_it(operator, everything):
    for model in admin.site._registry:
        meta = model._meta
        assert operator.get(f"/admin/{meta.app_label}/{meta.model_name}/").status == 200, meta.label


def test_an_event_shows_its_body(operator):
    event = WebhookEvent.objects.create(id="evt_1", body={"data": {"amount": 2900}}, **EVENT)
    assert '"amount": 2900' in operator.get(operator.page_of(event)).text


def test_no_page_of_the_admin_writes(operator, everything, alice):
    rows = CreditTransaction.objects.count()
    before = CreditAccount.objects.filter(pk=alice.pk).values().get()
    for path in ("", f"accounts/user/{alice.pk}/change/", "credits/credittransaction/"):
        operator.get(f"/admin/{path}")
    assert CreditAccount.objects.filter(pk=alice.pk).values().get() == before
    assert CreditTransaction.objects.count() == rows
