"""A backup, brought back into another cluster, is the product: its law holds and people sign in."""

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from embedded import binaries
from embedded.services import services
from tests import environment, law
from tests.jobs import acts

EMAIL, PASSWORD = "keeper@avatarg.dev", "a-password-nobody-guesses"
BIN = binaries.postgres_folder() / "bin"
SIGN_IN = """
from allauth.account.models import EmailAddress
from django.test import Client
from jobs.models import Artifact
from credits import selectors
client = Client()
answer = client.post("/accounts/login/", {"login": %r, "password": %r})
with Artifact.objects.get().file.open("rb") as stream:
    print(answer.status_code, client.get("/dashboard").status_code, len(stream.read()))
"""


def run(*command: object, **more: str) -> str:
    done = subprocess.run(
        [str(word) for word in command], cwd=environment.ROOT, env={**os.environ, **more}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def back_up(folder: Path, owner_url: str, **more: str) -> list[str]:
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    run(environment.ROOT / "deploy" / "backup.sh", folder, PATH=path, DATABASE_URL=owner_url, **more)
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture
def keeper(transactional_db, quick_runners) -> User:
    """Somebody who has had a job done."""
    user = User.objects.create_user(EMAIL, PASSWORD)
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    assert acts.finished(user).status == "completed"
    return user


def test_the_last_few_backups_are_kept(owner_url, tmp_path, transactional_db):
    for day in range(1, 4):
        (tmp_path / f"avatarg-2026010{day}T000000Z.dump").touch()
        (tmp_path / f"media-2026010{day}T000000Z.tar").touch()
    (tmp_path / "notes.txt").touch()
    left = back_up(tmp_path, owner_url, MEDIA_ROOT="", KEEP="2")
    assert left[1:] == [
        left[1], "media-20260102T000000Z.tar", "media-20260103T000000Z.tar", "notes.txt",
    ]  # fmt: skip
    assert (left[0], left[1][:8]) == ("avatarg-20260103T000000Z.dump", "avatarg-")


@pytest.mark.soak
def test_a_backup_restored_elsewhere_is_the_product(keeper, owner_url, tmp_path, settings):
    law.assert_lawful()
    default_storage.save("left-over.txt", ContentFile(b"a file of no row"))
    folder = tmp_path / "backups"
    folder.mkdir()
    tar, dump = sorted(back_up(folder, owner_url, MEDIA_ROOT=str(settings.MEDIA_ROOT)), reverse=True)

    media = tmp_path / "media"
    with tarfile.open(folder / tar) as packed:
        packed.extractall(media, filter="data")
    with services(tmp_path / "elsewhere", durable=False, want_valkey=False) as fresh:
        run(BIN / "pg_restore", f"--dbname={fresh.owner_url}", "--exit-on-error", folder / dump)
        there = {"DATABASE_URL": fresh.app_url, "MEDIA_ROOT": str(media)}
        told = run(sys.executable, "manage.py", "audit", **there)
        assert told.splitlines()[-1].endswith("rules hold.")
        assert told.splitlines()[-1].startswith("All ")
        seen = run(sys.executable, "manage.py", "shell", "--verbosity=0", "-c", SIGN_IN % (EMAIL, PASSWORD), **there)
        assert [int(word) for word in seen.split()][:2] == [302, 200]
        assert int(seen.split()[2]) > 0
        doctor = subprocess.run(
            [sys.executable, "manage.py", "doctor", "--no-color"], cwd=environment.ROOT, env={**os.environ, **there},
            capture_output=True, text=True, check=False,
        ).stdout  # fmt: skip
        assert "is only written by its functions." in doctor
