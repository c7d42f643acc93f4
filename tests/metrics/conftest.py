import psycopg
import pytest

from accounts.models import User
from tests.metrics import story


@pytest.fixture
def people(owner_connection: psycopg.Connection) -> dict[str, User]:
    return story.plant_people(owner_connection)
