"""The customer Portal: the plan, the card, the invoices, and the way back."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from stripe_sandbox import store
from stripe_sandbox.engine import payment_methods
from stripe_sandbox.models import Record
from stripe_sandbox.pages import basket, bills, plans, words
from stripe_sandbox.pages.answers import see_other, show
from stripe_sandbox.pages.paying import pay_now
from stripe_sandbox.pages.visits import Visit, refuse_unless, visited

FLOWS = {"subscription_cancel": "portal-cancel", "subscription_update": "portal-plans"}


@require_safe
@visited
def home(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A session made for one purpose starts there."""
    flow = visit.session.data["flow"]
    if flow and not request.GET.get("home"):
        if flow["type"] == "payment_method_update":
            return see_other(reverse("portal-card", args=[visit.id]))
        return see_other(reverse(FLOWS[flow["type"]], args=[visit.id, flow[flow["type"]]["subscription"]]))
    method = method_of(visit)
    context = frame(visit) | {
        "plans": [plans.plan_of(one) for one in visit.subscriptions()],
        "mark": words.mark(method.data["card"]["brand"]) if method else "",
        "card_says": words.card(method.data["card"]) if method else "",
        "card_until": words.expiry(method.data["card"]) if method else "",
        "invoices": bills.rows_for(visit.customer.id) if visit.may("invoice_history") else None,
        "open": [bills.row_of(one.data) for one in bills.open_ones(visit.customer.id)],
        "can_change": visit.may("subscription_update"),
        "can_cancel": visit.may("subscription_cancel"),
        "can_card": visit.may("payment_method_update"),
    }
    return show(request, "portal/home.html", context)


@require_safe
@visited
def invoice(request: HttpRequest, visit: Visit, invoice: str) -> HttpResponse:
    refuse_unless(visit.may("invoice_history"))
    bill = bills.bill_of(visit.invoice(invoice))
    return show(request, "portal/invoice.html", frame(visit) | {"bill": bill})


@require_POST
@visited
def pay_invoice(request: HttpRequest, visit: Visit, invoice: str) -> HttpResponse:
    """With the card that is there."""
    here = reverse("portal", args=[visit.id])
    found = visit.invoice(invoice)
    method = method_of(visit)
    if method is None:
        return see_other(reverse("portal-card", args=[visit.id]), "Add a card to pay with.", tone="warn")
    outcome = pay_now([found], method)
    if outcome.asks:
        return see_other(reverse("portal-bank", args=[visit.id]) + f"?invoice={found.id}&method={method.id}")
    return see_other(here, outcome.says, tone=outcome.tone)


def frame(visit: Visit) -> dict[str, object]:
    """What every page of the Portal shows around its own."""
    return {
        "visit": visit.id,
        "shop": basket.merchant(),
        "return_url": visit.return_url,
        "email": visit.customer.data["email"],
        "home": reverse("portal", args=[visit.id]) + ("?home=1" if visit.session.data["flow"] else ""),
    }


def method_of(visit: Visit) -> Record | None:
    """The card that the next invoice is paid with: the subscription's own, else the customer's, else any."""
    own = [one.data["default_payment_method"] for one in visit.subscriptions()]
    found = payment_methods.paying_for(visit.customer.id, *own)
    return found or store.find("payment_method", customer=visit.customer.id).first()
