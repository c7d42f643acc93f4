from collections.abc import Iterator

import pytest

from tests import law


@pytest.fixture(autouse=True)
def stage(request: pytest.FixtureRequest, db, quick_runners) -> Iterator[None]:
    """Quick runners, and a clean audit after every test here, but those that break the law on purpose."""
    yield
    if "unlawful" not in request.fixturenames:
        law.assert_lawful()


@pytest.fixture
def unlawful() -> None:
    """For a test that leaves the law broken."""
