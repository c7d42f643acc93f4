"""Who may enter the Portal, and what they may do there: a session, its customer, its configuration."""

import time
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from stripe_sandbox import store
from stripe_sandbox.errors import StripeError, resource_missing
from stripe_sandbox.models import Record
from stripe_sandbox.pages import basket
from stripe_sandbox.pages.answers import View, page, show

LASTS_SECONDS = 3600  # since it was last used, or made; in real time, so that winding a clock shuts nobody out
ENDED = ("canceled", "incomplete_expired")


@dataclass(frozen=True, slots=True)
class Visit:
    session: Record
    customer: Record
    features: dict[str, Any]

    @property
    def id(self) -> str:
        return self.session.id

    @property
    def return_url(self) -> str:
        """Empty for what is no address of the web: it becomes a link."""
        url = str(self.session.data["return_url"] or "")
        return url if url.startswith(("http://", "https://")) else ""

    @property
    def now(self) -> int:
        return store.now(self.customer.clock)

    def may(self, feature: str) -> bool:
        return bool(self.features[feature]["enabled"])

    def subscriptions(self) -> list[Record]:
        """Those that have not ended, newest first."""
        found = store.find("subscription", customer=self.customer.id)
        return [one for one in found if one.data["status"] not in ENDED]

    def subscription(self, id: str) -> Record:
        """One of the customer's own that has not ended."""
        found = store.get("subscription", id)
        if found.data["customer"] != self.customer.id or found.data["status"] in ENDED:
            raise resource_missing("subscription", id)
        return found

    def invoice(self, id: str) -> Record:
        found = store.get("invoice", id)
        if found.data["customer"] != self.customer.id or found.data["status"] == "draft":
            raise resource_missing("invoice", id)
        return found


def visited(view: View) -> View:
    """A page of the Portal: the view gets a Visit in place of the session's id."""

    def enter(request: HttpRequest, id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        session = store.get("billing_portal.session", id)
        customer = store.get("customer", session.data["customer"])
        features = store.get("billing_portal.configuration", session.data["configuration"]).data["features"]
        visit = Visit(session, customer, features)
        if _has_expired(session):
            return _expired(request, visit)
        session.private = {**session.private, "seen": int(time.time())}
        session.save(update_fields=["private"])
        return view(request, visit, *args, **kwargs)

    return page(enter)


def refuse_unless(allowed: bool) -> None:
    """What the configuration switches off is a page that is not there."""
    if not allowed:
        raise StripeError("The portal's configuration does not offer this.", status=404)


def _has_expired(session: Record) -> bool:
    seen = session.private.get("seen") or session.position // 1_000_000_000
    return bool(seen + LASTS_SECONDS < time.time())


def _expired(request: HttpRequest, visit: Visit) -> HttpResponse:
    shop = basket.merchant()
    context = {
        "icon": "clock", "title": "This portal session has expired", "back": visit.return_url,
        "words": f"For your safety it ends an hour after it was last used. Open it anew from {shop}.",
        "button": f"Return to {shop}",
    }  # fmt: skip
    return show(request, "pay/over.html", context, status=410)
