"""Makes our Subscription and the allowance what Stripe says now. Order, number and age of events cannot matter."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now

from billing import concerns, gateway, stripe_state
from billing.models import Concern, Subscription
from billing.plans import FREE, plan_for
from billing.stripe_state import Contract, PaidFor
from credits import ledger
from credits.models import CreditAccount, CreditDebt

Found = dict[str, Any]
TAKEN_BACK = "Credits of a payment that went back"


@dataclass(frozen=True, slots=True)
class Stand:
    """What Stripe says of one customer now."""

    contracts: list[Contract]
    governing: Contract | None
    ended: Contract | None
    invoices: list[Found]
    payments_back: list["PaymentBack"]

    @property
    def present_invoices(self) -> set[str]:
        """Those that pay for the present period: what goes back of them is part of the allowance's size."""
        if self.governing is None or self.governing.plan is None:
            return set()
        return {step.invoice for step in stripe_state.paid_steps(self.governing, self.invoices)}


@dataclass(frozen=True, slots=True)
class PaymentBack:
    """Money of an invoice that was refunded or is disputed, in cents, of what was charged."""

    invoice: str
    back: int
    charged: int


def lock_customer(customer: str) -> None:
    """Until the transaction ends, nobody else reads Stripe for this customer in order to write."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"stripe:{customer}"])


def reconcile(user_id: UUID) -> None:
    """Read Stripe and follow it; who has no customer is left alone. Raises StripeUnavailable and writes nothing."""
    customer = Subscription.objects.values_list("stripe_customer_id", flat=True).get(pk=user_id)
    if not customer:
        return
    with transaction.atomic():
        lock_customer(customer)
        stand = read(customer)
        cancel_doubles(user_id, stand)
        if stand.governing is not None:
            follow(user_id, stand.governing, stand.invoices, stand.payments_back)
        elif stand.ended is not None:
            leave(user_id, stand.ended, paid=bool(stand.invoices))
        for payment in stand.payments_back:
            if payment.invoice not in stand.present_invoices:
                take_back(user_id, payment)
        tell_of_debts(user_id)


def read(customer: str) -> Stand:
    contracts = [stripe_state.contract_from(one) for one in gateway.subscriptions_of(customer)]
    governing = stripe_state.governing(contracts)
    ended = stripe_state.last_ended(contracts)
    counting = governing or ended
    invoices = gateway.paid_invoices_of(counting.id) if counting else []
    return Stand(contracts, governing, ended, invoices, payments_back(customer) if contracts else [])


def payments_back(customer: str) -> list[PaymentBack]:
    found = []
    for charge in gateway.charges_of(customer):
        back = charge["amount_refunded"]
        if charge["disputed"]:
            disputes = gateway.disputes_of(charge["id"])
            back += sum(one["amount"] for one in disputes if one["status"] not in ("won", "warning_closed"))
        invoice = gateway.invoice_of_payment(stripe_state.id_of(charge["payment_intent"])) if back else None
        if invoice:
            found.append(PaymentBack(invoice, min(back, charge["amount"]), charge["amount"]))
    return found


def cancel_doubles(user_id: UUID, stand: Stand) -> None:
    """Two subscriptions live: of two that are paid, the dearer stays, and an operator decides on a refund.

    One that is not paid is only told of.
    """
    for contract in stand.contracts:
        if not contract.is_living or not stand.governing or contract.id == stand.governing.id:
            continue
        detail = f"{contract.id} ({contract.status}) lives beside {stand.governing.id}. End one of them in Stripe."
        if contract.is_paid:
            gateway.cancel_subscription(contract.id)
            detail = f"{contract.id} was canceled because {stand.governing.id} stays. Refund what was paid for it."
        concerns.raise_concern(kind=Concern.Kind.PAID_TWICE, subject=contract.id, user_id=user_id, detail=detail)


def follow(user_id: UUID, contract: Contract, invoices: list[Found], backs: list[PaymentBack]) -> None:
    """Plan, status and period as the subscription has them; the allowance as far as its period is paid."""
    facts: dict[str, Any] = {
        "status": contract.status,
        "stripe_subscription_id": contract.id,
        "current_period_start": contract.period_started_at,
        "current_period_end": contract.period_ends_at,
        "cancel_at_period_end": contract.ends,
        "metadata": what_is_coming(contract),
    }
    if contract.plan is None:
        detail = f"{contract.id} is for the price {contract.price}, which is none of STRIPE_PRICE_…: the plan was kept."
        concerns.raise_concern(kind=Concern.Kind.UNKNOWN_PRICE, subject=contract.id, user_id=user_id, detail=detail)
        write(user_id, facts)
        return
    concerns.resolve(kind=Concern.Kind.UNKNOWN_PRICE, user_id=user_id)
    write(user_id, facts | {"plan": contract.plan})
    steps = stripe_state.paid_steps(contract, invoices)
    if steps:
        grant(user_id, contract, steps, backs)


def grant(user_id: UUID, contract: Contract, steps: list[PaidFor], backs: list[PaymentBack]) -> None:
    """The period's allowance once, then at the size that its paid invoices give it, less what went back of them."""
    first = plan_for(steps[0].plan)
    ledger.start_period(
        user_id=user_id, allowance=first.credits, renewal=CreditAccount.Renewal.INVOICE, source=contract.source,
        started_at=contract.period_started_at, ends_at=contract.period_ends_at,
        description=f"{first.name} monthly credits", metadata={"invoice": steps[0].invoice},
    )  # fmt: skip
    shares = stripe_state.shares_of(contract, steps)
    back = {debt.invoice: 0 for debt in CreditDebt.objects.filter(invoice__in=[step.invoice for step in steps])}
    back |= {one.invoice: shares[one.invoice] * one.back // one.charged for one in backs if shares.get(one.invoice)}
    ledger.resize_allowance(
        user_id=user_id, source=contract.source, allowance=sum(shares.values()), back=back,
        reason=TAKEN_BACK if any(back.values()) else f"Plan changed to {contract.plan}",
        metadata={"invoice": list(shares)[-1]} if shares else {},
    )  # fmt: skip


def leave(user_id: UUID, contract: Contract, *, paid: bool) -> None:
    """The subscription is over: FREE at once, with an allowance of its own, once for each one that was paid."""
    row = Subscription.objects.annotate(now=Now()).get(pk=user_id)
    now = row.now
    ended = row.stripe_subscription_id == contract.id
    new = False
    if (paid and contract.plan) or (ended and row.plan != FREE.id):
        entry = ledger.start_period(
            user_id=user_id, allowance=FREE.credits, renewal=CreditAccount.Renewal.CALENDAR,
            source=f"stripe:{contract.id}:ended", started_at=now, description="Monthly credits", now=now,
        )  # fmt: skip
        new = not entry.repeated
    if new or ended:
        free: dict[str, Any] = {
            "plan": FREE.id, "status": Subscription.Status.ACTIVE, "stripe_subscription_id": "",
            "metadata": {"ended_plan": row.plan, "ended_at": now.isoformat()} if row.plan != FREE.id else {},
            "current_period_start": None, "current_period_end": None, "cancel_at_period_end": False,
        }  # fmt: skip
        write(user_id, free)


def take_back(user_id: UUID, payment: PaymentBack) -> None:
    """Of an invoice of an earlier period."""
    ledger.claw_back(
        user_id=user_id, invoice=payment.invoice, refunded=payment.back, charged=payment.charged, reason=TAKEN_BACK
    )


def tell_of_debts(user_id: UUID) -> None:
    """An operator sees what is owed, and no longer sees what is not."""
    for debt in CreditDebt.objects.filter(account=user_id):
        if debt.owed:
            detail = f"{debt.owed:,} credits had been spent before their payment went back."
            concerns.raise_concern(kind=Concern.Kind.OWED, subject=debt.invoice, user_id=user_id, detail=detail)
        else:
            concerns.resolve(kind=Concern.Kind.OWED, user_id=user_id, subject=debt.invoice)


def what_is_coming(contract: Contract) -> dict[str, str]:
    """What pages say of a change that is scheduled, and of the next try to be paid."""
    coming: dict[str, str] = {}
    if contract.next_plan is not None and contract.changes_at is not None:
        coming |= {"next_plan": contract.next_plan, "changes_at": contract.changes_at.isoformat()}
    if contract.retries_at is not None:
        coming["retries_at"] = contract.retries_at.isoformat()
    return coming


def write(user_id: UUID, facts: dict[str, Any]) -> None:
    """Update what differs."""
    same = Subscription.objects.filter(pk=user_id, **facts)
    if not same.exists():
        Subscription.objects.filter(pk=user_id).update(**facts, updated_at=Now())
