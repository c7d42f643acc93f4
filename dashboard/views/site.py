"""Pages that anybody may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from billing.plans import PLANS


def landing(request: HttpRequest) -> HttpResponse:
    return render(request, "site/landing.html", {"plans": PLANS.values()})


def pricing(request: HttpRequest) -> HttpResponse:
    return render(request, "site/pricing.html", {"plans": PLANS.values()})
