"""Hosted Checkout: what is bought, a card, perhaps the bank's question, and back to the shop."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from stripe_sandbox import store
from stripe_sandbox.engine import checkout
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from stripe_sandbox.pages import basket, promotions, testcards, words
from stripe_sandbox.pages.answers import page, see_other, show
from stripe_sandbox.pages.forms import CardForm
from stripe_sandbox.pages.paying import ASKS

NOT_YOU = "We are unable to authenticate your payment method. Please choose a different payment method and try again."


@page
def pay(request: HttpRequest, id: str) -> HttpResponse:
    """The page, and its Pay button."""
    session = store.get("checkout.session", id)
    if request.method == "POST":
        return _pay(request, session)
    if not _is_open(session):
        return _over(request, session)
    return _form(request, session, _blank(session, testcards.entries_of(request.GET.get("card", ""))))


@page
def promotion(request: HttpRequest, id: str) -> HttpResponse:
    if request.method != "POST":
        return see_other(reverse("pay", args=[id]))
    session = store.get("checkout.session", id)
    said = request.POST.get("code", "")
    try:
        with store.acting():
            session = store.get("checkout.session", id)
            if not _is_open(session):
                return see_other(reverse("pay", args=[id]))
            promotions.remove(session) if "remove" in request.POST else promotions.apply(session, said)
    except StripeError as error:
        problem = {"code": said, "code_error": error.message}
        return _form(request, session, _blank(session), status=422, **problem)
    return see_other(reverse("pay", args=[id]))


@page
def bank(request: HttpRequest, id: str) -> HttpResponse:
    """3-D Secure: the bank's question between the card and the payment."""
    session = store.get("checkout.session", id)
    entered = session.private.get("entered")
    if not _is_open(session) or not entered:
        return see_other(reverse("pay", args=[id]))
    if request.method == "POST":
        return _answered(request, session, entered)
    facts = [
        ("Shop", basket.merchant()),
        ("Amount", words.money(session.data["amount_total"], session.data["currency"])),
        ("Card", f"ending {entered['number'][-4:]}"),
    ]
    return show(request, "pay/bank.html", {"facts": facts, "here": reverse("pay-bank", args=[id])})


@require_safe
@page
def done(request: HttpRequest, id: str) -> HttpResponse:
    """Where a shop without a success_url is returned to."""
    return _over(request, store.get("checkout.session", id))


def success_url(session: Record) -> str:
    """The shop's page with the session's id filled in; ours where it named none."""
    wanted = session.data["success_url"]
    return (
        str(wanted).replace("{CHECKOUT_SESSION_ID}", session.id) if wanted else reverse("pay-done", args=[session.id])
    )


def _pay(request: HttpRequest, session: Record) -> HttpResponse:
    form = CardForm(request.POST, today=words.at(store.now(session.clock)))
    if not _is_open(session):
        return _too_late(session)
    if not form.is_valid():
        return _form(request, session, form, status=422)
    return _complete(request, session, form, authenticated=False)


def _complete(request: HttpRequest, session: Record, form: CardForm, *, authenticated: bool) -> HttpResponse:
    """Once, however often it is asked: whoever comes second finds the session complete and just goes on."""
    try:
        with store.acting():
            session = store.get("checkout.session", session.id)
            if not _is_open(session):
                return _too_late(session)
            session = checkout.complete(session, **form.entries, authenticated=authenticated)
            _remember(session, None)
    except StripeError as error:
        session = store.get("checkout.session", session.id)
        if error.code == ASKS and not authenticated:
            with store.acting():
                _remember(session, {name: form.data[name] for name in form.fields} | {"number": form.entries["number"]})
            return see_other(reverse("pay-bank", args=[session.id]))
        form.refuse(error)
        return _form(request, session, form, status=error.status)
    return see_other(success_url(session))


def _answered(request: HttpRequest, session: Record, entered: dict[str, Any]) -> HttpResponse:
    form = CardForm(entered, today=words.at(store.now(session.clock)))
    form.is_valid()
    if request.POST.get("answer") == "yes":
        return _complete(request, session, form, authenticated=True)
    with store.acting():
        _remember(store.get("checkout.session", session.id), None)
    form.add_error(None, NOT_YOU)
    return _form(request, session, form, status=402)


def _remember(session: Record, entered: dict[str, Any] | None) -> None:
    """Keep a card while its bank asks. `data` is the engine's to write."""
    session.private = {**session.private, "entered": entered}
    session.save(update_fields=["private"])


def _is_open(session: Record) -> bool:
    return bool(session.data["status"] == "open" and session.data["expires_at"] > store.now(session.clock))


def _too_late(session: Record) -> HttpResponse:
    is_paid = session.data["status"] == "complete"
    return see_other(success_url(session) if is_paid else reverse("pay", args=[session.id]))


def _over(request: HttpRequest, session: Record) -> HttpResponse:
    shop = basket.merchant()
    if session.data["status"] == "complete":
        context = {
            "icon": "shield", "title": "You have already paid",
            "back": session.data["success_url"] and success_url(session),
            "words": f"This Checkout is complete. Go back to {shop} to use what you bought.",
            "button": f"Continue to {shop}",
        }  # fmt: skip
    else:
        context = {
            "icon": "clock", "title": "This Checkout has expired", "back": session.data["cancel_url"],
            "words": f"Nothing was charged. Go back to {shop} to start again.", "button": f"Back to {shop}",
        }  # fmt: skip
    return show(request, "pay/over.html", context)


def _blank(session: Record, entries: dict[str, Any] | None = None) -> CardForm:
    return CardForm(initial=entries, today=words.at(store.now(session.clock)))


def _form(request: HttpRequest, session: Record, form: CardForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "session": session.id, "basket": basket.basket_of(session), "form": form.shown(),
        "test_cards": testcards.TEST_CARDS, "opened": "card" in request.GET, **more,
    }  # fmt: skip
    return show(request, "pay/checkout.html", context, status=status)
