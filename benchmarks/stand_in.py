"""A job as its runner sees it, without a queue or a database."""

from uuid import UUID, uuid4

from agents.delivery import Media
from agents.runners.base import MediaReference, Told


class Run:
    """Media are found by their reference, earlier answers by their id."""

    def __init__(
        self, seed: int, media: dict[MediaReference, Media] | None = None, told: dict[UUID, Told] | None = None
    ) -> None:
        self.seed, self.found, self.told = seed, media or {}, told or {}
        self.key = str(uuid4())

    def progress(self, percent: int, step: str) -> None:
        """Nobody watches."""

    def draft(self, text: str) -> None:
        """Nobody reads along."""

    def media(self, reference: MediaReference) -> Media:
        return self.found[reference]

    def earlier(self, job_id: UUID) -> Told | None:
        return self.told.get(job_id)


def silent(percent: int, step: str) -> None:
    """A report to nobody."""
