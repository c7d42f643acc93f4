"""The control panel: clocks, customers, events, payments."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stripe_sandbox import store
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Delivery, MainClock
from stripe_sandbox.pages import basket, bills, charges, clocks, customers, mail
from stripe_sandbox.pages.answers import page, show


@require_safe
@page
def overview(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    cards, count = customers.cards_for(query)
    context = _frame(request, "panel") | {
        "test_clocks": clocks.test_clocks(), "cards": cards, "count": count, "query": query,
        "ends": MainClock.DunningEnd.choices,
    }  # fmt: skip
    return show(request, "panel/overview.html", context)


@require_safe
@page
def customer(request: HttpRequest, id: str) -> HttpResponse:
    found = store.get("customer", id)
    events, _ = mail.events_for(wanted="all", customer=id)
    rows, _ = charges.rows_for(customer=id)
    context = _frame(request, "customer") | {
        "card": customers.card_of(found), "invoices": bills.rows_for(id), "rows": rows, "events": events[:12],
        "late": mail.LATE_SECONDS,
        "clock": next((one for one in clocks.test_clocks() if one.id == found.clock), clocks.main_clock()),
    }  # fmt: skip
    return show(request, "panel/customer.html", context)


@require_safe
@page
def events(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("show", "")
    wanted = wanted if wanted in mail.FILTERS else ""
    rows, before = mail.events_for(wanted=wanted, before=_place(request))
    context = _frame(request, "events") | {
        "events": rows, "before": before, "wanted": wanted, "filters": mail.FILTERS.items(),
        "late": mail.LATE_SECONDS, "endpoints": store.find("webhook_endpoint"),
    }  # fmt: skip
    return show(request, "panel/events.html", context)


@require_safe
@page
def payments(request: HttpRequest) -> HttpResponse:
    rows, before = charges.rows_for(before=_place(request))
    return show(request, "panel/payments.html", _frame(request, "payments") | {"rows": rows, "before": before})


@require_safe
@page
def bill(request: HttpRequest, id: str) -> HttpResponse:
    """An invoice as whoever has its address sees it."""
    context = {"bill": bills.bill_of(store.get("invoice", id)), "shop": basket.merchant()}
    return show(request, "bill.html", context)


@page
def nowhere(request: HttpRequest, nowhere: str) -> HttpResponse:
    raise StripeError(f"There is no page at /{nowhere}.", status=404)


def _frame(request: HttpRequest, here: str) -> dict[str, Any]:
    """What every page of the panel shows: its own clock, what is held, and where a form leads back to."""
    counts = mail.counts()
    return {
        "here": here,
        "back": request.get_full_path(),
        "clock": clocks.main_clock(),
        "switches": store.main_clock(),
        "held": counts.get(Delivery.State.HELD, 0),
        "waiting": counts.get(Delivery.State.WAITING, 0),
        "undelivered": counts.get(Delivery.State.FAILED, 0),
    }


def _place(request: HttpRequest) -> int | None:
    said = request.GET.get("before", "")
    return int(said) if said.isdecimal() and len(said) < 20 else None
