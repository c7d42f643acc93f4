from collections.abc import Iterator

import pytest

from accounts.models import User
from tests import law


@pytest.fixture(autouse=True)
def lawful(db) -> Iterator[None]:
    """A clean audit after every test here: no ticket moves credits."""
    yield
    law.assert_lawful()


@pytest.fixture
def operator(db) -> User:
    return User.objects.create_superuser("operator@example.test", "a-long-password-1")
