"""What must stand before Django's settings are read: servers and the environment, for this process and its children.

tests/conftest.py calls `prepare` first of all. The controlling process starts PostgreSQL and Valkey under
`.local/test`, or the next free `.local/test-N` when another test session holds that one; the workers of pytest-xdist
inherit the addresses and each has a database and a Valkey number of its own.

With DATABASE_URL or REDIS_URL in the *environment* (`.env` does not count: it may name a database that matters) those
servers are used instead. DATABASE_URL must then be a superuser's, for the ledger can only be emptied by one, and it is
the owner and the application in one: tests of what the application's role may not do are meant for the embedded one.
"""

import atexit
import contextlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import django

from embedded.folder import AlreadyRunning
from embedded.services import Services, services

ROOT = Path(__file__).resolve().parent.parent
SLOTS = 9
SETTINGS = "avatarg.settings"
OWNER, APP, REDIS = "TEST_OWNER_URL", "TEST_APP_URL", "TEST_REDIS_URL"
FIXED = {
    "DEBUG": "1",  # cookies over plain http, static files without a manifest; pytest-django turns settings.DEBUG off
    "EMBEDDED": "0",
    "SECRET_KEY": "for-tests-only-and-long-enough-to-please-the-checks",
    "CRON_SECRET": "cron-secret-of-the-tests",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "EMAIL_URL": "",
    "STRIPE_SECRET_KEY": "sk_test_00000000000000000OfTheTests",
    "STRIPE_WEBHOOK_SECRET": "whsec_of_the_tests",
    "STRIPE_PUBLISHABLE_KEY": "pk_test_00000000000000000OfTheTests",
    "STRIPE_PRICE_PRO": "price_sandbox_pro",
    "STRIPE_PRICE_PREMIUM": "price_sandbox_premium",
    "STRIPE_PRICE_ENTERPRISE": "price_sandbox_enterprise",
    "STRIPE_SANDBOX": "1",
    "STRIPE_API_HOST": "http://127.0.0.1:9",  # nobody listens: a test that needs Stripe starts the sandbox
}

_open = contextlib.ExitStack()
stop = _open.close
atexit.register(stop)


@dataclass(frozen=True)
class Urls:
    """The servers as the whole session knows them, each with a database that is not to be touched."""

    owner: str
    app: str
    redis: str


def prepare() -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _start_servers()
    session = urls()
    media = _open.enter_context(tempfile.TemporaryDirectory(prefix="avatarg-media-"))
    os.environ.update(
        FIXED,
        DATABASE_URL=with_database(session.app, database_name()),
        REDIS_URL=with_database(session.redis, str(worker_number())),
        MEDIA_ROOT=media,
        STATIC_ROOT=_open.enter_context(tempfile.TemporaryDirectory(prefix="avatarg-static-")),
    )
    # Gone again afterwards: a worker of xdist that inherited it would read the settings before it gets here.
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    django.setup()
    del os.environ["DJANGO_SETTINGS_MODULE"]


def urls() -> Urls:
    return Urls(os.environ[OWNER], os.environ[APP], os.environ[REDIS])


def worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


def worker_number() -> int:
    """The number of this worker's Valkey database; 0 for a process that runs all tests."""
    return 0 if worker() == "alone" else int(worker().removeprefix("gw")) + 1


def database_name() -> str:
    return f"test_avatarg_{worker()}"


def with_database(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _start_servers() -> None:
    database, broker = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    started = _free_slot(want_postgres=not database, want_valkey=not broker) if not (database and broker) else None
    os.environ[OWNER] = database or started.owner_url
    os.environ[APP] = database or started.app_url
    os.environ[REDIS] = broker or started.redis_url


def _free_slot(**wanted: bool) -> Services:
    for number in range(1, SLOTS + 1):
        root = ROOT / ".local" / ("test" if number == 1 else f"test-{number}")
        with contextlib.suppress(AlreadyRunning):
            return _open.enter_context(services(root, durable=False, **wanted))
    raise SystemExit(f"{SLOTS} test sessions already run from this folder: wait for one to end.")
