"""Who speaks: the provider that is configured, else Joe for English and espeak-ng for other languages.

A saved voice is a way of telling Joe, so it is always spoken here.
"""

from functools import lru_cache

from django.conf import settings

from agents.engines.speech.local import Joe
from agents.engines.speech.port import Speaker
from agents.engines.speech.remote import RemoteSpeaker
from agents.engines.speech.robot import Robot
from agents.engines.voices import ENGLISH, LanguageName


def speaker(language: LanguageName = ENGLISH, *, saved: bool = False) -> Speaker:
    if settings.SPEECH_MODEL and not saved:
        return remote(settings.SPEECH_MODEL, settings.SPEECH_API_KEY, settings.SPEECH_BASE_URL, settings.SPEECH_VOICE)
    return Joe() if language == ENGLISH else Robot()


@lru_cache(maxsize=4)
def remote(model: str, key: str, base_url: str, voice: str) -> RemoteSpeaker:
    """One for each configuration: it keeps its connections."""
    return RemoteSpeaker(model=model, key=key, base_url=base_url, voice=voice)
