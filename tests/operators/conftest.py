from collections.abc import Iterator

import pytest

from tests import law
from tests.operators.desk import Operator


@pytest.fixture(autouse=True)
def stage(db, quick_runners) -> Iterator[None]:
    """Quick runners, and a clean audit after every test here: no operator can break the law."""
    yield
    law.assert_lawful()


@pytest.fixture
def operator(db) -> Operator:
    return Operator()
