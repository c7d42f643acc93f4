import socket
from contextlib import closing
from datetime import UTC, datetime

import pytest

from billing.models import WebhookEvent
from jobs import upkeep
from tests.billing.conftest import stripe_here  # noqa: F401  (fixtures)
from tests.dashboard.doctor.report import A_LONG_SECRET
from tests.stripe.conftest import sandbox, sandbox_process  # noqa: F401  (fixtures)


@pytest.fixture
def post():
    """A mail server, as far as taking connections goes."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


@pytest.fixture
def at_home(settings):
    """As `make run` sets it."""
    settings.DEBUG = True
    settings.SITE_URL = "http://localhost:8000"
    settings.EMAIL_BACKEND = "notifications.console.EmailBackend"
    for kind in ("standard", "heavy"):
        upkeep.record_pulse(kind)
    return settings


@pytest.fixture
def in_production(at_home, post, tmp_path):
    settings = at_home
    (tmp_path / "staticfiles.json").write_text("{}")
    known = {
        "DEBUG": False,
        "SECRET_KEY": A_LONG_SECRET,
        "CRON_SECRET": A_LONG_SECRET,
        "ALLOWED_HOSTS": ["avatarg.example"],
        "SITE_URL": "https://avatarg.example",
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": post,
        "EMAIL_HOST_PASSWORD": A_LONG_SECRET,
        "DEFAULT_FROM_EMAIL": "Avatar G <hello@avatarg.dev>",
        "STATIC_ROOT": tmp_path,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "TRUSTED_PROXIES": 1,
        "STRIPE_SANDBOX": False,
        "STRIPE_WEBHOOK_SECRET": f"whsec_{A_LONG_SECRET}",
        "STRIPE_PRICES": {plan: f"price_sandbox_{plan.lower()}" for plan in ("PRO", "PREMIUM", "ENTERPRISE")},
    }
    for name, value in known.items():
        setattr(settings, name, value)
    WebhookEvent.objects.create(id="evt_1", type="invoice.paid", created_at=datetime.now(UTC), state="processed")
    return settings
