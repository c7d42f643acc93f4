"""Whole reports: at home, in production, of half a configuration; never a secret, never a write."""

import re
from pathlib import Path

import pytest
from django.conf import settings as live
from django.db import InternalError

from avatarg import environment as environments
from dashboard.checkup import database
from jobs import upkeep
from tests import environment
from tests.dashboard.doctor.report import SHOULD_NOT_BE_SEEN, report, report_of_process


def test_at_home_all_is_well(at_home):
    found = report()

    assert found.at("wrong") == []
    assert set(found.at("warn")) <= {"broker persistence"}, found.said  # the tests' broker keeps nothing
    assert found.code == 0
    assert found.says("STRIPE_PRICE_PRO") == "is set; the sandbox is not asked."
    assert found.says("ledger") == "is only written by its functions."


def test_in_production_only_the_test_key_is_remarked_on(stripe_here, in_production):
    found = report()

    assert found.at("wrong") == [], found.said
    assert set(found.at("warn")) <= {"broker persistence", "STRIPE_SECRET_KEY"}, found.said
    assert found.says("STRIPE_PRICE_PREMIUM") == "99.00 USD a month, at Stripe too."
    assert found.code == 0


def test_half_a_configuration_is_told_whole_before_the_settings_refuse_it():
    found = report_of_process(
        SECRET_KEY="",
        DATABASE_URL=f"postgres://someone:{SHOULD_NOT_BE_SEEN}/with#signs@host:5432/name",
        STRIPE_SECRET_KEY=f"sk_live_{SHOULD_NOT_BE_SEEN}",
        STRIPE_API_HOST=f"http://{SHOULD_NOT_BE_SEEN}",
        TEXT_API_KEY=SHOULD_NOT_BE_SEEN,
        SPEECH_MODEL="a-voice",
        MUSIC_MODEL="a-composer",
        VIDEO_URL="https://video.example",
        CONN_MAX_AGE="ten minutes",
        DATABASE_POOL="-1",
        TRUSTED_PROXIES="yes",
        S3_REGION="here",
        SENTRY_DSN=f"https://{SHOULD_NOT_BE_SEEN}",
        S3_SECRET_KEY=SHOULD_NOT_BE_SEEN,
        METRICS_TOKEN="Canary",
    )

    assert found.code == 1
    assert found.at("wrong") == [
        "SECRET_KEY", "DATABASE_URL", "CONN_MAX_AGE", "DATABASE_POOL", "TRUSTED_PROXIES", "STRIPE_WEBHOOK_SECRET",
        "STRIPE_API_HOST", "S3_ACCESS_KEY", "S3_BUCKET", "TEXT_MODEL", "SPEECH_API_KEY", "MUSIC_URL", "VIDEO_MODEL",
        "SENTRY_DSN", "METRICS_TOKEN",
    ]  # fmt: skip
    assert "Canary" not in found.said


def test_a_fresh_clone_is_told_the_three_names_it_needs_and_how_they_look():
    found = report_of_process(SECRET_KEY="", DATABASE_URL="", REDIS_URL="")
    assert (found.at("wrong"), found.code) == (["SECRET_KEY", "DATABASE_URL", "REDIS_URL"], 1)
    assert len(found.lines) == 3
    assert "secrets.token_urlsafe" in found.says("SECRET_KEY")
    assert "postgres://user:password@host:5432/name" in found.says("DATABASE_URL")
    assert "redis://:password@host:6379/0" in found.says("REDIS_URL")
    assert "`make run` needs none of them" in found.said
    assert "`make run`" not in report_of_process(SECRET_KEY="", DATABASE_URL="").said


def test_what_the_settings_refuse_the_faults_know():
    """Else the doctor could only say that they can not be read."""
    source = (environment.ROOT / "avatarg" / "settings.py").read_text()
    numbers = set(re.findall(r'env\.int\(\s*"([A-Z_]+)"', source))
    assert numbers == set(environments.NUMBERS)
    needed = set(re.findall(r'env(?:\.db_url)?\("([A-Z_]+)"\)', source))
    assert needed - {"STRIPE_API_HOST"} == set(environments.REQUIRED)


def test_no_secret_of_this_machine_is_told(in_production):
    kept = [live.DATABASES["default"]["PASSWORD"], live.STRIPE_SECRET_KEY, "Canary"]
    said = report().said
    assert [secret for secret in kept if secret and secret in said] == []
    assert Path(live.STATIC_ROOT).name not in said


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_be_written_by_a_checkup(at_home):
    with database.reading(), pytest.raises(InternalError, match="read-only"):
        upkeep.record_pulse("standard")
    upkeep.record_pulse("standard")


def test_no_file_is_made(in_production, tmp_path):
    in_production.MEDIA_ROOT = tmp_path / "not" / "yet"
    assert report().level("MEDIA_ROOT") == "ok"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["staticfiles.json"]
