import psycopg
import pytest

from accounts.models import User
from jobs.models import Job
from metrics import rollup
from tests.metrics import story
from tests.metrics.story import CHAT, GOAL, NOW, PICTURE, SONG, plant_job


@pytest.fixture
def people(owner_connection: psycopg.Connection) -> dict[str, User]:
    return story.plant_people(owner_connection)


@pytest.fixture
def jobs(people) -> dict[str, Job]:
    """Runs of February and March, by what is odd about each, and their sums."""
    ann, ben, dan, gus = (people[name] for name in ("ann", "ben", "dan", "gus"))
    made = {
        "one second before": plant_job(gus, "FREE", CHAT, "02-14 23:59:59", cost=1),
        "at midnight": plant_job(gus, "FREE", CHAT, "02-15 00:00", cost=1, took=2),
        "paid": plant_job(ben, "PRO", CHAT, "03-01 10:00", cost=1, provider_cost=2_000, took=4),
        "failed": plant_job(
            ben, "PRO", CHAT, "03-01 11:00", cost=1, status="failed", refunded=1, provider_cost=1_000, took=60
        ),
        "picture": plant_job(ann, "PREMIUM", PICTURE, "03-02 10:00", cost=8, took=1, waited=3),
        "refunded later": plant_job(ann, "PREMIUM", PICTURE, "03-02 11:00", cost=8, took=1),
        "given": plant_job(dan, "ENTERPRISE", PICTURE, "03-03 10:00", cost=8, took=1),
        "canceled": plant_job(gus, "FREE", PICTURE, "03-03 11:00", cost=8, status="canceled", refunded=8),
        "goal": plant_job(ann, "PREMIUM", GOAL, "03-04 00:00:10", cost=73, refunded=15, base_cost=50, took=30),
    }
    made["delivered step"] = plant_job(ann, "PREMIUM", PICTURE, "03-03 23:59:59", cost=8, parent=made["goal"], took=1)
    made["failed step"] = plant_job(
        ann, "PREMIUM", SONG, "03-04 00:00:05", cost=15, status="failed", parent=made["goal"]
    )
    rollup.refresh(now=NOW)
    return made
