"""Pages that anybody may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from billing import entitlements
from billing.plans import PLANS


def landing(request: HttpRequest) -> HttpResponse:
    return render(request, "site/landing.html", {"plans": PLANS.values()})


def pricing(request: HttpRequest) -> HttpResponse:
    context: dict[str, object] = {"plans": PLANS.values()}
    if request.user.is_authenticated:
        context["current"] = entitlements.standing_of(request.user.pk).plan
    return render(request, "site/pricing.html", context)
