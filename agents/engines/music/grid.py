"""Reading the sixteen-step patterns, and moving steps to where a swinging player puts them."""

from functools import lru_cache
from typing import NamedTuple


class Hit(NamedTuple):
    start: int
    length: int
    symbol: str


@lru_cache(maxsize=512)
def hits_of(pattern: str) -> tuple[Hit, ...]:
    """The strokes of a pattern with the dashes that follow each."""
    hits = []
    for start, symbol in enumerate(pattern):
        if symbol not in ".-":
            rest = pattern[start + 1 :]
            hits.append(Hit(start, 1 + len(rest) - len(rest.lstrip("-")), symbol))
    return tuple(hits)


def swung(step: float, amount: float, grid: int) -> float:
    """Where a straight sixteenth falls when every second `grid` of sixteenths comes late by `amount` of it."""
    pair, place = divmod(step, 2 * grid)
    if place < grid:
        return pair * 2 * grid + place * (1 + amount)
    return pair * 2 * grid + grid * (1 + amount) + (place - grid) * (1 - amount)
