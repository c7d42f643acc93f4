"""The running sandbox as tests hold it."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import stripe

from stripe_sandbox.shapes.event import VERSION
from tests import environment

BEGIN, END = "/-/begin", "/-/end"
KEY = "sk_test_00000000000000000OfTheTests"


@dataclass(frozen=True)
class Sandbox:
    url: str
    client: stripe.StripeClient

    @property
    def v1(self) -> Any:
        return self.client.v1

    def begin(self) -> None:
        self._ask(BEGIN)

    def end(self) -> dict[str, Any]:
        """`deviations` from Stripe's description since `begin`, and the `calls` that were accepted."""
        return self._ask(END)

    def _ask(self, path: str) -> dict[str, Any]:
        with urllib.request.urlopen(self.url + path, timeout=60) as answer:  # noqa: S310  (our own child, on loopback)
            return json.load(answer)


@contextmanager
def running() -> Iterator[Sandbox]:
    """A process that serves the sandbox from this worker's database for as long as the block."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.stripe.server"],
        cwd=environment.ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "stripe_sandbox.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        url = child.stdout.readline().strip()
        assert url, "the sandbox did not start: see its words above"
        yield Sandbox(url, client_of(url))
    finally:
        child.stdin.close()
        child.wait(timeout=20)
        child.stdout.close()


def client_of(url: str, key: str = KEY, **more: Any) -> stripe.StripeClient:
    http = stripe.RequestsClient(timeout=30)
    given = {"stripe_version": VERSION, "base_addresses": {"api": url}, "http_client": http, **more}
    return stripe.StripeClient(key, **given)
