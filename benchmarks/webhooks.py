"""Taking in one of Stripe's events: our inbox against what dj-stripe does in a request, on the same sandbox."""

import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

import stripe
from django.conf import settings
from django.test import RequestFactory
from djstripe.models import Event

from benchmarks.place import ROOT
from benchmarks.results import Measure, Report
from billing.views.payments import WebhookView
from embedded.configuration import free_port_near
from embedded.server import HOST
from stripe_sandbox import events, seed
from stripe_sandbox.shapes import event as event_shape

PATIENCE_SECONDS = 60
Found = dict[str, Any]


def measure_intake(report: Report, *, rounds: int, count: int = 30) -> None:
    """Both see the same update of one subscription, each time under an id of its own."""
    with sandbox() as address:
        settings.STRIPE_API_HOST = stripe.api_base = address
        subscription = subscribe()
        numbers = itertools.count()
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(seconds_each(take_in, subscription, numbers, count))
            theirs.append(seconds_each(Event.process, subscription, numbers, count))
        statements = f"{median(ours) * 1000:.2f} ms against {median(theirs) * 1000:.1f} ms"
        times = median(b / a for a, b in zip(ours, theirs, strict=True))
        report.add(Measure("webhook intake: times dj-stripe's processing in the request", times, 10, note=statements))


def take_in(event: Found) -> None:
    """The whole view: signature, inbox, answer."""
    body = json.dumps(event).encode()
    signature = events.signature(body, settings.STRIPE_WEBHOOK_SECRET)
    request = RequestFactory().post(
        "/api/billing/webhook", body, "application/json", headers={"Stripe-Signature": signature}
    )
    if WebhookView.as_view()(request).status_code != 200:
        raise RuntimeError("the webhook refused an event")


def seconds_each(act: Callable[[Found], Any], subscription: Found, numbers: Iterator[int], count: int) -> float:
    told = [about(subscription, next(numbers)) for _ in range(count)]
    start = time.perf_counter()
    for event in told:
        act(event)
    return (time.perf_counter() - start) / count


def about(subscription: Found, number: int) -> Found:
    return event_shape.build(
        id=f"evt_bench_{number}", type="customer.subscription.updated", data={"object": subscription},
        created=int(time.time()), request=None, idempotency_key=None, pending_webhooks=1,
    )  # fmt: skip


def subscribe() -> Found:
    client = stripe.StripeClient(
        settings.STRIPE_SECRET_KEY, stripe_version=settings.STRIPE_API_VERSION,
        base_addresses={"api": settings.STRIPE_API_HOST},
    ).v1  # fmt: skip
    customer = client.customers.create({"email": "bench@example.test"})
    card = client.payment_methods.attach("pm_card_visa", {"customer": customer.id})
    wanted = {"customer": customer.id, "items": [{"price": "price_sandbox_pro"}], "default_payment_method": card.id}
    return client.subscriptions.create(wanted).to_dict(for_json=True)


@contextmanager
def sandbox() -> Iterator[str]:
    """The sandbox in a process of its own, on the benchmarks' database."""
    seed.plant()
    port = str(free_port_near(0))
    address = f"http://{HOST}:{port}"
    environment = {
        **os.environ, "DEBUG": "1", "STRIPE_API_HOST": address, "DJANGO_SETTINGS_MODULE": "stripe_sandbox.settings",
    }  # fmt: skip
    command = ["granian", "--interface", "wsgi", "--host", HOST, "--port", port, "stripe_sandbox.wsgi:application"]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=environment, **silent)
    try:
        wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def wait_for(address: str) -> None:
    client = stripe.StripeClient(
        settings.STRIPE_SECRET_KEY, stripe_version=settings.STRIPE_API_VERSION, base_addresses={"api": address}
    )
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            client.v1.products.list({"limit": 1})
        except stripe.APIConnectionError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the sandbox did not start")
