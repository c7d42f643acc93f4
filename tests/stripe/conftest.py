"""`sandbox`: the real thing over HTTP, seeded, in the test's own database. Deviations from Stripe fail the test."""

from collections.abc import Iterator

import pytest

from stripe_sandbox import seed
from tests.stripe import inbox as inboxes
from tests.stripe.sandboxes import Sandbox, running


@pytest.fixture(scope="session")
def sandbox_process(django_db_setup: None) -> Iterator[Sandbox]:
    """One process for the whole session; between tests it rests."""
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(sandbox_process: Sandbox, transactional_db: None) -> Iterator[Sandbox]:
    seed.plant()
    sandbox_process.begin()
    yield sandbox_process
    deviations = sandbox_process.end()["deviations"]
    assert not deviations, "Not as Stripe describes it:\n" + "\n".join(deviations)


@pytest.fixture
def inbox(sandbox: Sandbox) -> Iterator[inboxes.Inbox]:
    """A webhook endpoint that wants every event."""
    with inboxes.listening() as opened:
        made = sandbox.v1.webhook_endpoints.create({"url": opened.url, "enabled_events": ["*"]})
        opened.secret = made.secret
        yield opened
    assert not opened.deviations, "\n".join(opened.deviations)
