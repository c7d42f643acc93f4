"""What people's plans were is recorded wherever it is written, by the database, and stays as it was written."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from accounts.models import User
from billing.models import Subscription
from metrics.models import PlanChange
from tests.jobs import acts
from tests.metrics.story import HISTORY

KNOWN_HISTORY = Path(settings.BASE_DIR, "metrics/migrations/0003_known_history.sql")


def history_of(user: User) -> list[tuple[str, str, str]]:
    return list(PlanChange.objects.filter(user=user).order_by("id").values_list("plan", "billed_plan", "status"))


def billed(user: User, **facts: object) -> None:
    """As reconcile writes what Stripe says."""
    period = datetime(2101, 1, 7, 9, 30, tzinfo=UTC)
    Subscription.objects.filter(pk=user.pk).update(
        **{"plan": "PRO", "stripe_subscription_id": "sub_1", "current_period_start": period, **facts}
    )


def test_a_sign_up_is_the_first_line(alice, bob):
    assert history_of(alice) == [("FREE", "", "active")]
    assert PlanChange.objects.count() == 2


def test_sign_ups_in_bulk_are_recorded_too(db):
    User.objects.bulk_create([User(email="d@example.test"), User(email="e@example.test")])

    assert list(PlanChange.objects.values_list("user__email", "plan").order_by("user__email")) == [
        ("d@example.test", "FREE"), ("e@example.test", "FREE"),
    ]  # fmt: skip


def test_what_stripe_bills_is_recorded_with_its_states(alice, bob):
    billed(alice)
    billed(alice, status="past_due")
    billed(alice, status="active", plan="PREMIUM")
    billed(alice, plan="FREE", stripe_subscription_id="")

    assert history_of(alice) == [
        ("FREE", "", "active"), ("PRO", "PRO", "active"), ("PRO", "PRO", "past_due"), ("PREMIUM", "PREMIUM", "active"),
        ("FREE", "", "active"),
    ]  # fmt: skip
    assert history_of(bob) == [("FREE", "", "active")]


def test_a_renewal_and_a_planned_end_change_nothing(alice):
    billed(alice)
    billed(alice, current_period_start=datetime(2101, 2, 7, 9, 30, tzinfo=UTC))
    billed(alice, cancel_at_period_end=True)

    assert history_of(alice) == [("FREE", "", "active"), ("PRO", "PRO", "active")]


def test_a_plan_that_an_operator_gives_is_not_billed(alice):
    acts.put_on(alice, "ENTERPRISE")

    assert history_of(alice) == [("FREE", "", "active"), ("ENTERPRISE", "", "active")]


def test_a_plan_that_an_operator_gives_to_a_payer_leaves_what_is_billed(alice):
    billed(alice)
    acts.put_on(alice, "PREMIUM")
    billed(alice)

    assert history_of(alice) == [
        ("FREE", "", "active"), ("PRO", "PRO", "active"), ("PREMIUM", "PRO", "active"), ("PRO", "PRO", "active"),
    ]  # fmt: skip


def test_a_change_is_never_older_than_the_one_before_it(alice, owner_connection):
    later = datetime.now(UTC) + timedelta(hours=1)
    owner_connection.execute(
        "INSERT INTO metrics_planchange (user_id, plan, status, changed_at) VALUES (%s, 'PRO', 'active', %s)",
        [alice.pk, later],
    )
    acts.put_on(alice, "PREMIUM")

    assert [row.changed_at for row in PlanChange.objects.order_by("id")][1:] == [later, later]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO metrics_planchange (user_id, plan, status) SELECT id, 'PRO', 'active' FROM accounts_user",
        "UPDATE metrics_planchange SET plan = 'PRO'",
        "DELETE FROM metrics_planchange",
        "TRUNCATE metrics_planchange",
        "SELECT record_plan_change()",
    ],
)
def test_the_application_cannot_write_history(alice, statement):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE {} SET plan = 'PRO'", "DELETE FROM {}", "TRUNCATE {}"])
def test_nor_can_the_owner_change_it(alice, owner_connection, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner_connection.execute(statement.format("metrics_planchange"))


@pytest.fixture
def before_history(people, owner_connection):
    """People of before: a FREE one, one who pays since a month, one given a plan; nothing was recorded."""
    ann, ben, cat = (people[name] for name in list(HISTORY)[:3])
    began = datetime.now(UTC) - timedelta(days=30)
    billed(ben)
    acts.put_on(cat, "PREMIUM")
    with owner_connection.transaction():
        owner_connection.execute("SET LOCAL session_replication_role = replica")
        owner_connection.execute("DELETE FROM metrics_planchange")
        owner_connection.execute("UPDATE billing_subscription SET created_at = %s", [began - timedelta(days=9)])
        for number, source in enumerate(("stripe:sub_1:2", "stripe:sub_1:1", "stripe:sub_10:1")):
            owner_connection.execute(
                "INSERT INTO credits_creditlot (account_id, kind, granted, remaining, source, created_at, closed_at)"
                " VALUES (%s, 'allowance', 1000, 0, %s, %s, now())",
                [ben.pk, source, began + timedelta(days=(5, 0, -5)[number])],
            )
    return ann, ben, cat, began


def test_what_can_still_be_known_of_people_of_before(before_history, owner_connection):
    ann, ben, cat, began = before_history
    for _ in range(2):
        owner_connection.execute(KNOWN_HISTORY.read_bytes())

    assert history_of(ann) == [("FREE", "", "active")]
    assert history_of(ben) == [("FREE", "", "active"), ("PRO", "PRO", "active")]
    assert history_of(cat) == [("FREE", "", "active"), ("PREMIUM", "", "active")]
    moments = list(PlanChange.objects.filter(user=ben).order_by("id").values_list("changed_at", flat=True))
    assert moments == [began - timedelta(days=9), began]
