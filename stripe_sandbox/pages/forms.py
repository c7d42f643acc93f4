"""What a person types: a card, a promotion code, a date, an amount."""

import re
from datetime import UTC, datetime, time
from typing import Any

from django import forms

from stripe_sandbox.errors import StripeError

FIELD_OF_CODE = {
    "expired_card": "expiry", "incorrect_cvc": "cvc", "incorrect_number": "number", "invalid_cvc": "cvc",
    "invalid_expiry_month": "expiry", "invalid_expiry_year": "expiry", "invalid_number": "number",
}  # fmt: skip


def _text(label: str, **attributes: str) -> forms.CharField:
    attributes = {"class": "input", "spellcheck": "false", **attributes}
    return forms.CharField(
        label=label,
        max_length=60,
        widget=forms.TextInput(attributes),
        error_messages={"required": "Please fill this in."},
    )


class CardForm(forms.Form):
    """The entries of a card; the security code is never shown again. `today` is the sandbox's clock."""

    number = _text("Card number", inputmode="numeric", autocomplete="cc-number", placeholder="1234 1234 1234 1234")
    expiry = _text("Expiry", inputmode="numeric", autocomplete="cc-exp", placeholder="MM / YY")
    cvc = _text("Security code", inputmode="numeric", autocomplete="cc-csc", placeholder="CVC")
    name = _text("Name on card", autocomplete="cc-name")

    def __init__(self, *args: Any, today: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "card_%s", **kwargs})
        self.today = today

    def clean_number(self) -> str:
        number = re.sub(r"[\s-]", "", self.cleaned_data["number"])
        if not re.fullmatch(r"\d{12,19}", number):
            raise forms.ValidationError("Your card number is incomplete.")
        if not _adds_up(number):
            raise forms.ValidationError("Your card number is invalid.")
        return number

    def clean_expiry(self) -> tuple[int, int]:
        parts = re.fullmatch(r"(\d{1,2})\s*[/.-]?\s*(\d{4}|\d{2})", self.cleaned_data["expiry"].strip())
        if not parts or not 1 <= int(parts[1]) <= 12:
            raise forms.ValidationError("Your card's expiry date is not a month and a year, such as 12 / 34.")
        month, year = int(parts[1]), int(parts[2])
        year += 2000 if year < 100 else 0
        if (year, month) < (self.today.year, self.today.month):
            raise forms.ValidationError("Your card's expiry date is in the past.")
        return month, year

    def clean_cvc(self) -> str:
        cvc = str(self.cleaned_data["cvc"]).strip()
        if not re.fullmatch(r"\d{3,4}", cvc):
            raise forms.ValidationError("Your card's security code is incomplete.")
        return cvc

    @property
    def entries(self) -> dict[str, Any]:
        """The card as the engine takes it."""
        month, year = self.cleaned_data["expiry"]
        return {
            "number": self.cleaned_data["number"], "exp_month": month, "exp_year": year,
            "cvc": self.cleaned_data["cvc"], "name": self.cleaned_data["name"],
        }  # fmt: skip

    def refuse(self, error: StripeError) -> None:
        """Say Stripe's words where they belong, and mark the field that they are about."""
        field = FIELD_OF_CODE.get(error.code or "")
        self.add_error(field, error.message)

    def shown(self) -> "CardForm":
        """Ready to be shown: no security code that was typed, faulty fields told to readers."""
        if self.is_bound:
            self.data = {**self.data.dict(), "cvc": ""} if hasattr(self.data, "dict") else {**self.data, "cvc": ""}
            for name in self.errors.keys() & self.fields.keys():
                self.fields[name].widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"card_{name}_error"}
        return self


class DateForm(forms.Form):
    """A day to wind the clock to, at noon, or a day and a minute."""

    until = forms.DateField(label="Wind to")

    @property
    def moment(self) -> int:
        return int(datetime.combine(self.cleaned_data["until"], time(12), UTC).timestamp())


def cents(said: str, *, most: int) -> int:
    """An amount of money as a person writes it: 12, 12.50, 12,50. Raises StripeError."""
    parts = re.fullmatch(r"\s*\$?\s*(\d{1,7})(?:[.,](\d{1,2}))?\s*", said)
    amount = int(parts[1]) * 100 + int((parts[2] or "0").ljust(2, "0")) if parts else 0
    if not 0 < amount <= most:
        raise StripeError(f"An amount between 0.01 and {most / 100:.2f} is needed.", param="amount")
    return amount


def _adds_up(number: str) -> bool:
    """Luhn's check."""
    digits = [int(digit) for digit in reversed(number)]
    return (sum(digits[0::2]) + sum(sum(divmod(digit * 2, 10)) for digit in digits[1::2])) % 10 == 0
