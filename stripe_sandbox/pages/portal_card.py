"""Replacing the card in the Portal. A new card pays what is open at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from stripe_sandbox import store
from stripe_sandbox.engine import cards, payment_methods, story
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from stripe_sandbox.pages import basket, bills, testcards, words
from stripe_sandbox.pages.answers import see_other, show
from stripe_sandbox.pages.checkout import NOT_YOU
from stripe_sandbox.pages.forms import CardForm
from stripe_sandbox.pages.paying import pay_now
from stripe_sandbox.pages.portal import frame, method_of
from stripe_sandbox.pages.visits import Visit, refuse_unless, visited


@visited
def card(request: HttpRequest, visit: Visit) -> HttpResponse:
    refuse_unless(visit.may("payment_method_update"))
    today = words.at(visit.now)
    if request.method != "POST":
        return _form(request, visit, CardForm(initial=testcards.entries_of(request.GET.get("card", "")), today=today))
    form = CardForm(request.POST, today=today)
    if not form.is_valid():
        return _form(request, visit, form, status=422)
    try:
        with store.acting():
            email = visit.customer.data["email"]
            method = payment_methods.create_from_card(**form.entries, email=email, clock=visit.customer.clock)
            if payment_methods.behaviour_of(method).kind != cards.ASKS_3DS:
                payment_methods.attach(method, visit.customer)
    except StripeError as error:
        form.refuse(error)
        return _form(request, visit, form, status=error.status)
    if method.data["customer"] is None:
        return see_other(reverse("portal-bank", args=[visit.id]) + f"?method={method.id}")
    return _take_over(visit, method, authenticated=False)


@visited
def bank(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The bank's question before a card is kept, or before it pays an invoice."""
    given = request.GET
    method = store.get("payment_method", given.get("method", ""))
    if method.data["customer"] not in (None, visit.customer.id):
        raise StripeError("No such payment method.", status=404)
    invoice = visit.invoice(given["invoice"]) if given.get("invoice") else None
    if request.method != "POST":
        facts = [("Shop", basket.merchant()), ("Card", words.card(method.data["card"]))]
        if invoice is not None:
            facts.append(("Amount", words.money(invoice.data["amount_remaining"], invoice.data["currency"])))
        return show(request, "pay/bank.html", {"facts": facts, "here": request.get_full_path()})
    home = reverse("portal", args=[visit.id])
    if request.POST.get("answer") != "yes":
        back = home if method.data["customer"] else reverse("portal-card", args=[visit.id])
        return see_other(back, NOT_YOU, tone="bad")
    if method.data["customer"]:
        outcome = pay_now([invoice] if invoice else [], method, authenticated=True)
        return see_other(home, outcome.says, tone=outcome.tone)
    try:
        with store.acting():
            payment_methods.attach(method, visit.customer)
            method.private["set_up"] = True
            story.keep(method)
    except StripeError as error:
        return see_other(reverse("portal-card", args=[visit.id]), error.message, tone="bad")
    return _take_over(visit, method, authenticated=True)


def _take_over(visit: Visit, method: Record, *, authenticated: bool) -> HttpResponse:
    """The new card is the one that is charged from now on; the old one leaves; what is open is paid."""
    old = method_of(visit)
    with store.acting():
        payment_methods.make_default(store.get("customer", visit.customer.id), method)
        for subscription in visit.subscriptions():
            with story.changing(subscription) as data:
                data["default_payment_method"] = method.id
        if old is not None and old.id != method.id:
            payment_methods.detach(store.get("payment_method", old.id))
    outcome = pay_now(bills.open_ones(visit.customer.id), method, authenticated=authenticated)
    if outcome.asks:
        return see_other(reverse("portal-bank", args=[visit.id]) + f"?invoice={outcome.asks}&method={method.id}")
    kept = f"{words.card(method.data['card'])} is your card now"
    said = f"{kept}, and has paid {outcome.paid}." if outcome.paid else f"{kept}. {outcome.says}".strip()
    return see_other(reverse("portal", args=[visit.id]) + "?home=1", said, tone=outcome.tone)


def _form(request: HttpRequest, visit: Visit, form: CardForm, *, status: int = 200) -> HttpResponse:
    owed = bills.open_ones(visit.customer.id)
    context: dict[str, Any] = frame(visit) | {
        "form": form.shown(), "test_cards": testcards.TEST_CARDS, "opened": "card" in request.GET,
        "owed": words.money(sum(one.data["amount_remaining"] for one in owed)) if owed else "",
        "has_card": method_of(visit) is not None,
    }  # fmt: skip
    return show(request, "portal/card.html", context, status=status)
