"""What a provider charged us, as it says itself."""

import math
from collections.abc import Mapping
from typing import Any

MOST_DOLLARS = 100_000


def micro_dollars(dollars: Any) -> int | None:
    """Millionths of a dollar; None for what is no amount."""
    if isinstance(dollars, bool) or not isinstance(dollars, (int, float)):
        return None
    if not math.isfinite(dollars) or not 0 <= dollars <= MOST_DOLLARS:
        return None
    return round(dollars * 1_000_000)


def named_in(answer: Mapping[str, Any]) -> int | None:
    """The `cost` in dollars of a provider's answer, beside its result or in its usage."""
    usage = answer.get("usage")
    beside = micro_dollars(answer.get("cost"))
    return micro_dollars(usage.get("cost")) if beside is None and isinstance(usage, Mapping) else beside
