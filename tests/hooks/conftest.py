from collections.abc import Iterator

import pytest

from accounts.models import User
from tests import law
from tests.dashboard.page import Visitor
from tests.jobs import acts


@pytest.fixture
def lawful(db, quick_runners) -> Iterator[None]:
    """A clean audit after every test here: no webhook moves credits."""
    yield
    law.assert_lawful()


@pytest.fixture
def company(lawful, alice) -> User:
    """Alice, on the plan that carries webhooks."""
    acts.put_on(alice, "ENTERPRISE")
    return alice


@pytest.fixture
def loopback(settings) -> None:
    """This machine may be sent to, as in a run of one's own."""
    settings.HOOKS_ALLOW_LOOPBACK = True


@pytest.fixture
def visit(company) -> Visitor:
    return Visitor(company)
