"""Changing, ending and keeping a plan in the Portal. What a change costs is shown before it is made."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from stripe_sandbox import store
from stripe_sandbox.engine import cards, changes, payments, previews, schedules, subscriptions
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from stripe_sandbox.pages import basket, bills, plans, words
from stripe_sandbox.pages.answers import see_other, show
from stripe_sandbox.pages.checkout import NOT_YOU
from stripe_sandbox.pages.paying import ASKS
from stripe_sandbox.pages.portal import frame
from stripe_sandbox.pages.visits import Visit, refuse_unless, visited

PROMISE_SECONDS = 1800


@require_safe
@visited
def offers(request: HttpRequest, visit: Visit, subscription: str) -> HttpResponse:
    refuse_unless(visit.may("subscription_update"))
    found = visit.subscription(subscription)
    context = frame(visit) | {"plan": plans.plan_of(found), "offers": plans.offers_for(visit, found)}
    return show(request, "portal/plans.html", context)


@visited
def change(request: HttpRequest, visit: Visit, subscription: str) -> HttpResponse:
    """The preview with its lines, and the button under it: what it says is what is charged."""
    refuse_unless(visit.may("subscription_update"))
    found = visit.subscription(subscription)
    given = request.POST if request.method == "POST" else request.GET
    offer = _offer(visit, found, given.get("price", ""))
    if offer is None:
        return see_other(reverse("portal-plans", args=[visit.id, found.id]))
    if request.method == "POST":
        return _change(visit, subscription, offer, at=_moment(visit, given))
    context = frame(visit) | {"plan": plans.plan_of(found), "offer": offer, "at": visit.now}
    if not offer.waits:
        context |= _preview(visit, found, offer.price, at=visit.now)
    return show(request, "portal/change.html", context)


@visited
def change_bank(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The bank's question before a dearer plan is paid."""
    refuse_unless(visit.may("subscription_update"))
    found = visit.subscription(request.GET.get("subscription", ""))
    offer, at = _offer(visit, found, request.GET.get("price", "")), _moment(visit, request.GET)
    if offer is None or at is None:
        return see_other(_home(visit))
    if request.method == "POST":
        if request.POST.get("answer") != "yes":
            return see_other(_home(visit), f"Your plan is not changed. {NOT_YOU}", tone="bad")
        return _change(visit, found.id, offer, at=at, authenticated=True)
    due = _preview(visit, found, offer.price, at=at)["due"]
    facts = [("Shop", basket.merchant()), ("Plan", offer.name), ("Amount", due)]
    return show(request, "pay/bank.html", {"facts": facts, "here": request.get_full_path()})


@visited
def cancel(request: HttpRequest, visit: Visit, subscription: str) -> HttpResponse:
    refuse_unless(visit.may("subscription_cancel"))
    found = visit.subscription(subscription)
    at_once = visit.features["subscription_cancel"]["mode"] == "immediately"
    if request.method != "POST":
        return show(request, "portal/cancel.html", frame(visit) | {"plan": plans.plan_of(found), "at_once": at_once})
    with store.acting():
        found = store.get("subscription", subscription)
        if at_once:
            subscriptions.cancel(found)
        elif not found.data["cancel_at_period_end"]:
            subscriptions.set_cancel_at_period_end(found, True)
    until = words.day(plans.item_of(found)["current_period_end"])
    said = "Your plan has ended." if at_once else f"Your plan is canceled. It works until {until}."
    return see_other(_home(visit), said)


@require_POST
@visited
def resume(request: HttpRequest, visit: Visit, subscription: str) -> HttpResponse:
    visit.subscription(subscription)
    with store.acting():
        found = store.get("subscription", subscription)
        if found.data["cancel_at_period_end"]:
            subscriptions.set_cancel_at_period_end(found, False)
    until = words.day(plans.item_of(found)["current_period_end"])
    return see_other(_home(visit), f"Your plan goes on. It renews on {until}.")


@require_POST
@visited
def keep(request: HttpRequest, visit: Visit, subscription: str) -> HttpResponse:
    """Undo a scheduled change."""
    visit.subscription(subscription)
    with store.acting():
        found = store.get("subscription", subscription)
        schedules.release(found)
    name = plans.plan_of(found).name
    return see_other(_home(visit), f"The change is called off. You stay on {name}.")


def _change(visit: Visit, id: str, offer: plans.Offer, *, at: int | None, authenticated: bool = False) -> HttpResponse:
    """A dearer plan begins when it is paid: a card that declines leaves everything as it was."""
    home = _home(visit)
    query = {"subscription": id, "price": offer.price, "at": str(at)}
    if at is None and not offer.waits:
        again = f"{reverse('portal-change', args=[visit.id, id])}?{urlencode(query)}"
        return see_other(again, "Time has passed, and the amount with it. Please look again.", tone="warn")
    try:
        with store.acting():
            subscription = store.get("subscription", id)
            if plans.item_of(subscription)["price"]["id"] == offer.price:
                return see_other(home)
            _begin(visit, subscription, offer, at=at, authenticated=authenticated)
    except StripeError as error:
        if error.code == ASKS:
            return see_other(f"{reverse('portal-change-bank', args=[visit.id])}?{urlencode(query)}")
        return see_other(home, f"Your plan is not changed. {error.message}", tone="bad")
    until = words.day(plans.item_of(subscription)["current_period_end"])
    said = f"{offer.name} starts on {until}." if offer.waits else f"You are on {offer.name} now."
    return see_other(home, said)


def _begin(visit: Visit, subscription: Record, offer: plans.Offer, *, at: int | None, authenticated: bool) -> None:
    if offer.waits:
        subscriptions.schedule_change(subscription, price=offer.price)
        return
    if payments.must_fail_once(visit.customer.id):
        raise cards.Behaviour(cards.DECLINES, *cards.GENERIC).refusal()
    if subscription.data["cancel_at_period_end"]:
        subscriptions.set_cancel_at_period_end(subscription, False)
    schedules.release(subscription)
    changes.apply(
        subscription, _wanted(subscription, offer.price), payment_behavior="error_if_incomplete", proration_date=at,
        proration_behavior=_prorations(visit), authenticated=authenticated,
    )  # fmt: skip


def _wanted(subscription: Record, price: str) -> list[changes.Change]:
    return [changes.Change(item=plans.item_of(subscription)["id"], price=price)]


def _prorations(visit: Visit) -> str:
    return str(visit.features["subscription_update"]["proration_behavior"])


def _moment(visit: Visit, given: QueryDict) -> int | None:
    """Of the preview that was agreed to; nothing when it is too old to be held to."""
    said = given.get("at", "")
    at = int(said) if said.isdecimal() and len(said) < 12 else 0
    return at if visit.now - PROMISE_SECONDS <= at <= visit.now else None


def _offer(visit: Visit, subscription: Record, price: str) -> plans.Offer | None:
    return next((one for one in plans.offers_for(visit, subscription) if one.price == price and not one.is_now), None)


def _home(visit: Visit) -> str:
    return reverse("portal", args=[visit.id]) + "?home=1"


def _preview(visit: Visit, found: Record, price: str, *, at: int) -> dict[str, Any]:
    behaviour = _prorations(visit)
    data = previews.of_change(found, _wanted(found, price), proration_behavior=behaviour, proration_date=at)
    return {
        "lines": bills.lines_of(data), "sums": bills.sums_of(data), "at_once": behaviour == "always_invoice",
        "due": words.money(max(data["amount_due"], 0), data["currency"]),
        "credit": words.money(-data["total"], data["currency"]) if data["total"] < 0 else "",
    }  # fmt: skip
