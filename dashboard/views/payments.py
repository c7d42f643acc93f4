"""Billing: the page, the way to Stripe's pages, and the way back."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from avatarg.errors import Refusal
from billing import checkout, entitlements
from billing.errors import StripeUnavailable
from dashboard import cards, words
from dashboard.views.member import member, member_page, see_other, tell

STILL_COMING = gettext_lazy("Stripe has not confirmed the payment yet. Your plan changes by itself as soon as it does.")
NOT_CHARGED = gettext_lazy("You left the payment page. Nothing was charged.")
NOT_READ = gettext_lazy("Stripe does not answer just now. What you did there will show here in a moment.")


@require_safe
@member_page
def billing(request: HttpRequest) -> HttpResponse:
    if "checkout" in request.GET or "portal" in request.GET:
        come_back(request)
        return see_other(reverse("billing"))
    return render(request, "dashboard/billing.html", cards.billing_cards(member(request)))


def come_back(request: HttpRequest) -> None:
    """Somebody returns from Stripe: read what they did there, and say so."""
    if request.GET.get("checkout") == "canceled":
        tell(request, str(NOT_CHARGED))
        return
    user_id = member(request)
    try:
        checkout.come_back(user_id)
    except StripeUnavailable:
        tell(request, str(NOT_READ), ok=False)
        return
    if request.GET.get("checkout") == "success":
        standing = entitlements.standing_of(user_id)
        if standing.plan.price_cents and standing.is_active:
            named = {"plan": standing.plan.name, "credits": words.amount(standing.plan.credits)}
            tell(request, _("Welcome to %(plan)s. Your %(credits)s credits are here.") % named)
        elif standing.is_active:
            tell(request, str(STILL_COMING))


@require_POST
@member_page
def upgrade(request: HttpRequest) -> HttpResponse:
    try:
        started = checkout.start_checkout(
            user_id=member(request), plan=request.POST.get("plan", ""), back=back(request)
        )
    except Refusal as refusal:
        return refused(request, refusal)
    return see_other(started["url"])


@require_POST
@member_page
def portal(request: HttpRequest) -> HttpResponse:
    try:
        return see_other(checkout.open_portal(user_id=member(request), back=f"{back(request)}?portal=back"))
    except Refusal as refusal:
        return refused(request, refusal)


def back(request: HttpRequest) -> str:
    return request.build_absolute_uri(settings.BILLING_PAGE)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    tell(request, refusal.message, ok=False)
    return see_other(reverse("billing"))
