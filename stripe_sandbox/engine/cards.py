"""Stripe's test cards: what each does, by its number or by the name of a ready-made payment method."""

from dataclasses import dataclass
from typing import Any

from stripe_sandbox.errors import StripeError, card_declined

PAYS, DECLINES, ATTACHES_THEN_FAILS, ASKS_3DS, DISPUTES = (
    "pays",
    "declines",
    "attaches_then_fails",
    "asks_3ds",
    "disputes",
)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """`again`: 3-D Secure is asked even of a card that was authenticated and kept for later."""

    kind: str = PAYS
    code: str = "card_declined"
    decline_code: str | None = None
    message: str = "Your card was declined."
    again: bool = False
    dispute_reason: str = ""

    def refusal(self, **extra: Any) -> StripeError:
        return card_declined(self.message, code=self.code, decline_code=self.decline_code, **extra)


@dataclass(frozen=True, slots=True)
class Card:
    number: str
    brand: str
    behaviour: Behaviour
    funding: str = "credit"

    @property
    def last4(self) -> str:
        return self.number[-4:]


FUNDS = ("card_declined", "insufficient_funds", "Your card has insufficient funds.")
GENERIC = ("card_declined", "generic_decline", "Your card was declined.")
BEHAVIOURS: dict[str, Behaviour] = {
    "4000000000000002": Behaviour(DECLINES, *GENERIC),
    "4000000000009995": Behaviour(DECLINES, *FUNDS),
    "4000000000009987": Behaviour(DECLINES, "card_declined", "lost_card"),
    "4000000000009979": Behaviour(DECLINES, "card_declined", "stolen_card"),
    "4000000000000069": Behaviour(DECLINES, "expired_card", "expired_card", "Your card has expired."),
    "4000000000000127": Behaviour(
        DECLINES, "incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect.",
    ),
    "4000000000000119": Behaviour(
        DECLINES, "processing_error", "processing_error",
        "An error occurred while processing your card. Try again in a little bit.",
    ),
    "4000000000006975": Behaviour(
        DECLINES, "card_declined", "card_velocity_exceeded",
        "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
    ),
    "4000000000000341": Behaviour(ATTACHES_THEN_FAILS, *GENERIC),
    "4000002500003155": Behaviour(ASKS_3DS),
    "4000003800000446": Behaviour(ASKS_3DS),
    "4000002760003184": Behaviour(ASKS_3DS, again=True),
    "4000000000003220": Behaviour(ASKS_3DS, again=True),
    "4000000000003063": Behaviour(ASKS_3DS, again=True),
    "4000008260003178": Behaviour(ASKS_3DS, *FUNDS, again=True),
    "4000008400001629": Behaviour(ASKS_3DS, *GENERIC, again=True),
    "4000000000000259": Behaviour(DISPUTES, dispute_reason="fraudulent"),
    "4000000000002685": Behaviour(DISPUTES, dispute_reason="product_not_received"),
}  # fmt: skip
DEBIT = ("4000056655665556", "5200828282828210")
PAYING = (
    "4242424242424242", "4000056655665556", "5555555555554444", "2223003122003222", "5200828282828210",
    "378282246310005", "371449635398431", "6011111111111117", "3056930009020004", "36227206271667",
    "3566002020360505", "6200000000000005", "4000000000003055", "4000000000000077",
)  # fmt: skip
NAMED = {
    "pm_card_visa": "4242424242424242",
    "pm_card_visa_debit": "4000056655665556",
    "pm_card_mastercard": "5555555555554444",
    "pm_card_mastercard_debit": "5200828282828210",
    "pm_card_amex": "378282246310005",
    "pm_card_discover": "6011111111111117",
    "pm_card_diners": "3056930009020004",
    "pm_card_jcb": "3566002020360505",
    "pm_card_unionpay": "6200000000000005",
    "pm_card_bypassPending": "4000000000000077",
    "pm_card_chargeDeclined": "4000000000000002",
    "pm_card_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_chargeDeclinedLostCard": "4000000000009987",
    "pm_card_chargeDeclinedStolenCard": "4000000000009979",
    "pm_card_chargeDeclinedExpiredCard": "4000000000000069",
    "pm_card_chargeDeclinedIncorrectCvc": "4000000000000127",
    "pm_card_chargeDeclinedProcessingError": "4000000000000119",
    "pm_card_chargeDeclinedVelocityLimitExceeded": "4000000000006975",
    "pm_card_chargeCustomerFail": "4000000000000341",
    "pm_card_authenticationRequired": "4000002760003184",
    "pm_card_authenticationRequiredOnSetup": "4000002500003155",
    "pm_card_authenticationRequiredSetupForOffSession": "4000003800000446",
    "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds": "4000008260003178",
    "pm_card_threeDSecure2Required": "4000000000003220",
    "pm_card_threeDSecureRequired": "4000000000003063",
    "pm_card_threeDSecureRequiredChargeDeclined": "4000008400001629",
    "pm_card_threeDSecureOptional": "4000000000003055",
    "pm_card_createDispute": "4000000000000259",
    "pm_card_createDisputeProductNotReceived": "4000000000002685",
}
BRANDS = {"4": "visa", "5": "mastercard", "2": "mastercard", "37": "amex", "34": "amex", "60": "discover",
          "30": "diners", "36": "diners", "35": "jcb", "62": "unionpay"}  # fmt: skip


def card_of(number: str) -> Card:
    """Raises the StripeError of a card form: a mistyped number, or a card that is not one of Stripe's test cards."""
    digits = number.replace(" ", "").replace("-", "")
    if not digits.isdigit() or not 12 <= len(digits) <= 19 or not _adds_up(digits):
        raise card_declined("Your card number is incorrect.", code="incorrect_number", param="number")
    if digits not in BEHAVIOURS and digits not in PAYING:
        raise card_declined(
            "Your card was declined. Your request was in test mode, but used a non test card. "
            "For a list of valid test cards, visit: https://stripe.com/docs/testing.",
            decline_code="test_mode_live_card",
        )
    brand = BRANDS.get(digits[:2]) or BRANDS.get(digits[0], "unknown")
    return Card(digits, brand, BEHAVIOURS.get(digits, Behaviour()), "debit" if digits in DEBIT else "credit")


def _adds_up(digits: str) -> bool:
    """Luhn's checksum."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
