"""Engines are heavy: the web server offers and checks without them, a worker loads its own before it forks."""

import os
import subprocess
import sys

import pytest

from tests import environment

HEAVY = {
    "numpy",
    "av",
    "mido",
    "onnxruntime",
    "piper",
    "resvg_py",
    "dicebear",
    "tinysoundfont",
    "xllamacpp",
    "openai",
    "fpdf",
}
OFFER = """
import django
django.setup()
from agents import catalogue, runners
from avatarg import urls, wsgi
for (agent_id, operation), runner in runners.RUNNERS.items():
    catalogue.input_schema(agent_id, operation)
    for example in runner.examples:
        catalogue.validated(runner, example)
"""
WORK = "runners.load_work(heavy=False)\n"
STUDIO = "from agents import runners\nrunners.load_work(heavy=True)\n"
TELL = "import sys\nprint(*sys.modules)"


def loaded_by(code: str) -> set[str]:
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": environment.SETTINGS, "PYTHONWARNINGS": ""}
    done = subprocess.run(
        [sys.executable, "-c", code + TELL], env=env, cwd=environment.ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_a_server_that_offers_every_operation_has_loaded_no_engine():
    assert loaded_by(OFFER) & HEAVY == set()


def test_a_worker_has_loaded_them_all():
    assert loaded_by(OFFER + WORK) >= HEAVY


def test_a_studio_has_loaded_what_films_are_made_with_and_no_text_model():
    loaded = loaded_by(f"import django\ndjango.setup()\n{STUDIO}")

    assert "av" in loaded
    assert loaded & {"xllamacpp", "openai", "fpdf"} == set()


@pytest.mark.parametrize("name", ["audio", "pictures", "speech", "music.source"])
def test_an_engine_knows_nothing_of_runners(name):
    loaded = loaded_by(f"import agents.engines.{name}\n")

    assert not any(module.startswith("agents.runners") for module in loaded)
