"""Refusals: one class each, with the code and HTTP status of the contract."""

from typing import Any, ClassVar


class Refusal(Exception):
    """A request that is understood and declined. The API renders it, pages turn it into a message.

    `sentence` is written for a person; `metadata` holds JSON values that help a program.
    """

    code: ClassVar[str] = "ERROR"
    status: ClassVar[int] = 400
    sentence: ClassVar[str] = "That did not work."

    def __init__(self, sentence: str | None = None, **metadata: Any) -> None:
        self.message = sentence or self.sentence
        self.metadata = metadata
        super().__init__(self.message)


class InvalidInput(Refusal):
    code, status = "VALIDATION_ERROR", 400
    sentence = "Some of the input is not right."

    def __init__(self, fields: dict[str, list[str]], sentence: str | None = None) -> None:
        super().__init__(sentence, fields=fields)


class PayloadTooLarge(Refusal):
    code, status = "PAYLOAD_TOO_LARGE", 413
    sentence = "This is too large."


class NotFound(Refusal):
    code, status = "NOT_FOUND", 404
    sentence = "There is nothing here."


class PermissionRefused(Refusal):
    code, status = "PERMISSION_DENIED", 403
    sentence = "You may not do that."
