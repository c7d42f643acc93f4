"""What can be said of the environment before the settings are read, for they refuse half a configuration at its first
fault. Names are told, never values: a misplaced quote makes a password part of anything."""

import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping

import environ
from django.conf import settings
from sentry_sdk.utils import BadDsn, Dsn

from avatarg.findings import Finding, wrong

REQUIRED = {
    "SECRET_KEY": "a long random word; python -c 'import secrets; print(secrets.token_urlsafe(48))' makes one",
    "DATABASE_URL": "postgres://user:password@host:5432/name",
    "REDIS_URL": "redis://:password@host:6379/0",
}
AT_HOME = ' On one\'s own machine `make run` needs none of them, and `make manage ARGS="doctor"` looks at that.'
NUMBERS = (
    "CONN_MAX_AGE", "SECURE_HSTS_SECONDS", "MAX_UPLOAD_BYTES", "JOBS_KEPT_DAYS", "JOBS_LEASE_SECONDS",
    "JOBS_RING_AGAIN_SECONDS", "JOBS_SWEEP_SECONDS", "AUDIT_MOST_FROZEN", "DATABASE_POOL", "TRUSTED_PROXIES",
)  # fmt: skip
Given = Mapping[str, str]


def examine_first() -> None:
    """Ends the process with what is wrong, when that keeps the settings from being read."""
    refusal = ""
    try:
        _ = settings.DEBUG
    except Exception as error:
        refusal = type(error).__name__
    found = list(faults(os.environ))
    if refusal and not found:
        found = [wrong("settings", f"can not be read ({refusal}): `manage.py check` has the sentence.")]
    if found:
        fresh = "" if any(os.environ.get(name) for name in REQUIRED) else AT_HOME
        print(*found, f"Nothing else can be looked at before that is mended.{fresh}", sep="\n")  # noqa: T201
        sys.exit(1)


def faults(given: Given) -> Iterator[Finding]:
    for name, example in REQUIRED.items():
        if not given.get(name):
            yield wrong(name, f"is not set: {example}.")
    yield from _unreadable(given)
    yield from _stripe(given)
    yield from _bucket(given)
    yield from _halves(given)
    if given.get("SENTRY_DSN") and not is_dsn(given["SENTRY_DSN"]):
        yield wrong("SENTRY_DSN", "is none: https://key@host/number, from the project's settings at Sentry.")
    if 0 < len(given.get("METRICS_TOKEN", "")) < 16:
        yield wrong("METRICS_TOKEN", "is too short: 16 characters or more, for it opens /metrics to whoever has it.")


def _unreadable(given: Given) -> Iterator[Finding]:
    for name, read in (("DATABASE_URL", environ.Env.db_url_config), ("EMAIL_URL", environ.Env.email_url_config)):
        if given.get(name) and not _read(read, given[name]):
            yield wrong(name, "can not be read: write signs like @ : / # % in a password as %40 %3A %2F %23 %25.")
    for name in NUMBERS:
        if name in given and not given[name].strip().isdecimal():
            yield wrong(name, "is not a whole number.")


def _read(read: Callable[[str], dict[str, object]], value: str) -> bool:
    try:
        with warnings.catch_warnings(action="error"):
            return bool(read(value))
    except Exception:  # whatever a parser stumbles over
        return False


def _stripe(given: Given) -> Iterator[Finding]:
    if given.get("STRIPE_SECRET_KEY") and not given.get("STRIPE_WEBHOOK_SECRET"):
        yield wrong(
            "STRIPE_WEBHOOK_SECRET",
            "is not set, but STRIPE_SECRET_KEY is: anybody could send Stripe's events, so nothing starts without it. "
            "It is shown with the webhook at Stripe: docs/stripe.md, step 4.",
        )
    sandbox = _is_on(given, "STRIPE_SANDBOX") and _is_on(given, "DEBUG")
    if given.get("STRIPE_API_HOST") and not (sandbox and given.get("STRIPE_SECRET_KEY", "").startswith("sk_test_")):
        yield wrong("STRIPE_API_HOST", "is for the local sandbox (STRIPE_SANDBOX=1, DEBUG=1, a test key): remove it.")


def is_dsn(value: str) -> bool:
    """Whether Sentry's library takes it; it ends the process over others."""
    try:
        return bool(Dsn(value).project_id)
    except (BadDsn, ValueError):
        return False


def _bucket(given: Given) -> Iterator[Finding]:
    key, secret = given.get("S3_ACCESS_KEY"), given.get("S3_SECRET_KEY")
    if bool(key) != bool(secret):
        missing = "S3_SECRET_KEY" if key else "S3_ACCESS_KEY"
        yield wrong(missing, "is not set, but its other half is: both, or neither for the machine's own.")
    others = [name for name in ("S3_ENDPOINT_URL", "S3_REGION", "S3_PREFIX", "S3_ACCESS_KEY") if given.get(name)]
    if others and not given.get("S3_BUCKET"):
        yield wrong("S3_BUCKET", f"is not set, but {others[0]} is: in which bucket are the files to lie?")


def _halves(given: Given) -> Iterator[Finding]:
    for medium in ("TEXT", "SPEECH", "IMAGE"):
        model, key, address = (given.get(f"{medium}_{name}") for name in ("MODEL", "API_KEY", "BASE_URL"))
        if (key or address) and not model:
            yield wrong(f"{medium}_MODEL", f"is not set, but {medium}_API_KEY or {medium}_BASE_URL is: which model?")
        if model and not (key or address):
            yield wrong(
                f"{medium}_API_KEY", f"is not set, nor {medium}_BASE_URL: where is the model of {medium}_MODEL?"
            )
    for medium in ("MUSIC", "VIDEO"):
        model, key, address = (given.get(f"{medium}_{name}") for name in ("MODEL", "API_KEY", "URL"))
        if (model or key) and not address:
            yield wrong(f"{medium}_URL", "is not set, but others of this provider are: where is it?")
        if address and not model:
            yield wrong(f"{medium}_MODEL", f"is not set, but {medium}_URL is: which model?")


def _is_on(given: Given, name: str) -> bool:
    return given.get(name, "").lower() in environ.Env.BOOLEAN_TRUE_STRINGS
