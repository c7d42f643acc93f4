"""What Stripe's objects mean for us: pure functions of their JSON. Times are aware datetimes, money integer cents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from billing.models import Subscription
from billing.plans import PLANS, RANK

Found = dict[str, Any]
LIVING = frozenset(Subscription.Status.values)  # incomplete and incomplete_expired never replace a working plan


@dataclass(frozen=True, slots=True)
class Contract:
    """A subscription as it stands in Stripe. `plan` is None when its price maps to none of ours."""

    id: str
    status: str
    price: str
    plan: str | None
    period_started_at: datetime
    period_ends_at: datetime
    ends: bool
    created: int
    ended: int
    next_plan: str | None = None
    changes_at: datetime | None = None
    retries_at: datetime | None = None

    @property
    def is_living(self) -> bool:
        return self.status in LIVING

    @property
    def is_paid(self) -> bool:
        """Whether it is in force because somebody pays for one of our plans."""
        return self.status == "active" and self.plan is not None

    @property
    def source(self) -> str:
        """What grants the allowance of its present period, once."""
        return f"stripe:{self.id}:{int(self.period_started_at.timestamp())}"


@dataclass(frozen=True, slots=True)
class PaidFor:
    """The best plan that paid invoices cover in a period, and the invoice that paid for it."""

    plan: str
    invoice: str


def plan_of(price: str) -> str | None:
    return next((plan for plan, ours in settings.STRIPE_PRICES.items() if ours and ours == price), None)


def id_of(value: Any) -> str:
    """Stripe gives an id, or the object when it was expanded."""
    return str(value["id"] if isinstance(value, dict) else value or "")


def moment(unix: int) -> datetime:
    return datetime.fromtimestamp(unix, UTC)


def contract_from(subscription: Found) -> Contract:
    items = subscription["items"]["data"]
    item = next((one for one in items if plan_of(one["price"]["id"])), items[0])
    ends_at = subscription.get("cancel_at")
    next_plan, changes_at = _scheduled(subscription.get("schedule"), item["current_period_end"])
    return Contract(
        id=subscription["id"],
        status=subscription["status"],
        price=item["price"]["id"],
        plan=plan_of(item["price"]["id"]),
        period_started_at=moment(item["current_period_start"]),
        period_ends_at=moment(item["current_period_end"]),
        ends=bool(subscription["cancel_at_period_end"] or (ends_at and ends_at <= item["current_period_end"])),
        created=subscription["created"],
        ended=subscription.get("ended_at") or 0,
        next_plan=next_plan,
        changes_at=changes_at,
        retries_at=_retries_at(subscription.get("latest_invoice")),
    )


def _scheduled(schedule: Any, period_end: int) -> tuple[str | None, datetime | None]:
    """The plan that a schedule brings after the present period."""
    if not isinstance(schedule, dict) or schedule["status"] != "active":
        return None, None
    for phase in schedule["phases"]:
        if phase["start_date"] >= period_end:
            return plan_of(id_of(phase["items"][0]["price"])), moment(phase["start_date"])
    return None, None


def _retries_at(invoice: Any) -> datetime | None:
    """When Stripe will try again to be paid an open invoice."""
    if not isinstance(invoice, dict) or invoice["status"] != "open" or not invoice.get("next_payment_attempt"):
        return None
    return moment(invoice["next_payment_attempt"])


def governing(contracts: Iterable[Contract]) -> Contract | None:
    """The living subscription that counts: one that is paid, of those the dearest, of equals the oldest."""
    living = [contract for contract in contracts if contract.is_living]
    return max(living, key=lambda one: (one.is_paid, rank_of(one.plan), -one.created, one.id), default=None)


def last_ended(contracts: Iterable[Contract]) -> Contract | None:
    ended = [contract for contract in contracts if contract.status == "canceled"]
    return max(ended, key=lambda one: (one.ended, one.created, one.id), default=None)


def paid_steps(contract: Contract, invoices: Iterable[Found]) -> list[PaidFor]:
    """The plans that paid invoices put a subscription on in its present period, oldest first.

    The period's own line comes first, and without it nothing is paid; each invoice of a change after it pays for the
    rest of the period, up or down. `invoices` come as Stripe lists them, newest first, so that two of one second keep
    their order.
    """
    own: list[PaidFor] = []
    changes: list[tuple[int, PaidFor]] = []
    for invoice in reversed(list(invoices)):
        for line in _lines_of(contract, invoice):
            paid = PaidFor(str(plan_of(price_of(line) or "")), invoice["id"])
            if is_proration(line):
                changes.append((invoice["created"], paid))
            elif line["period"]["start"] == int(contract.period_started_at.timestamp()):
                own.append(paid)
    return own[:1] + [paid for _, paid in sorted(changes, key=lambda one: one[0])] if own else []


def _lines_of(contract: Contract, invoice: Found) -> list[Found]:
    """Lines that pay for a plan of ours until the end of the present period; in order of where they begin."""
    begins, ends = int(contract.period_started_at.timestamp()), int(contract.period_ends_at.timestamp())
    lines = [
        line for line in invoice["lines"]["data"]
        if plan_of(price_of(line) or "") and line["amount"] >= 0 and subscription_of(line) == contract.id
        and line["period"]["end"] == ends and begins <= line["period"]["start"] < ends
    ]  # fmt: skip
    return sorted(lines, key=lambda line: line["period"]["start"])


def shares_of(contract: Contract, steps: Iterable[PaidFor]) -> dict[str, int]:
    """How many credits of the allowance each invoice pays for; a way down takes from the latest first.

    All of them are never more than the allowance of the plan that the subscription is on now.
    """
    shares: list[tuple[str, int]] = []
    for plan, invoice in [*((step.plan, step.invoice) for step in steps), (str(contract.plan), "")]:
        allowance, level = PLANS[plan].credits, sum(credits for _, credits in shares)
        if invoice and allowance > level:
            shares.append((invoice, allowance - level))
        while level > allowance:
            last, credits = shares.pop()
            kept = max(0, credits - (level - allowance))
            shares += [(last, kept)] if kept else []
            level -= credits - kept
    total: dict[str, int] = {}
    for invoice, credits in shares:
        total[invoice] = total.get(invoice, 0) + credits
    return total


def price_of(line: Found) -> str | None:
    details = (line.get("pricing") or {}).get("price_details") or {}
    return id_of(details.get("price")) or None


def subscription_of(line: Found) -> str:
    details = (line.get("parent") or {}).get("subscription_item_details") or {}
    return id_of(details.get("subscription"))


def is_proration(line: Found) -> bool:
    return bool(((line.get("parent") or {}).get("subscription_item_details") or {}).get("proration"))


def customer_of(event: Found) -> str:
    """The customer whom an event is about, "" when it names none (a dispute names its charge alone)."""
    about = event["data"]["object"]
    return id_of(about["id"] if about["object"] == "customer" else about.get("customer"))


def user_named_in(event: Found) -> str:
    """The user id that we put on what we made in Stripe."""
    about = event["data"]["object"]
    return str(about.get("client_reference_id") or (about.get("metadata") or {}).get("user_id") or "")


def rank_of(plan: str | None) -> int:
    return RANK.index(plan) if plan in PLANS else -1
