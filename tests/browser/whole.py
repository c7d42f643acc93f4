"""The whole product for a person: its pages, a worker for every queue, and the sandbox in Stripe's place."""

import os
from collections.abc import Iterator

import pytest

from embedded import app
from stripe_sandbox import seed
from tests import environment, law
from tests.browser.paying import assert_all_heard, serving
from tests.stripe.sandboxes import Sandbox

QUEUES = f"{app.QUEUES},{app.HEAVY_QUEUES}"
EMAIL, SECRET = "newcomer@example.test", "a-password-nobody-guesses"
PATIENCE = 60_000
DELIVERED = "Delivered and checked"


@pytest.fixture(scope="module")
def whole(sandbox_process: Sandbox, tmp_path_factory) -> Iterator[str]:
    """Started once for a file of tests; each begins with an empty database."""
    ours = {"DJANGO_SETTINGS_MODULE": environment.SETTINGS, "STRIPE_API_HOST": sandbox_process.url}
    with serving({**os.environ, **ours}, tmp_path_factory.mktemp("whole"), QUEUES) as address:
        yield address


@pytest.fixture
def site(whole: str, sandbox: Sandbox, settings) -> Iterator[str]:
    settings.STRIPE_SANDBOX_WEBHOOK_URL = f"{whole}/api/billing/webhook"
    seed.plant()
    yield whole
    law.assert_lawful()


@pytest.fixture
def heard(site: str) -> Iterator[None]:
    """What Stripe said in this test reached the product, all of it."""
    yield
    assert_all_heard()
