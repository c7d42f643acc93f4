"""The API against its own description: what fits it and what does not is answered as it says, and never with a 5xx.

A short run here; `make soak` asks five thousand times and more.
"""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from accounts import keys
from avatarg.wsgi import application
from tests.jobs import acts

WANTED = [
    not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_schema_conformance,
]  # fmt: skip
SHORT, LONG = 8, 150
OPERATIONS = 20


@pytest.fixture
def described(alice, settings, quick_runners):
    """The description as anybody gets it, and the headers of a key that may do everything."""
    settings.API_RATES = dict.fromkeys(settings.API_RATES, "1000000/minute")
    acts.put_on(alice, "ENTERPRISE")
    for signal in (request_started, request_finished):  # as Django's own test client does
        signal.disconnect(close_old_connections)
    secret = keys.make_key(user_id=alice.pk, name="fuzz", scopes=["read", "execute"]).secret
    yield schemathesis.openapi.from_wsgi("/api/schema?format=json", application), f"Bearer {secret}"
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask_all(described, examples: int) -> int:
    """Ask every operation so often, half of it on purpose wrong. Returns how many were asked."""
    schema, bearer = described
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in GenerationMode:

            @given(case=operation.as_strategy(generation_mode=mode))
            @settings(
                max_examples=examples, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            def ask(case):
                nonlocal asked
                asked += 1
                case.call_and_validate(headers={"Authorization": bearer}, checks=WANTED)

            ask()
    return asked


@pytest.mark.django_db
def test_whatever_is_asked_the_answer_is_one_of_those_described(described):
    assert ask_all(described, SHORT) > OPERATIONS * SHORT


@pytest.mark.soak
@pytest.mark.django_db
def test_five_thousand_askings_find_no_answer_that_is_not_described(described):
    assert ask_all(described, LONG) >= 5000
