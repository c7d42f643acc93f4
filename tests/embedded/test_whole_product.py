"""`make run` on the product itself, in a fresh copy of its files: first start, law, end."""

import shutil
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import environment
from tests.embedded.conftest import Run

LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "tests", "docs", "benchmarks", "staticfiles", "media")


@pytest.fixture
def copy() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="avatarg-")) / "fresh copy"
    shutil.copytree(environment.ROOT, folder, ignore=LEFT_OUT)
    yield folder
    shutil.rmtree(folder.parent)


def test_a_fresh_copy_serves_the_product_and_its_law_holds(copy):
    run = Run(copy).start().wait_until_ready(120)
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{run.port}/readyz") as answer:
            assert answer.status == 200
        assert "All " in run.manage("audit")
    finally:
        assert run.end() == 0
    assert "Traceback" not in run.said()
