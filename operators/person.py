"""One person on one page. Each part is a bounded read: a long history costs no more than a short one."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.db.models import Q
from djstripe.models import Charge, Invoice

from accounts.models import ApiKey, User
from billing.models import Concern, Subscription
from credits.models import CreditAccount, CreditDebt, CreditLot, CreditTransaction
from jobs.models import Job
from jobs.usage import Usage, usage_since
from notifications.models import Notification

MOST = 10
MOST_LOTS = 20
SECOND_FACTORS = {"totp": "authenticator app", "webauthn": "security key", "recovery_codes": "recovery codes"}


@dataclass(frozen=True, slots=True)
class Money:
    """A payment as the mirror of Stripe has it. `amount` in the currency's main unit."""

    id: str
    url_name: str
    created: Any
    amount: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """A ledger row with what it was for. `why` is an operator's reason."""

    entry: CreditTransaction
    why: str
    operator: str


@dataclass(frozen=True, slots=True)
class Person:
    user: User
    account: CreditAccount
    subscription: Subscription
    lots: list[CreditLot]
    usage: Usage
    jobs: list[Job]
    ledger: list[Row]
    payments: list[Money]
    concerns: list[Concern]
    debts: list[CreditDebt]
    keys: list[ApiKey]
    notifications: list[Notification]
    trail: list[LogEntry]
    factors: list[str]

    @property
    def flags(self) -> list[str]:
        """What is not as usual, in words."""
        facts = [
            (not self.user.is_active, "may not sign in"),
            (self.account.frozen_at, "frozen: nothing can be charged"),
            (self.subscription.status != Subscription.Status.ACTIVE, self.subscription.get_status_display()),
            (self.subscription.cancel_at_period_end, "ends with its period"),
            (any(not one.resolved_at for one in self.concerns), "open concern"),
            (any(one.owed for one in self.debts), "owes credits of money that went back"),
            (self.user.is_staff, "operator"),
        ]
        return [says for is_so, says in facts if is_so]


def person_of(user: User) -> Person:
    account = CreditAccount.objects.get(pk=user.pk)
    subscription = Subscription.objects.get(pk=user.pk)
    return Person(
        user=user,
        account=account,
        subscription=subscription,
        lots=lots_of(user.pk),
        usage=usage_since(user.pk, account.period_started_at),
        jobs=list(Job.objects.filter(user=user, parent=None).defer("input", "output", "draft").order_by(
            "-created_at", "-id")[:MOST]),
        ledger=ledger_of(user.pk),
        payments=payments_of(subscription.stripe_customer_id),
        concerns=list(Concern.objects.filter(user=user).order_by("-resolved_at", "-created_at")[:MOST]),
        debts=list(CreditDebt.objects.filter(account_id=user.pk).order_by("-updated_at")[:MOST]),
        keys=list(ApiKey.objects.filter(user=user).defer("hash").order_by("-created_at")[:MOST]),
        notifications=list(Notification.objects.filter(user=user).order_by("-id")[:MOST]),
        trail=trail_of(user),
        factors=[
            SECOND_FACTORS[kind]
            for kind in Authenticator.objects.filter(user=user).order_by("id").values_list("type", flat=True)[:MOST]
        ],
    )  # fmt: skip


def lots_of(user_id: UUID) -> list[CreditLot]:
    """Open ones with something left first, then those that were there last."""
    lots = CreditLot.objects.filter(account_id=user_id).order_by("-closed_at", "-id")
    return sorted(lots[:MOST_LOTS], key=lambda lot: lot.closed_at is not None)


def ledger_of(user_id: UUID) -> list[Row]:
    entries = list(CreditTransaction.objects.filter(account_id=user_id).order_by("-id")[:MOST])
    ids = {str(entry.metadata.get("operator", "")) for entry in entries} - {""}
    names = {str(pk): email for pk, email in User.objects.filter(pk__in=ids).values_list("pk", "email")}
    return [
        Row(
            entry, entry.metadata.get("reason") or entry.metadata.get("note") or "",
            names.get(str(entry.metadata.get("operator", "")), ""),
        )
        for entry in entries
    ]  # fmt: skip


def payments_of(customer: str) -> list[Money]:
    """Invoices and charges that the mirror knows, newest first."""
    if not customer:
        return []
    found = []
    for model, name in ((Invoice, "djstripe_invoice"), (Charge, "djstripe_charge")):
        rows = model.objects.filter(customer_id=customer).order_by("-created")[:MOST]
        found += [money_from(row, f"admin:{name}_change") for row in rows]
    return sorted(found, key=lambda one: one.created, reverse=True)


def money_from(row: Invoice | Charge, url_name: str) -> Money:
    told = row.stripe_data
    cents = told.get("amount_paid" if told.get("object") == "invoice" else "amount") or 0
    back = told.get("amount_refunded") or 0
    return Money(
        row.id, url_name, row.created, f"{cents / 100:,.2f} {str(told.get('currency', '')).upper()}",
        f"{told.get('status', '')}{f', {back / 100:,.2f} refunded' if back else ''}",
        told.get("billing_reason") or told.get("description") or "",
    )  # fmt: skip


def trail_of(user: User) -> list[LogEntry]:
    """What operators did to this person, and what this person did as an operator."""
    about = Q(content_type__app_label="accounts", content_type__model="user", object_id=str(user.pk))
    found = LogEntry.objects.filter(about | Q(user=user)) if user.is_staff else LogEntry.objects.filter(about)
    return list(found.select_related("user", "content_type").order_by("-action_time", "-id")[:MOST])
