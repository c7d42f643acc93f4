"""What stands before the web server, and who is told when something breaks."""

import os
from urllib.parse import urlsplit

from django.conf import settings

from avatarg.findings import Finding, ok, warn, wrong
from dashboard.checkup import site

HALF_A_YEAR = 15_552_000


def to_https() -> Finding:
    if site.at_home() or settings.SECURE_SSL_REDIRECT:
        return ok("SECURE_SSL_REDIRECT", "is as it should be.")
    return warn("SECURE_SSL_REDIRECT", "is off: who comes by http stays there, unless a proxy sends them on. Set 1.")


def hsts() -> Finding:
    if settings.DEBUG:
        return ok("SECURE_HSTS_SECONDS", "is for servers: nothing is asked of it while DEBUG is on.")
    if settings.SECURE_HSTS_SECONDS >= HALF_A_YEAR:
        return ok("SECURE_HSTS_SECONDS", "is as it should be.")
    return warn("SECURE_HSTS_SECONDS", "is less than half a year: right for a trial only. Remove it.")


def proxies() -> Finding:
    if site.at_home() or settings.TRUSTED_PROXIES:
        return ok("TRUSTED_PROXIES", f"{settings.TRUSTED_PROXIES} in front.")
    return warn("TRUSTED_PROXIES", "is 0: behind a proxy all visitors share one limit of sign-ins. Behind one, set 1.")


def origins() -> Finding:
    """Needed only where the Host that arrives is not the one that people see."""
    told = [_origin(address) for address in settings.CSRF_TRUSTED_ORIGINS]
    if not all(told):
        return wrong("CSRF_TRUSTED_ORIGINS", "has one that is no origin: https:// and a host, nothing behind it.")
    if not site.at_home() and "http" in told:
        return wrong("CSRF_TRUSTED_ORIGINS", "has one of http, whose forms anybody between could send: https only.")
    return ok("CSRF_TRUSTED_ORIGINS", f"{len(told)} beside the product's own host.")


def _origin(address: str) -> str:
    """Its scheme, nothing when it is no origin."""
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and parts.hostname and not (parts.path or parts.query)
    except ValueError:
        return ""
    return parts.scheme if sound else ""


def sentry() -> Finding:
    """One that is none ends every process before it gets here: avatarg.environment tells it."""
    if not os.environ.get("SENTRY_DSN"):
        return ok("SENTRY_DSN", "is not set: errors are told in the logs alone.")
    return ok("SENTRY_DSN", "is set.")


PARTS = (to_https, hsts, proxies, origins, sentry)
