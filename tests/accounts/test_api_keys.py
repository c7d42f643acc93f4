"""API keys: made once, kept as a hash, found only while they live."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts import keys, people
from accounts.errors import TooManyKeys
from accounts.models import ApiKey, User
from avatarg.errors import NotFound
from tests.operators.desk import Operator
from tests.together import at_once

READ = ["read"]


def made(user: User, **facts) -> keys.Made:
    return keys.make_key(user_id=user.pk, **{"name": "a program", "scopes": READ, **facts})


def ago(**time: int) -> datetime:
    return timezone.now() - timedelta(**time)


def every_value() -> str:
    """All that the table of keys holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(key)::text FROM accounts_apikey key")
        return " ".join(row for (row,) in cursor.fetchall())


def test_a_key_is_long_and_random_and_only_its_hash_is_kept(alice):
    one, other = made(alice), made(alice)

    assert re.fullmatch(r"avg_live_[A-Za-z0-9_-]{43}", one.secret)
    assert one.secret != other.secret
    assert one.key.prefix == one.secret[:15]
    assert one.key.hash == hashlib.sha256(one.secret.encode()).hexdigest()
    assert one.secret[15:] not in every_value()
    assert one.secret not in f"{one} {one!r} {one.key} {one.key!r}"


def test_a_key_is_found_by_itself_alone(alice, django_assert_num_queries):
    one = made(alice)

    with django_assert_num_queries(1):
        found = keys.key_for(one.secret)
        assert (found, found.user) == (one.key, alice)
    assert keys.key_for(one.secret[:-1] + ("a" if one.secret[-1] != "a" else "b")) is None


@pytest.mark.parametrize(
    "given", ["", "avg_live_", "avg_live_" + "é" * 43, "avg_live_" + "a" * 44, "\x00", "x" * 10_000]
)
def test_what_is_no_key_is_not_even_looked_up(db, django_assert_num_queries, given):
    with django_assert_num_queries(0):
        assert keys.key_for(given) is None


def test_a_revoked_an_expired_and_a_closed_account_s_key_are_not_found(alice, bob):
    revoked, expired, closed = made(alice), made(alice, expires_at=ago(seconds=1)), made(bob)
    lasting = made(alice, expires_at=timezone.now() + timedelta(days=1))
    keys.revoke_key(user_id=alice.pk, key_id=revoked.key.pk)
    User.objects.filter(pk=bob.pk).update(is_active=False)

    assert [keys.key_for(one.secret) for one in (revoked, expired, closed)] == [None] * 3
    assert keys.key_for(lasting.secret) == lasting.key


def test_revoking_is_for_good_and_only_for_the_owner(alice, bob):
    one = made(alice)
    for key_id in (one.key.pk, uuid4()):
        with pytest.raises(NotFound):
            keys.revoke_key(user_id=bob.pk, key_id=key_id)
    assert keys.key_for(one.secret) == one.key

    first = keys.revoke_key(user_id=alice.pk, key_id=one.key.pk).revoked_at
    assert keys.revoke_key(user_id=alice.pk, key_id=one.key.pk).revoked_at == first is not None


def test_twenty_keys_may_live_and_those_that_ended_do_not_count(alice, bob):
    made(alice, expires_at=ago(days=1))
    made(bob)
    live = [made(alice) for _ in range(keys.MOST_LIVE)]
    with pytest.raises(TooManyKeys) as refused:
        made(alice)
    assert (refused.value.status, refused.value.metadata) == (409, {"limit": 20})

    keys.revoke_key(user_id=alice.pk, key_id=live[0].key.pk)
    assert made(alice).key.user_id == alice.pk


def test_a_race_for_the_last_place_has_one_winner(transactional_db, alice):
    for _ in range(keys.MOST_LIVE - 1):
        made(alice)

    said = at_once([lambda: made(alice)] * 4)

    assert sorted(type(one).__name__ for one in said) == ["Made", "TooManyKeys", "TooManyKeys", "TooManyKeys"]
    assert ApiKey.objects.filter(user=alice).count() == keys.MOST_LIVE


def test_use_is_noted_at_most_once_a_minute(alice, django_assert_num_queries):
    key = made(alice).key
    keys.note_use(key=key)
    first = ApiKey.objects.get().last_used_at
    keys.note_use(key=key)  # as another process read it before
    assert ApiKey.objects.get().last_used_at == first
    known = ApiKey.objects.get()
    with django_assert_num_queries(0):
        keys.note_use(key=known)

    ApiKey.objects.update(last_used_at=ago(seconds=61))
    keys.note_use(key=ApiKey.objects.get())
    assert ApiKey.objects.get().last_used_at > first


@pytest.mark.parametrize("facts", [
    {"scopes": []}, {"scopes": ["admin"]}, {"scopes": ["read", "admin"]}, {"budget": 5, "budget_per": "year"},
    {"budget": 5, "budget_per": ""},
])  # fmt: skip
def test_the_database_refuses_what_is_no_scope_and_no_budget(alice, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        made(alice, **facts)


def test_a_budget_counts_from_the_start_of_the_day_or_the_month_in_utc(alice):
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    free, daily, monthly = (
        made(alice),
        made(alice, budget=5, budget_per="day"),
        made(alice, budget=7, budget_per="month"),
    )

    assert keys.budget_of(free.key) == keys.Budget(free.key.pk, None, None)
    assert keys.budget_of(daily.key) == keys.Budget(daily.key.pk, 5, today)
    assert keys.budget_of(monthly.key) == keys.Budget(monthly.key.pk, 7, today.replace(day=1))


def test_who_is_anonymised_has_no_key_that_works(alice, bob):
    hers, his = made(alice), made(bob)
    earlier = ago(days=1)
    ended = made(alice).key
    ApiKey.objects.filter(pk=ended.pk).update(revoked_at=earlier)

    people.anonymise(alice)

    assert keys.key_for(hers.secret) is None
    assert keys.key_for(his.secret) == his.key
    assert not ApiKey.objects.filter(user=alice, revoked_at=None).exists()
    assert ApiKey.objects.get(pk=ended.pk).revoked_at == earlier


@pytest.fixture
def operator(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("operator@example.test", "a-long-password-1"))
    return client


def test_an_operator_sees_keys_without_key_or_hash_and_changes_nothing(operator, alice):
    one = made(alice, name="Nightly films")
    pages = [f"/admin/accounts/apikey/{path}" for path in ("", f"{one.key.pk}/change/")]

    for page in pages:
        shown = operator.get(page)
        assert shown.status_code == 200
        assert "Nightly films" in shown.content.decode()
        assert one.key.prefix in shown.content.decode()
        assert one.key.hash not in shown.content.decode()
        assert one.secret not in shown.content.decode()
    assert operator.get("/admin/accounts/apikey/add/").status_code == 403
    assert operator.get(f"/admin/accounts/apikey/{one.key.pk}/delete/").status_code == 403
    assert operator.post(pages[1], {"name": "Mine"}).status_code == 403


def test_an_operator_revokes_a_key(alice, bob):
    hers, his = made(alice), made(bob)
    Operator().act("revoke", hers.key)

    assert (keys.key_for(hers.secret), keys.key_for(his.secret)) == (None, his.key)
