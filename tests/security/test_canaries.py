"""Secrets are searched for in every page, answer, header, log line and file that anybody is given."""

import io
import logging

import pytest
from django.conf import settings as live
from django.test import Client

from accounts.models import ApiKey, User
from avatarg import logs
from tests.cast import PASSWORD
from tests.environment import FIXED
from tests.security import routes, world

METRICS = "metrics-token-of-the-tests"


@pytest.fixture
def lines():
    """All that is logged, down to DEBUG, as a server writes it."""
    stream = io.StringIO()
    config = logs.configuration(level="DEBUG", as_json=True, masking=live.MASKING)
    formatter = logging.config.DictConfigurator(config).configure_formatter(config["formatters"]["line"])
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def canaries(here: world.World) -> dict[str, str]:
    key = ApiKey.objects.get(user=here.alice)
    people = {f"password of {user.email}": user.password for user in User.objects.all()}
    return {
        "SECRET_KEY": FIXED["SECRET_KEY"],
        "CRON_SECRET": FIXED["CRON_SECRET"],
        "STRIPE_SECRET_KEY": FIXED["STRIPE_SECRET_KEY"],
        "STRIPE_WEBHOOK_SECRET": FIXED["STRIPE_WEBHOOK_SECRET"],
        "METRICS_TOKEN": METRICS,
        "database": live.DATABASES["default"]["PASSWORD"],
        "key": here.token,
        "key's hash": str(key.hash),
        "their password": PASSWORD,
        **people,
    }


def leaks(where: str, text: str, secrets: dict[str, str]) -> list[str]:
    return [f"{name} in {where}" for name, secret in secrets.items() if secret and secret in text]


def whole(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    cookies = answer.cookies.output() if hasattr(answer, "cookies") else ""
    return f"{dict(answer.headers)} {cookies} {body.decode(errors='replace')}"


def test_no_page_answer_header_file_or_log_line_holds_a_secret(alice, bob, settings, quick_runners, lines):
    settings.METRICS_TOKEN = METRICS
    settings.API_RATES = dict.fromkeys(settings.API_RATES, "10000/minute")
    here = world.made(alice, bob)
    secrets = canaries(here)

    found = [
        leak
        for row in routes.ROWS
        for comer, answer in here.answers(row.method, row.path, row.body)
        for leak in leaks(f"{row.method} {row.path} for {comer}", whole(answer), secrets)
    ]

    assert found == []
    assert leaks("the log", lines.getvalue(), secrets) == []
    assert lines.getvalue().count("\n") > len(routes.ROWS)


def test_a_page_that_breaks_tells_nothing(alice, monkeypatch, lines, settings):
    settings.DEBUG = False
    monkeypatch.setattr("dashboard.views.home.render", lambda *_: int(f"{FIXED['SECRET_KEY']}{here.token}"))
    here = world.made(alice, User.objects.create_user(email="bob@example.test", password=PASSWORD))
    client = Client(raise_request_exception=False)
    client.force_login(alice)

    answer = client.get("/dashboard")

    secrets = canaries(here)
    assert answer.status_code == 500
    assert leaks("the page", whole(answer), secrets) == []
    assert "Traceback" in lines.getvalue()
    assert leaks("the log", lines.getvalue(), secrets) == []
