from collections.abc import Iterator

import pytest
from django.core import mail

from accounts.models import User
from tests import law
from tests.notifications import post


@pytest.fixture(autouse=True)
def lawful(db) -> Iterator[None]:
    """A clean audit after every test here: no mail moves credits."""
    yield
    law.assert_lawful()


@pytest.fixture
def welcomed(alice, bob) -> User:
    """Alice, who was welcomed before, as bob was."""
    post.notify()
    mail.outbox.clear()
    return alice
