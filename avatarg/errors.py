"""Refusals: one class each, with the code and HTTP status of the contract."""

from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


class Refusal(Exception):
    """A request that is understood and declined. The API renders it, pages turn it into a message.

    `sentence` is written for a person, `message` is it in their language; `metadata` holds JSON values that help a
    program.
    """

    code: ClassVar[str] = "ERROR"
    status: ClassVar[int] = 400
    sentence: ClassVar[str] = _("That did not work.")

    def __init__(self, sentence: str | None = None, **metadata: Any) -> None:
        self.message = sentence or gettext(self.sentence)
        self.metadata = metadata
        super().__init__(self.message)


class InvalidInput(Refusal):
    code, status = "VALIDATION_ERROR", 400
    sentence = _("Some of the input is not right.")

    def __init__(self, fields: dict[str, list[str]], sentence: str | None = None) -> None:
        super().__init__(sentence, fields=fields)


class PayloadTooLarge(Refusal):
    code, status = "PAYLOAD_TOO_LARGE", 413
    sentence = _("This is too large.")


class NotFound(Refusal):
    code, status = "NOT_FOUND", 404
    sentence = _("There is nothing here.")


class PermissionRefused(Refusal):
    code, status = "PERMISSION_DENIED", 403
    sentence = _("You may not do that.")
