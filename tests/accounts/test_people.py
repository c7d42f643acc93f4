"""People leave by being anonymised: who they were is forgotten, what they did stays."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accounts import people
from accounts.models import Profile, User

pytestmark = pytest.mark.django_db


def test_an_anonymised_user_keeps_the_ledger_and_loses_the_name(alice):
    Profile.objects.filter(user=alice).update(full_name="Alice Archer", preferences={"theme": "dark"})
    EmailAddress.objects.create(user=alice, email=alice.email, primary=True, verified=True)
    rows = list(alice.credit_account.transactions.values_list("id", flat=True))

    people.anonymise(alice)
    people.anonymise(alice)

    alice = User.objects.get(pk=alice.pk)
    assert alice.email == f"{alice.pk}@anonymised.invalid"
    assert (alice.profile.full_name, alice.profile.preferences) == ("", {})
    assert not EmailAddress.objects.filter(user=alice).exists()
    assert list(alice.credit_account.transactions.values_list("id", flat=True)) == rows


def test_nobody_signs_in_as_an_anonymised_user(alice, client):
    password = "a-long-password-1"
    alice.set_password(password)
    alice.save()
    people.anonymise(alice)
    assert client.login(email=alice.email, password=password) is False


def test_a_user_is_never_deleted(alice):
    with pytest.raises(ProtectedError):
        alice.delete()


def test_two_users_never_share_an_address_in_another_case(alice):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email=alice.email.upper())])


def test_what_a_company_s_sign_in_told_of_an_anonymised_user_is_forgotten(alice):
    told = {"userinfo": {"name": "Alice Archer", "email": alice.email}}
    SocialAccount.objects.create(user=alice, provider="acme", uid="alice", extra_data=told)

    people.anonymise(alice)

    assert SocialAccount.objects.count() == 0
