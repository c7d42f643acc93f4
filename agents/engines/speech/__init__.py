"""Speech from text. Who speaks it is chosen in `speakers`; films and portraits are spoken by Joe."""

from agents.engines.speech.local import Joe, sentences_of, speak
from agents.engines.speech.port import Progress, Script, Speaker
from agents.engines.voices import speakable

__all__ = ["Joe", "Progress", "Script", "Speaker", "sentences_of", "speak", "speakable"]
