"""What every page of the sandbox does alike: no cache keeps it, a lost object is a page, a POST leads to another."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp import constants as csp
from csp.utils import build_policy
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from stripe_sandbox.errors import StripeError

NOTE = "sandbox_note"
NOTE_SECONDS = 60
View = Callable[..., HttpResponse]


def page(view: View) -> View:
    """A page of the sandbox; what Stripe does not have (404) is said on a page of its own."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except StripeError as error:
            if error.status != 404:
                raise
            missing = render(request, "stripe_sandbox/missing.html", {"said": error.message}, status=404)
            missing[csp.HEADER] = build_policy()  # its middleware spares the 404s of a debug run
            return missing

    return never_cache(answer)


def see_other(url: str, said: str = "", *, tone: str = "ok") -> HttpResponse:
    """303 to another page, which says a sentence once. The sentence travels in a signed cookie: there is no session."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    if said:
        note = signing.dumps([tone, said], salt=NOTE)
        response.set_cookie(NOTE, note, max_age=NOTE_SECONDS, httponly=True, samesite="Lax")
    return response


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render a page with the sentence that the last one left for it."""
    note = request.COOKIES.get(NOTE)
    response = render(request, f"stripe_sandbox/{template}", {**context, "said": _read(note)}, status=status)
    if note:
        response.delete_cookie(NOTE, samesite="Lax")
    return response


def _read(note: str | None) -> dict[str, str] | None:
    if not note:
        return None
    try:
        tone, text = signing.loads(note, salt=NOTE, max_age=NOTE_SECONDS)
    except signing.BadSignature:
        return None
    return {"tone": tone, "text": text}
