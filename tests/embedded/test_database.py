"""The test database itself: who we are in it, and that nothing stays in it."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

User = get_user_model()


@pytest.mark.django_db
def test_tests_speak_as_the_application():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("avatarg", False)


@pytest.mark.parametrize("_time", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_committed_rows_are_gone_in_the_next_test(_time, owner_connection):
    assert not User.objects.exists()
    User.objects.create_user(email="alice@example.test", password="x")
    assert owner_connection.execute("SELECT count(*) FROM accounts_user").fetchone() == (1,)
