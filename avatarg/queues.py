"""In which order a worker takes from its queues."""

from collections.abc import Iterable

FAIR = 4


class MostlyInOrder:
    """Kombu's `queue_order_strategy`: the queues in the order they were given, so that who pays for priority has it.

    Every fourth message comes from the queue that was served longest ago: under any load, nobody waits forever.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.update(names)
        self.taken = 0

    def update(self, names: Iterable[str]) -> None:
        self.given = list(names)
        self.by_turn = list(self.given)

    def consume(self, most: int) -> list[str]:
        return (self.by_turn if self.taken % FAIR == FAIR - 1 else self.given)[:most]

    def rotate(self, served: str) -> str:
        """A message came from this queue."""
        self.taken += 1
        if served in self.by_turn:
            self.by_turn.remove(served)
            self.by_turn.append(served)
        return served
