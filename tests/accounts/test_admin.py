"""The operator's pages: they open, they make users like any other door, and they never delete one."""

import pytest

from accounts.models import User
from billing.models import Subscription
from tests.operators import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("operator@example.test", "a-long-password-1"))
    return client


def test_a_user_made_in_the_admin_has_plan_and_credits(operator):
    answer = operator.post(
        "/admin/accounts/user/add/",
        {
            "email": "New@Example.test",
            "usable_password": "true",
            "password1": "long-pass-77",
            "password2": "long-pass-77",
        },
    )
    user = User.objects.get(email="new@example.test")
    assert answer.status_code == 302
    assert (user.subscription.plan, user.credit_account.balance, user.profile.full_name) == ("FREE", 100, "")


def test_a_taken_address_is_said_beside_the_field(operator, alice):
    answer = operator.post(
        "/admin/accounts/user/add/",
        {
            "email": alice.email.upper(),
            "usable_password": "true",
            "password1": "long-pass-77",
            "password2": "long-pass-77",
        },
    )
    assert "There is a user with this address already." in answer.content.decode()


@pytest.mark.parametrize(
    "page",
    [
        "accounts/user", "credits/creditaccount", "credits/credittransaction", "billing/subscription",
        "agents/agentswitch", "jobs/job",
    ],
)  # fmt: skip
def test_every_list_opens(operator, alice, page):
    assert operator.get(f"/admin/{page}/").status_code == 200


@pytest.mark.parametrize("page", ["credits/credittransaction", "credits/creditaccount", "billing/subscription"])
def test_the_ledger_cannot_be_added_to_by_a_form(operator, page):
    assert operator.get(f"/admin/{page}/add/").status_code == 403


def test_a_users_page_opens_and_offers_no_delete(operator, alice):
    page = operator.get(f"/admin/accounts/user/{alice.pk}/change/")
    assert page.status_code == 200
    assert operator.get(f"/admin/accounts/user/{alice.pk}/delete/").status_code == 403


def test_who_still_pays_is_not_anonymised(alice):
    Subscription.objects.filter(pk=alice.pk).update(stripe_subscription_id="sub_1")
    said = desk.told(desk.Operator().act("anonymise", alice))
    assert said == ["For alice@example.test: Still pays: end the subscription in Stripe first."]
    assert User.objects.get(pk=alice.pk).email == alice.email


def test_an_operator_anonymises_users_but_not_themselves(alice):
    operator = desk.Operator()
    operator.act("anonymise", alice, operator.user)
    assert User.objects.get(pk=alice.pk).email == f"{alice.pk}@anonymised.invalid"
    assert User.objects.get(pk=operator.user.pk).email == "operator@example.test"
    assert desk.trail(alice) == [f"Anonymised. Ledger and jobs stay. Reason: {desk.WHY}"]


def test_a_person_is_kept_out_of_the_admin(client, alice):
    client.force_login(alice)
    assert client.get("/admin/").status_code == 302
