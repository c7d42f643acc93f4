"""Who composes and who films, where it is not done here: None says that it is."""

from functools import lru_cache

from django.conf import settings

from agents.engines.providers.tasks import TaskProvider
from agents.engines.providers.trade import FILMS, MUSIC, Trade

MOST_BYTES = {MUSIC: 40 * 1024 * 1024, FILMS: 128 * 1024 * 1024}


def composer() -> TaskProvider | None:
    if not settings.MUSIC_URL:
        return None
    return provider_at(MUSIC, settings.MUSIC_URL, settings.MUSIC_MODEL, settings.MUSIC_API_KEY)


def film_maker() -> TaskProvider | None:
    if not settings.VIDEO_URL:
        return None
    return provider_at(FILMS, settings.VIDEO_URL, settings.VIDEO_MODEL, settings.VIDEO_API_KEY)


@lru_cache(maxsize=4)
def provider_at(trade: Trade, url: str, model: str, key: str) -> TaskProvider:
    """One for each configuration: it keeps its connections."""
    return TaskProvider(trade, url=url, model=model, key=key, most_bytes=MOST_BYTES[trade])
