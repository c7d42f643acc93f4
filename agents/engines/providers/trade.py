"""What people are told of a provider's troubles: our words, never the provider's. Its own go to the log."""

import logging
import re
from dataclasses import dataclass
from typing import Any

from agents.delivery import RunFailed

log = logging.getLogger(__name__)
MOST_LOGGED = 500
REFUSALS = re.compile(r"refus|moderat|content.?(policy|filter)|safety|nsfw", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Trade:
    """One kind of provider: "picture" and "Pictures"."""

    name: str
    works: str

    def down(self) -> RunFailed:
        return RunFailed(
            f"The {self.name} provider does not answer right now. Please try again in a few minutes; "
            "your credits are back.",
            "ENGINE_UNAVAILABLE",
        )

    def slow(self) -> RunFailed:
        return RunFailed(
            f"The {self.name} provider took too long and was stopped. Please try again later; your credits are back.",
            "ENGINE_UNAVAILABLE",
        )

    def gave_up(self) -> RunFailed:
        return RunFailed(
            f"The {self.name} provider could not make this. Your credits are back; please try again.",
            "ENGINE_UNAVAILABLE",
        )

    def misset(self) -> RunFailed:
        return RunFailed(
            f"{self.works} can not be made right now; that is our fault, and your credits are back.",
            "ENGINE_UNAVAILABLE",
        )

    def broken(self) -> RunFailed:
        return RunFailed(
            f"The {self.name} provider sent an answer that could not be read. Your credits are back; please try again.",
            "ENGINE_UNAVAILABLE",
        )

    def refused(self) -> RunFailed:
        return RunFailed(
            f"The {self.name} provider would not make this. Please say it in another way; your credits are back.",
            "PROMPT_REFUSED",
        )

    def unusable(self, reason: str) -> RunFailed:
        return RunFailed(
            f"What the {self.name} provider sent is not usable: {reason}. Your credits are back; please try again.",
            "DELIVERY_INVALID",
        )

    def note(self, words: object, secret: str) -> None:
        """Log what a provider said, without the key that it may quote."""
        said = str(words).replace(secret, "***") if secret else str(words)
        log.warning("The %s provider: %r", self.name, said[:MOST_LOGGED])


PICTURES = Trade("picture", "Pictures")
MUSIC = Trade("music", "Tracks")
FILMS = Trade("video", "Videos")


def is_refusal(error: Any) -> bool:
    """Whether a provider names the prompt as the reason: by its code, or in words where there is none."""
    if isinstance(error, dict):
        error = error.get("code") or error.get("message")
    return isinstance(error, str) and bool(REFUSALS.search(error))
