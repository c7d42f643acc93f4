from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import law
from tests.faults.crew import Crew
from tests.faults.crew import crew as open_crew
from tests.jobs import acts

LEASE_SECONDS = RING_SECONDS = 2


@pytest.fixture(autouse=True)
def stage(settings, transactional_db, install) -> Iterator[None]:
    """Short leases, chat and films in our hands, and a clean audit whatever was killed."""
    settings.JOBS_LEASE_SECONDS, settings.JOBS_RING_AGAIN_SECONDS = LEASE_SECONDS, RING_SECONDS
    install(acts.runner())
    install(acts.runner(), "video-studio", "generate")
    yield
    law.assert_lawful()


@pytest.fixture
def crew(live_env: dict[str, str], tmp_path: Path) -> Iterator[Crew]:
    short = {"JOBS_LEASE_SECONDS": str(LEASE_SECONDS), "JOBS_RING_AGAIN_SECONDS": str(RING_SECONDS)}
    with open_crew(live_env | short | {"JOBS_SWEEP_SECONDS": "1"}, tmp_path) as started:
        yield started
