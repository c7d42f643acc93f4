"""The image: what goes into it, as whom it runs."""

import re
import subprocess

from django.conf import settings

from tests.deploy import image
from tests.environment import ROOT

OURS = {one.split(".")[0] for one in settings.INSTALLED_APPS if (ROOT / one.split(".")[0]).is_dir()}


def test_hadolint_finds_nothing():
    command = [image.BIN / "hadolint", "--no-color", ROOT / "Dockerfile"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0)


def test_it_runs_as_a_number_that_is_not_root():
    [user] = image.said("USER")
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    last = [word for word, _ in image.last_stage()]
    assert last.index("USER") < last.index("CMD")


def test_it_is_built_from_a_named_version_with_hashes():
    assert re.search(r"^ARG PYTHON_IMAGE=python:3\.\d+\.\d+-slim-\w+$", image.DOCKERFILE, re.MULTILINE)
    assert re.findall(r"^FROM (\S+)", image.DOCKERFILE, re.MULTILINE) == ["${PYTHON_IMAGE}"] * 2
    installs = re.findall(r"(?:uv )?pip install(?:[^&]|\\\n)*", image.DOCKERFILE)
    assert ["--require-hashes" in one for one in installs] == [True, True]
    assert "requirements-dev" not in image.DOCKERFILE


def test_every_app_is_in_it_and_nothing_that_is_not_for_a_server():
    files = image.files()
    tops = {name.split("/")[0] for name in files}
    # the sandbox of Stripe is installed while testing
    assert tops == (OURS - {"stripe_sandbox"}) | {
        "avatarg", "deploy", "embedded", "manage.py", "static", "templates", "requirements.txt",
        "requirements-models.txt", "requirements-uv.txt",
    } | ({"locale"} if (ROOT / "locale").exists() else set())  # fmt: skip
    assert [name for name in files if name.startswith("embedded/")] == ["embedded/__init__.py", "embedded/migrate.py"]
    assert [name for name in files if ".env" in name or name.endswith(".pyc")] == []


def test_secrets_beside_the_code_stay_outside(tmp_path):
    known = image.rules()
    for name in (".env", "deploy/production.env", "deploy/compose.env", "jobs/.env", ".git/config", "tests/cast.py"):
        assert not image.taken(name, known), name
    assert image.taken("jobs/api/deep/file.py", known)


def test_no_setting_that_is_secret_is_in_its_environment():
    names = set(image.environment())
    assert names == {
        "PATH", "PYTHONPATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "DJANGO_SETTINGS_MODULE", "MEDIA_ROOT",
    }  # fmt: skip
