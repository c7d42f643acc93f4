"""A site whose only page breaks."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from avatarg.urls import handler500

__all__ = ["handler500"]


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [path("", broken)]
