"""`make run` on the product itself, in a fresh copy of its files: first start, law, end."""

import json
import shutil
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import environment
from tests.embedded.conftest import Run
from tests.embedded.processes import wait_until

LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "tests", "docs", "benchmarks", "staticfiles", "media")


@pytest.fixture
def copy() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="avatarg-")) / "fresh copy"
    shutil.copytree(environment.ROOT, folder, ignore=LEFT_OUT)
    yield folder
    shutil.rmtree(folder.parent)


def ready(run: Run) -> dict[str, object]:
    with urllib.request.urlopen(f"http://127.0.0.1:{run.port}/readyz") as answer:
        return json.load(answer)


def test_a_fresh_copy_serves_the_product_and_its_law_holds(copy):
    run = Run(copy).start().wait_until_ready(120)
    try:
        assert ready(run)["status"] == "ok"
        wait_until(lambda: ready(run)["studio"], 60, run.said)
        assert "All " in run.manage("audit")
    finally:
        assert run.end() == 0
    assert "Traceback" not in run.said()
