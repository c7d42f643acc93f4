"""By whatever door a user comes in: a profile, the FREE plan and 100 credits, in the transaction that creates them."""

import io
from collections.abc import Callable, Iterator
from uuid import UUID

import psycopg
import pytest
from allauth.account.models import EmailAddress
from django.core import serializers
from django.core.management import call_command
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from accounts.models import User, new_id
from tests.law import assert_lawful

EMAIL = "new@example.test"
PASSWORD = "correct-horse-battery"


def by_create_user(client) -> None:
    User.objects.create_user(email=EMAIL, password=PASSWORD)


def by_create_superuser(client) -> None:
    User.objects.create_superuser(email=EMAIL, password=PASSWORD)


def by_save(client) -> None:
    User(email=EMAIL).save()


def by_get_or_create(client) -> None:
    User.objects.get_or_create(email=EMAIL)


def by_bulk_create(client) -> None:
    User.objects.bulk_create([User(email=EMAIL), User(email="other@example.test")])


def by_bulk_create_that_ignores_conflicts(client) -> None:
    User.objects.bulk_create([User(email=EMAIL)], ignore_conflicts=True)


def by_raw_sql(client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_user (id, email, password, is_superuser, is_staff, is_active)"
            " VALUES (%s, %s, '', false, false, true)",
            [new_id(), EMAIL],
        )


def by_the_createsuperuser_command(client) -> None:
    call_command("createsuperuser", email=EMAIL, interactive=False, stdout=io.StringIO())


def by_a_fixture(client) -> None:
    """loaddata saves raw, without signals."""
    text = serializers.serialize("json", [User(id=new_id(), email=EMAIL, date_joined=timezone.now())])
    for loaded in serializers.deserialize("json", text):
        loaded.save()


def by_signing_up(client) -> None:
    answer = client.post("/accounts/signup/", {"email": EMAIL, "password1": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/dashboard")
    assert EmailAddress.objects.filter(email=EMAIL).exists()


def by_the_admin(client) -> None:
    client.force_login(User.objects.create_superuser(email="operator@example.test"))
    passwords = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/admin/accounts/user/add/", {"email": EMAIL, **passwords}).status_code == 302


DOORS = [
    by_create_user, by_create_superuser, by_save, by_get_or_create, by_bulk_create,
    by_bulk_create_that_ignores_conflicts, by_raw_sql, by_the_createsuperuser_command, by_a_fixture, by_signing_up,
    by_the_admin,
]  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_incident_04_and_05_every_way_to_make_a_user_gives_the_same(db, client, door: Callable):
    door(client)

    user = User.objects.get(email=EMAIL)
    assert user.profile.full_name == ""
    assert (user.subscription.plan, user.subscription.status) == ("FREE", "active")
    account = user.credit_account
    assert (account.balance, account.monthly_allowance, account.total_earned) == (100, 100, 100)
    assert [(row.type, row.amount, row.balance_after) for row in account.transactions.all()] == [("refill", 100, 100)]
    assert [(lot.kind, lot.remaining, lot.expires_at) for lot in account.lots.all()] == [
        ("allowance", 100, account.next_reset_at)
    ]
    assert_lawful()


def test_a_thousand_users_at_once_cost_one_statement_and_all_have_everything(db, django_assert_max_num_queries):
    people = [User(email=f"user{number}@example.test") for number in range(1000)]
    with django_assert_max_num_queries(6):
        User.objects.bulk_create(people)
    assert_lawful()


@pytest.mark.parametrize("door", [by_create_user, by_bulk_create, by_raw_sql])
@pytest.mark.parametrize(
    "broken_part", ["accounts_profile", "billing_subscription", "credits_creditaccount", "credits_credittransaction"]
)
def test_incident_05_when_one_part_cannot_be_given_nothing_is(half_broken, client, broken_part, door):
    half_broken(broken_part)

    with pytest.raises((IntegrityError, InternalError)):
        door(client)

    for model in ("accounts_user", "accounts_profile", "billing_subscription", "credits_creditaccount"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {model}")
            assert cursor.fetchone() == (0,), model


@pytest.fixture
def half_broken(owner_connection: psycopg.Connection) -> Iterator[Callable[[str], None]]:
    """Makes a table refuse rows until the test is over."""
    tables = []

    def break_(table: str) -> None:
        tables.append(table)
        owner_connection.execute(f"ALTER TABLE {table} ADD CONSTRAINT out_of_order CHECK (false) NOT VALID")

    yield break_
    for table in tables:
        owner_connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT out_of_order")


def test_a_user_whose_making_is_rolled_back_leaves_nothing(transactional_db):
    with transaction.atomic():
        by_create_user(None)
        transaction.set_rollback(True)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM credits_creditaccount")
        assert cursor.fetchone() == (0,)


def test_the_same_address_in_other_letters_is_the_same_person(db, alice):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="Alice@Example.test")])
    assert User.objects.create_user(email=" Bob@Example.TEST ").email == "bob@example.test"


def test_a_user_needs_an_address(db):
    with pytest.raises(ValueError, match="needs an e-mail address"):
        User.objects.create_user(email=" ")


def test_ids_follow_the_order_of_making(db):
    first, second = (User.objects.create_user(email=f"{number}@example.test").pk for number in range(2))
    assert isinstance(first, UUID)
    assert first < second
