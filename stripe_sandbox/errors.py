"""Stripe's errors, in Stripe's words and envelope."""

from typing import Any


class StripeError(Exception):
    """A refusal as Stripe's API gives it.

    `keeps`: what was written before it stays written, as the failed charge behind a declined card does.
    """

    def __init__(
        self, message: str, *, code: str | None = None, param: str | None = None, status: int = 400,
        type: str = "invalid_request_error", decline_code: str | None = None, **extra: Any,
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.message, self.code, self.status, self.type = message, code, status, type
        self.keeps = type == "card_error"
        facts = {"message": message, "type": type, "code": code, "param": param, "decline_code": decline_code, **extra}
        self.error = {name: value for name, value in facts.items() if value is not None}

    @property
    def envelope(self) -> dict[str, Any]:
        return {"error": self.error}


def resource_missing(object: str, id: str, *, param: str = "id", status: int = 404) -> StripeError:
    return StripeError(f"No such {object}: '{id}'", code="resource_missing", param=param, status=status)


def parameter_missing(param: str) -> StripeError:
    return StripeError(f"Missing required param: {param}.", code="parameter_missing", param=param)


def parameter_invalid(param: str, message: str) -> StripeError:
    return StripeError(message, code="parameter_invalid", param=param)


def card_declined(
    message: str, *, code: str = "card_declined", decline_code: str | None = None, **extra: Any
) -> StripeError:
    return StripeError(message, code=code, status=402, type="card_error", decline_code=decline_code, **extra)
