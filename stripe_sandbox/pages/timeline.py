"""A customer's billing as a picture: a bar for each paid-for period, a dot for each invoice, a line for now.

Places are percent of the width, so that labels keep their size on any screen.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from stripe_sandbox import store
from stripe_sandbox.engine import catalogue, periods
from stripe_sandbox.models import Record
from stripe_sandbox.pages import words

TOP, ROW, BAR = 26, 46, 22
MOST_TICKS = 9
DAY = 86_400
SHADES = 4


@dataclass(frozen=True, slots=True)
class Bar:
    x: str
    width: str
    y: int
    shade: str
    title: str
    label: str = ""
    reach: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: int
    tone: str
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    label: str
    minor: bool


@dataclass(slots=True)
class Timeline:
    says: str
    height: int
    now: str
    bars: list[Bar] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int
    price: dict[str, Any]
    shade: str


@dataclass(frozen=True, slots=True)
class Scale:
    """From moments to percent."""

    start: int
    end: int

    def x(self, moment: float) -> float:
        return 1 + 98 * (moment - self.start) / max(self.end - self.start, 1)


def timeline_of(customer: Record) -> Timeline | None:
    """Nothing where nothing was ever subscribed to."""
    subscriptions = list(store.find("subscription", customer=customer.id).order_by("position"))
    if not subscriptions:
        return None
    now = store.now(customer.clock)
    invoices = [one.data for one in store.find("invoice", customer=customer.id).order_by("position")]
    rows = [(one.data, _spans(one.data, invoices)) for one in subscriptions]
    ends = [span.end for _, spans in rows for span in spans] + [now]
    start = min(data["start_date"] for data, _ in rows)
    scale = Scale(start - 2 * DAY, max(ends) + max(2 * DAY, (max(ends) - start) // 40))
    made = Timeline(says=_says(customer, rows, invoices), height=TOP + ROW * len(rows) + 4, now=f"{scale.x(now):.2f}%")
    made.ticks = _ticks(scale)
    for number, (data, spans) in enumerate(rows):
        y = TOP + ROW * number
        made.bars += _bars(spans, scale, y)
        made.dots += [_dot(one, scale, y + BAR + 10) for one in invoices if _belongs(one, data["id"])]
    return made


def _spans(data: dict[str, Any], invoices: list[dict[str, Any]]) -> list[Span]:
    """What was billed for, each cut off where the next begins, and dashed what comes next."""
    found: list[Span] = []
    for invoice in invoices:
        if not _belongs(invoice, data["id"]) or invoice["status"] == "void":
            continue
        for line in invoice["lines"]["data"]:
            price = _price_of(line)
            if price is None or line["amount"] < 0 or not line["period"]["end"] > line["period"]["start"]:
                continue
            found = _cut(found, line["period"]["start"])
            shade = _shade(price) if invoice["status"] in ("paid", "draft") else "owed"
            found.append(Span(line["period"]["start"], line["period"]["end"], price, shade))
    if data["ended_at"]:
        return _cut(found, data["ended_at"])
    item = data["items"]["data"][0]
    if data["status"] in ("active", "trialing", "past_due") and not data["cancel_at"]:
        end = item["current_period_end"]
        following = _next_price(data) or item["price"]
        found.append(Span(end, periods.end_of(end, following["recurring"], end), following, "next"))
    return found


def _cut(spans: list[Span], at: int) -> list[Span]:
    return [
        Span(one.start, min(one.end, at), one.price, one.shade) for one in spans if one.start < at
    ]  # fmt: skip


def _price_of(line: dict[str, Any]) -> dict[str, Any] | None:
    if (line["parent"] or {}).get("type") != "subscription_item_details":
        return None
    record = store.lookup("price", line["pricing"]["price_details"]["price"])
    return record.data if record else None


def _next_price(data: dict[str, Any]) -> dict[str, Any] | None:
    schedule = store.lookup("subscription_schedule", data["schedule"] or "")
    if schedule is None:
        return None
    end = data["items"]["data"][0]["current_period_end"]
    following = next((one for one in schedule.data["phases"] if one["start_date"] >= end), None)
    record = store.lookup("price", following["items"][0]["price"]) if following else None
    return record.data if record else None


def _shade(price: dict[str, Any]) -> str:
    """A dearer plan is darker: its place among the recurring prices there are."""
    amounts = {one.data["unit_amount"] or 0 for one in store.find("price", type="recurring")}
    return f"plan-{min(sorted(amounts).index(price['unit_amount'] or 0), SHADES - 1)}"


def _bars(spans: list[Span], scale: Scale, y: int) -> list[Bar]:
    """One bar a span; the first of several alike carries the name for all."""
    bars = []
    for number, span in enumerate(spans):
        name = catalogue.name_of(span.price)
        fresh = number == 0 or spans[number - 1].price["id"] != span.price["id"]
        run_end = span.end
        for following in spans[number + 1 :]:
            if following.price["id"] != span.price["id"]:
                break
            run_end = following.end
        left, width = scale.x(span.start), scale.x(span.end) - scale.x(span.start)
        run = scale.x(run_end) - left
        short = name.rpartition(" ")[2]
        bars.append(
            Bar(
                x=f"{left:.2f}%", width=f"{max(width - 0.15, 0.2):.2f}%", y=y, shade=span.shade,
                title=f"{name}, {words.short_day(span.start)} to {words.short_day(span.end)}",
                label=short if fresh and run > 6 else "", reach=f"{run:.2f}%", room="wide" if run > 28 else "",
            )
        )  # fmt: skip
    return bars


def _dot(invoice: dict[str, Any], scale: Scale, y: int) -> Dot:
    state = words.INVOICE_STATES[invoice["status"] or "draft"]
    failed = invoice["status"] == "open" and invoice["attempted"]
    said = f"{words.short_day(invoice['created'])}: {words.money(invoice['total'], invoice['currency'])}"
    tone = "bad" if failed else {"paid": "ok", "open": "warn"}.get(invoice["status"] or "", "quiet")
    return Dot(
        f"{scale.x(invoice['created']):.2f}%", y, tone, f"{said}, {'payment failed' if failed else state.word.lower()}"
    )


def _ticks(scale: Scale) -> list[Tick]:
    """The firsts of months, as many as there is room for; days where a month is too long."""
    here = datetime.fromtimestamp(scale.start, UTC).replace(day=1, hour=0, minute=0, second=0)
    months, moment = [], int(here.timestamp())
    while moment <= scale.end:
        months.append(moment)
        moment = periods.add_months(int(here.timestamp()), len(months))
    months = [one for one in months if scale.x(one) >= 0.5]
    step = -(-len(months) // MOST_TICKS) or 1
    chosen = [one for one in months[::step] if scale.x(one) < 95]
    return [Tick(f"{scale.x(one):.2f}%", _month(one, first=not number), bool(number % 2))
            for number, one in enumerate(chosen)]  # fmt: skip


def _month(moment: int, *, first: bool) -> str:
    here = datetime.fromtimestamp(moment, UTC)
    return f"{here:%b %Y}" if first or here.month == 1 else f"{here:%b}"


def _belongs(invoice: dict[str, Any], subscription: str) -> bool:
    details = (invoice["parent"] or {}).get("subscription_details") or {}
    return bool(details.get("subscription") == subscription)


def _says(customer: Record, rows: list[tuple[dict[str, Any], list[Span]]], invoices: list[dict[str, Any]]) -> str:
    """The picture in a sentence, for whoever does not see it."""
    paid = sum(one["status"] == "paid" for one in invoices)
    states = ", ".join(words.SUBSCRIPTION_STATES[data["status"]].word.lower() for data, _ in rows)
    since = words.short_day(min(data["start_date"] for data, _ in rows))
    count = f"{paid} of {len(invoices)} invoices paid"
    return f"{customer.data['email'] or customer.id}: subscribed since {since}, {states}; {count}."
