"""The queues of jobs and the two kinds of workers behind them: short work, and what keeps a processor for long."""

from collections.abc import Iterable

from billing.plans import PLANS

HEAVY = "-heavy"
LIGHT_QUEUES = tuple(dict.fromkeys(plan.queue for plan in reversed(PLANS.values())))
HEAVY_QUEUES = tuple(f"{name}{HEAVY}" for name in LIGHT_QUEUES)
KINDS = {"standard": LIGHT_QUEUES, "heavy": HEAVY_QUEUES}
"""By the name under which such a worker gives its sign of life."""


def kinds_of(served: Iterable[str]) -> dict[str, str]:
    """What kinds of work a worker of these queues does, each with one of its queues for a canary."""
    queues = set(served)
    found = {kind: next((name for name in names if name in queues), "") for kind, names in KINDS.items()}
    return {kind: name for kind, name in found.items() if name}
