"""Providers of models: where each is, and whether anybody answers there. No key leaves for it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from avatarg.findings import Finding, ok, warn, wrong
from dashboard.checkup import bounded

OPENAI = "https://api.openai.com/v1"
PORTS = {"https": 443, "http": 80}


def check() -> Iterator[Finding]:
    for medium in ("TEXT", "SPEECH", "IMAGE"):
        key, name = f"{medium}_API_KEY", f"{medium}_BASE_URL"
        model, address = getattr(settings, f"{medium}_MODEL"), getattr(settings, name)
        yield _judged(medium, name, model, address, half=bool(getattr(settings, key) or address) != bool(model))
    for medium in ("MUSIC", "VIDEO"):
        name = f"{medium}_URL"
        model, address = getattr(settings, f"{medium}_MODEL"), getattr(settings, name)
        half = bool(address) != bool(model) or bool(getattr(settings, f"{medium}_API_KEY") and not address)
        yield _judged(medium, name, model, address, half=half)


def _judged(medium: str, name: str, model: str, address: str, *, half: bool) -> Finding:
    if half:
        return wrong(
            f"{medium}_MODEL", f"and its key or address are set by halves: .env.example has all of {medium}_…."
        )
    if not model:
        return ok(name, "is not set: made here, offline.")
    parts = _parts(address or OPENAI)
    if parts is None:
        return wrong(name, "is no address: https:// and the provider's host.")
    if bounded.listens(*parts):
        return ok(name, "Somebody answers there; whether the key is taken shows the first job.")
    if not address:
        return warn(name, "is not set, and OpenAI's own address does not answer: jobs would fail and be refunded.")
    return wrong(name, "Nobody answers there: jobs would fail and be refunded. Is it running, is the address right?")


def _parts(address: str) -> tuple[str, int] | None:
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    return (parts.hostname, port) if parts.hostname else None
