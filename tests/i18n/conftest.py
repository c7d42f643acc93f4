from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def spoken_here() -> Iterator[None]:
    """A request leaves its language behind for the thread."""
    yield
    translation.deactivate()
