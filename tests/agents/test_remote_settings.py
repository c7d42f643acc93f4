"""Providers are configured whole or not at all: half a configuration is no start."""

import os
import subprocess
import sys

import pytest

from tests import environment

NAMES = [
    f"{medium}_{name}" for medium in ("IMAGE", "MUSIC", "VIDEO") for name in ("MODEL", "API_KEY", "URL", "BASE_URL")
]


def said_by_settings(**given):
    env = {**os.environ, **dict.fromkeys(NAMES, ""), "DJANGO_SETTINGS_MODULE": environment.SETTINGS, **given}
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"], env=env, cwd=environment.ROOT, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    return done.stderr if done.returncode else "started"


@pytest.mark.parametrize(
    "given",
    [
        {"IMAGE_MODEL": "m"},
        {"IMAGE_API_KEY": "k-77"},
        {"IMAGE_BASE_URL": "http://localhost:9/v1"},
        {"MUSIC_URL": "http://localhost:9"},
        {"MUSIC_MODEL": "m"},
        {"MUSIC_API_KEY": "k-77"},
        {"VIDEO_URL": "http://localhost:9", "VIDEO_API_KEY": "k-77"},
        {"VIDEO_MODEL": "m", "VIDEO_API_KEY": "k-77"},
    ],
    ids=" ".join,
)
def test_half_a_provider_is_refused_in_words_without_its_key(given):
    said = said_by_settings(**given)
    assert "ImproperlyConfigured" in said
    assert any(name.partition("_")[0] in said.splitlines()[-1] for name in given)
    assert "k-77" not in said


def test_whole_ones_start():
    whole = {"IMAGE_MODEL": "m", "IMAGE_API_KEY": "k"}
    whole |= {f"{medium}_{name}": "http://localhost:9" for medium in ("MUSIC", "VIDEO") for name in ("URL", "MODEL")}
    assert said_by_settings(**whole) == "started"
