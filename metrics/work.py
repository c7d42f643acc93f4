"""What runs bring, cost and take, from their sums. Money is millionths of a dollar here, as providers' costs are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from billing.plans import PLANS, RANK
from metrics.selectors import Times, Work

CENT = 10_000
MOST_AGENTS = 5


def per_credit(plan: str) -> int:
    """What a credit of a plan is worth: its price by its monthly credits."""
    return PLANS[plan].price_cents * CENT // PLANS[plan].credits


@dataclass(frozen=True, slots=True)
class Margin:
    """One operation. `revenue` is of credits that somebody paid for; `provider_cost` of all runs, paid or not."""

    agent_id: str
    operation: str
    runs: int
    credits: int
    revenue: int
    provider_cost: int

    @property
    def left(self) -> int:
        return self.revenue - self.provider_cost


@dataclass(frozen=True, slots=True)
class Use:
    plan: str
    agent_id: str
    runs: int
    credits: int


@dataclass(frozen=True, slots=True)
class Pace:
    """Of one agent: how its runs ended, and milliseconds of run and wait, None where nothing was measured."""

    agent_id: str
    completed: int
    failed: int
    run: tuple[int | None, int | None]
    wait: tuple[int | None, int | None]


def margins_of(work: Iterable[Work]) -> list[Margin]:
    """Dearest for us first, then what earns most."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in work:
        total = sums[row.agent_id, row.operation]
        for place, part in enumerate((
            row.runs, row.credits, row.paid_credits * per_credit(row.plan), row.provider_cost,
        )):  # fmt: skip
            total[place] += part
    rows = [Margin(*key, *total) for key, total in sums.items()]
    return sorted(rows, key=lambda row: (-row.provider_cost, -row.revenue, row.agent_id, row.operation))


def spent_by_plan(work: Iterable[Work]) -> dict[str, int]:
    spent = dict.fromkeys(RANK, 0)
    for row in work:
        spent[row.plan] += row.credits
    return spent


def top_agents(work: Iterable[Work]) -> dict[str, list[Use]]:
    """By plan, cheapest first: the agents on which its people spent most, at most five."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in work:
        sums[row.plan, row.agent_id][0] += row.runs
        sums[row.plan, row.agent_id][1] += row.credits
    uses = [Use(*key, *total) for key, total in sums.items()]
    uses.sort(key=lambda use: (-use.credits, -use.runs, use.agent_id))
    return {plan: [use for use in uses if use.plan == plan][:MOST_AGENTS] for plan in RANK}


def paces_of(work: Iterable[Work], times: Iterable[Times]) -> list[Pace]:
    """By agent, the busiest first."""
    ends: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in work:
        ends[row.agent_id][0] += row.completed
        ends[row.agent_id][1] += row.failed
    runs: dict[str, dict[int, int]] = defaultdict(dict)
    waits: dict[str, dict[int, int]] = defaultdict(dict)
    for time in times:
        runs[time.agent_id][time.bucket] = time.runs
        waits[time.agent_id][time.bucket] = time.waits
    return [
        Pace(agent_id, completed, failed, both(runs[agent_id]), both(waits[agent_id]))
        for agent_id, (completed, failed) in sorted(ends.items(), key=lambda item: (-sum(item[1]), item[0]))
    ]


def both(counts: dict[int, int]) -> tuple[int | None, int | None]:
    return percentile(counts, 50), percentile(counts, 95)


def percentile(counts: dict[int, int], percent: int) -> int | None:
    """By the nearest rank, as the middle of its bucket: right to within a tenth. Milliseconds."""
    rank = -(-sum(counts.values()) * percent // 100)
    for bucket in sorted(counts):
        rank -= counts[bucket]
        if counts[bucket] and rank <= 0:
            return round(2 ** ((bucket + 0.5) / 4))
    return None
