from collections.abc import Iterator

import pytest
from django.test import Client

from tests import law
from tests.api.calls import Api


@pytest.fixture(autouse=True)
def stage(db, quick_runners) -> Iterator[None]:
    """Quick runners, and a clean audit after every test here."""
    yield
    law.assert_lawful()


@pytest.fixture
def api(alice) -> Api:
    """The API, as alice calls it."""
    return Api(alice)


@pytest.fixture
def stranger() -> Client:
    """Somebody who is not signed in."""
    return Client()
