"""The people of the tests. Each is made as the product makes them, with what everybody gets: FREE and 100 credits."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from accounts.models import User

PASSWORD = "a-password-of-the-cast"


class QuickHasher(PBKDF2PasswordHasher):
    """The product's own hash after one round instead of a million: its other processes can check it too."""

    iterations = 1


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.QuickHasher"]


@pytest.fixture(autouse=True)
def door_left_ajar(settings) -> None:
    """Operators of the tests come without a second factor, but where the door itself is tried."""
    settings.OPERATORS_NEED_SECOND_FACTOR = False


@pytest.fixture
def alice(db) -> User:
    return User.objects.create_user(email="alice@example.test", password=PASSWORD)


@pytest.fixture
def bob(db) -> User:
    return User.objects.create_user(email="bob@example.test", password=PASSWORD)


@pytest.fixture
def charlie(db) -> User:
    return User.objects.create_user(email="charlie@example.test", password=PASSWORD)
