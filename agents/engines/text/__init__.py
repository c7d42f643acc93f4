"""Text: the provider that is configured, else the small model that comes along."""

from functools import lru_cache

from django.conf import settings

from agents.engines.text.local import LocalWriter
from agents.engines.text.port import Message, TooLong, Writer, Written, nothing_written
from agents.engines.text.remote import RemoteWriter

__all__ = ["Message", "TooLong", "Writer", "Written", "nothing_written", "writer"]


def writer() -> Writer:
    if settings.TEXT_MODEL:
        return remote(settings.TEXT_MODEL, settings.TEXT_API_KEY, settings.TEXT_BASE_URL)
    return LocalWriter()


@lru_cache(maxsize=4)
def remote(model: str, key: str, base_url: str) -> RemoteWriter:
    """One for each configuration: it keeps its connections."""
    return RemoteWriter(model=model, key=key, base_url=base_url)
