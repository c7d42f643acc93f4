"""`payer`: alice on the way to a paid plan, with the sandbox in Stripe's place."""

from collections.abc import Iterator

import pytest
import stripe

from tests.billing.payers import Payer
from tests.law import assert_lawful
from tests.stripe.conftest import sandbox, sandbox_process  # noqa: F401  (fixtures)
from tests.stripe.sandboxes import Sandbox


@pytest.fixture
def stripe_here(sandbox: Sandbox, settings, monkeypatch) -> Sandbox:  # noqa: F811
    """The product, dj-stripe with it, speaks to the sandbox of this test."""
    settings.STRIPE_API_HOST = sandbox.url
    monkeypatch.setattr(stripe, "api_base", sandbox.url)
    return sandbox


@pytest.fixture
def payer(stripe_here: Sandbox, alice, client) -> Iterator[Payer]:
    client.force_login(alice)
    yield Payer(alice, client, stripe_here)
    assert_lawful()
