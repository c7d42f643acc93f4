from collections.abc import Iterator

import pytest
from django.test import Client

from tests import law
from tests.dashboard.page import Visitor


@pytest.fixture(autouse=True)
def stage(db) -> Iterator[None]:
    """A clean audit after every test here: no page moves credits that it should not."""
    yield
    law.assert_lawful()


@pytest.fixture
def visit(alice) -> Visitor:
    """The pages, as alice sees them."""
    return Visitor(alice)


@pytest.fixture
def nobody() -> Client:
    """Somebody who is not signed in."""
    return Client()
