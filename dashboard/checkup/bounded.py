"""Questions to others, who may never answer."""

import socket
import threading
from collections.abc import Callable
from typing import TypeVar

SECONDS = 3.0
CONNECT_SECONDS = 2.0
Answer = TypeVar("Answer")


class Silent(Exception):
    """No answer within the time."""


def answer_of(question: Callable[[], Answer]) -> Answer:
    """Asked in a thread of its own, which is left behind when it takes too long: looking up a name has no timeout.

    Raises what the question raises, or Silent. The question must not use Django's database connection.
    """
    answers: list[Answer] = []
    errors: list[Exception] = []

    def ask() -> None:
        try:
            answers.append(question())
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(SECONDS)
    if errors:
        raise errors[0]
    if not answers:
        raise Silent
    return answers[0]


def listens(host: str, port: int) -> bool:
    """Whether somebody takes connections there."""

    def connect() -> bool:
        with socket.create_connection((host, port), timeout=CONNECT_SECONDS):
            return True

    try:
        return answer_of(connect)
    except (OSError, ValueError, Silent):
        return False
