"""The test cards that the pages offer, with what each does."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class TestCard:
    number: str
    does: str

    @property
    def shown(self) -> str:
        return " ".join(self.number[start : start + 4] for start in range(0, len(self.number), 4))

    @property
    def entries(self) -> dict[str, Any]:
        return {"number": self.shown, "expiry": "12 / 34", "cvc": "123", "name": "Nino Beridze"}


TEST_CARDS = (
    TestCard("4242424242424242", "Pays"),
    TestCard("5555555555554444", "Pays, a Mastercard"),
    TestCard("4000002500003155", "The bank asks first (3-D Secure)"),
    TestCard("4000000000000002", "Is declined"),
    TestCard("4000000000009995", "Has insufficient funds"),
    TestCard("4000000000000069", "Has expired"),
    TestCard("4000000000000127", "Has a wrong security code"),
    TestCard("4000000000000341", "Is kept, but fails when charged"),
    TestCard("4000000000000259", "Pays, then the payment is disputed"),
)


def entries_of(number: str) -> dict[str, Any] | None:
    """What fills the form for a test card that was asked for by its number."""
    return next((card.entries for card in TEST_CARDS if card.number == number), None)
