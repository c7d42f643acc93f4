"""One line for each wrong setting."""

import pytest

from tests.dashboard.doctor.report import A_LONG_SECRET, NOWHERE, report

WRONG = [
    ("SECRET_KEY", "short", "SECRET_KEY", "can be guessed"),
    ("SECRET_KEY", "django-insecure-" + "abcdefghij" * 6, "SECRET_KEY", "can be guessed"),
    ("DEBUG", True, "DEBUG", "Set DEBUG=0"),
    ("ALLOWED_HOSTS", [], "ALLOWED_HOSTS", "is empty"),
    ("ALLOWED_HOSTS", ["*"], "ALLOWED_HOSTS", "any name"),
    ("ALLOWED_HOSTS", ["another.example"], "ALLOWED_HOSTS", "lacks the host of SITE_URL"),
    ("SITE_URL", "http://localhost:8000", "SITE_URL", "is this machine"),
    ("SITE_URL", "http://avatarg.example", "SITE_URL", "not https"),
    ("SITE_URL", "avatarg.example", "SITE_URL", "is no address"),
    ("CRON_SECRET", "cron", "CRON_SECRET", "can be guessed"),
    ("EMAIL_BACKEND", "notifications.console.EmailBackend", "EMAIL_URL", "sends nothing (console)"),
    ("EMAIL_PORT", 9, "EMAIL_URL", "nobody answers on port 9"),
    ("DEFAULT_FROM_EMAIL", "Avatar G <hello@avatarg.test>", "DEFAULT_FROM_EMAIL", "nowhere"),
    ("DEFAULT_FROM_EMAIL", "Avatar G", "DEFAULT_FROM_EMAIL", "is no address"),
    ("SUPPORT_EMAIL", "support", "SUPPORT_EMAIL", "is no address"),
    ("MEDIA_ROOT", "/dev/null/media", "MEDIA_ROOT", "can not be written to"),
    ("STATIC_ROOT", "/nowhere", "STATIC_ROOT", "collectstatic"),
    ("STRIPE_SANDBOX", True, "STRIPE_SANDBOX", "Remove STRIPE_SANDBOX"),
    ("STRIPE_SECRET_KEY", "pk_live_x", "STRIPE_SECRET_KEY", "is not a secret key"),
    ("STRIPE_WEBHOOK_SECRET", "", "STRIPE_WEBHOOK_SECRET", "is not set"),
    ("STRIPE_WEBHOOK_SECRET", "we_1", "STRIPE_WEBHOOK_SECRET", "does not begin with whsec_"),
    ("STRIPE_PRICES", {"PRO": ""}, "STRIPE_PRICE_PRO", "can not be bought"),
    ("STRIPE_PRICES", {"PRO": "prod_1"}, "STRIPE_PRICE_PRO", "not prod_"),
    ("STRIPE_PRICES", {"PRO": "price_1", "PREMIUM": "price_1"}, "STRIPE_PRICE_PRO", "of PREMIUM too"),
    ("CSRF_TRUSTED_ORIGINS", ["avatarg.example"], "CSRF_TRUSTED_ORIGINS", "no origin"),
    ("CSRF_TRUSTED_ORIGINS", ["https://avatarg.example/in"], "CSRF_TRUSTED_ORIGINS", "no origin"),
    ("CSRF_TRUSTED_ORIGINS", ["http://avatarg.example"], "CSRF_TRUSTED_ORIGINS", "https only"),
    ("TEXT_API_KEY", "sk-x", "TEXT_MODEL", "by halves"),
    ("MUSIC_MODEL", "composer", "MUSIC_MODEL", "by halves"),
]


@pytest.mark.parametrize(("name", "value", "about", "says"), WRONG)
def test_a_wrong_setting_is_named_with_what_mends_it(in_production, name, value, about, says):
    setattr(in_production, name, value)
    found = report()
    assert (found.level(about), found.code) == ("wrong", 1)
    assert says in found.says(about)
    assert "Canary" not in found.said


def test_a_server_is_judged_as_one_while_debug_is_still_on_there(in_production):
    in_production.DEBUG = True
    in_production.EMAIL_BACKEND = "notifications.console.EmailBackend"
    in_production.DEFAULT_FROM_EMAIL = "Avatar G <hello@avatarg.test>"
    in_production.SECURE_SSL_REDIRECT, in_production.TRUSTED_PROXIES = False, 0
    found = report()
    assert found.at("wrong") == ["DEBUG", "EMAIL_URL", "DEFAULT_FROM_EMAIL"]
    assert {"SECURE_SSL_REDIRECT", "TRUSTED_PROXIES"} <= set(found.at("warn"))


REMARKS = [
    ("SECURE_SSL_REDIRECT", False, "is off"),
    ("SECURE_HSTS_SECONDS", 3600, "less than half a year"),
    ("TRUSTED_PROXIES", 0, "share one limit"),
]


@pytest.mark.parametrize(("name", "value", "says"), REMARKS)
def test_what_is_right_for_a_trial_only_is_remarked_on(in_production, name, value, says):
    setattr(in_production, name, value)
    found = report()
    assert (found.level(name), found.code) == ("warn", 0)
    assert says in found.says(name)


@pytest.mark.parametrize(
    ("value", "says"), [("", "logs alone"), (f"https://{A_LONG_SECRET}@sentry.example/1", "is set.")]
)
def test_whether_errors_are_reported_is_told_without_the_key(in_production, monkeypatch, value, says):
    monkeypatch.setenv("SENTRY_DSN", value)
    found = report()
    assert says in found.says("SENTRY_DSN")
    assert "Canary" not in found.said


def test_a_provider_where_nobody_answers_is_wrong(in_production):
    in_production.TEXT_MODEL, in_production.TEXT_API_KEY = "writer", A_LONG_SECRET
    in_production.TEXT_BASE_URL = f"http://{NOWHERE}/v1?key={A_LONG_SECRET}"
    in_production.VIDEO_MODEL, in_production.VIDEO_URL = "film", f"nothing://{A_LONG_SECRET}"
    found = report()
    assert "Nobody answers there" in found.says("TEXT_BASE_URL")
    assert "is no address" in found.says("VIDEO_URL")
    assert "Canary" not in found.said


def test_a_provider_that_takes_connections_is_well(in_production, post):
    in_production.IMAGE_MODEL, in_production.IMAGE_BASE_URL = "painter", f"http://127.0.0.1:{post}"
    assert report().level("IMAGE_BASE_URL") == "ok"


def test_packages_that_are_not_those_of_the_lock(in_production, tmp_path):
    in_production.BASE_DIR = tmp_path
    (tmp_path / "requirements.txt").write_text("django==1.0 \\\n    --hash=sha256:0\nnothing==2.0\n")
    found = report()
    assert found.level("packages") == "wrong"
    assert "django, nothing" in found.says("packages")


@pytest.mark.parametrize(
    ("address", "says"), [("", "in the admin alone"), ("Desk <desk@avatarg.dev>", "replies are told")]
)
def test_where_tickets_are_told_is_said(in_production, address, says):
    in_production.SUPPORT_EMAIL = address
    found = report()
    assert (found.level("SUPPORT_EMAIL"), says in found.says("SUPPORT_EMAIL")) == ("ok", True)
