"""What a provider answers with: the thing itself in base64, or the address where it lies."""

import base64
import binascii
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from agents.delivery import RunFailed
from agents.engines.providers.download import Undeliverable, Unreachable, download
from agents.engines.providers.trade import Trade


@dataclass(frozen=True, slots=True)
class Made:
    """What came, unopened, and its cost in millionths of a dollar where the provider names it."""

    data: bytes
    cost: int | None


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose parcels these are: the provider's own address and key, and the most that it may send."""

    trade: Trade
    home: str
    key: str
    most_bytes: int


@contextmanager
def billed(cost: int | None) -> Iterator[None]:
    """What fails in here was charged all the same."""
    try:
        yield
    except RunFailed as failure:
        failure.provider_cost = cost
        raise


def unpacked(sender: Sender, *, b64: Any, url: Any, until: float) -> bytes:
    """Raises RunFailed in words for the person."""
    trade = sender.trade
    try:
        if isinstance(b64, str) and b64:
            data = base64.b64decode(b64, validate=True)
        elif isinstance(url, str) and url:
            data = download(url, home=sender.home, key=sender.key, most_bytes=sender.most_bytes, until=until)
        else:
            data = b""
    except (binascii.Error, ValueError) as error:
        raise trade.unusable("it does not open") from error
    except Undeliverable as error:
        trade.note(error, sender.key)
        raise trade.unusable("it could not be fetched") from error
    except Unreachable as error:
        trade.note(error, sender.key)
        raise trade.down() from error
    if not data or len(data) > sender.most_bytes:
        trade.note(f"{len(data)} bytes came", sender.key)
        raise trade.unusable("it is too large" if data else "nothing came")
    return data
