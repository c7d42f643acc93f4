"""People of a company sign in by its own provider: a real one, on this machine."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken

from accounts.models import User
from billing.models import Subscription
from credits import selectors
from sso import connections
from tests.cast import PASSWORD


def who(browser) -> str:
    """The address of who is signed in."""
    found = browser.session.get("_auth_user_id")
    return User.objects.get(pk=found).email if found else ""


def told(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def test_a_newcomer_gets_an_account_with_everything(sign_on, company, browser):
    sign_on()
    company.claims("1", email="Dora@acme.test", email_verified=True, name="Dora Doe")

    page = company.sign_in(browser, "dora@acme.test", "1")

    assert page.redirect_chain[-1] == ("/dashboard", 302)
    dora = User.objects.get(email="dora@acme.test")
    assert who(browser) == "dora@acme.test"
    assert (dora.profile.full_name, dora.has_usable_password()) == ("Dora Doe", False)
    assert selectors.account_of(dora.pk).balance == 100
    assert EmailAddress.objects.get(user=dora).verified


def test_the_second_time_it_is_the_same_account(sign_on, company, browser, client):
    sign_on()
    company.claims("1", email="dora@acme.test")
    company.sign_in(browser, "dora@acme.test", "1")

    company.sign_in(client, "somebody@acme.test", "1")

    assert who(client) == "dora@acme.test"
    assert User.objects.filter(email__endswith="@acme.test").count() == 1


def test_who_has_an_account_keeps_it_and_what_a_stranger_set_is_wiped(sign_on, company, browser):
    sign_on()
    dora = User.objects.create_user(email="dora@acme.test", password=PASSWORD)
    company.claims("1", email="dora@acme.test")

    company.sign_in(browser, "dora@acme.test", "1")

    assert browser.session["_auth_user_id"] == str(dora.pk)
    assert not User.objects.get(pk=dora.pk).has_usable_password()


def test_a_password_of_a_proven_address_stays(sign_on, company, browser):
    sign_on()
    dora = User.objects.create_user(email="dora@acme.test", password=PASSWORD)
    EmailAddress.objects.create(user=dora, email=dora.email, verified=True, primary=True)
    company.claims("1", email="dora@acme.test")

    company.sign_in(browser, "dora@acme.test", "1")

    assert User.objects.get(pk=dora.pk).has_usable_password()


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "bob@example.test"},
        {"email": "dora@evil-acme.test"},
        {"email": "dora@acme.test", "email_verified": False},
        {},
    ],
)
def test_a_provider_speaks_for_its_own_domain_only(sign_on, company, browser, bob, claims):
    sign_on()
    company.claims("1", **claims)

    page = company.sign_in(browser, "dora@acme.test", "1")

    assert who(browser) == ""
    assert (page.redirect_chain[-1][0], len(told(page))) == ("/accounts/sso", 1)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("power", ["is_staff", "is_superuser"])
def test_no_operator_signs_in_by_a_company(sign_on, company, browser, power):
    sign_on()
    User.objects.create_user(email="dora@acme.test", password=PASSWORD, **{power: True})
    company.claims("1", email="dora@acme.test")

    company.sign_in(browser, "dora@acme.test", "1")

    assert who(browser) == ""


def test_who_became_an_operator_signs_in_by_a_company_no_more(sign_on, company, browser, client):
    sign_on()
    company.claims("1", email="dora@acme.test")
    company.sign_in(browser, "dora@acme.test", "1")
    User.objects.filter(email="dora@acme.test").update(is_staff=True)

    company.sign_in(client, "dora@acme.test", "1")

    assert who(client) == ""


def test_nothing_of_the_provider_is_kept_but_who_it_is(sign_on, company, browser):
    sign_on()
    company.claims("1", email="dora@acme.test")

    company.sign_in(browser, "dora@acme.test", "1")

    assert (SocialApp.objects.count(), SocialToken.objects.count(), SocialAccount.objects.count()) == (0, 0, 1)


def test_before_an_operator_has_checked_the_domain_nobody_gets_in(sign_on, company, browser):
    sign_on(checked=False)

    assert company.onward(browser, "dora@acme.test") == ""


def test_without_the_plan_it_rests_and_with_it_works_again(sign_on, owner, company, browser):
    sign_on()
    Subscription.objects.filter(pk=owner.pk).update(plan="PREMIUM")

    assert company.onward(browser, "dora@acme.test") == ""
    Subscription.objects.filter(pk=owner.pk).update(plan="ENTERPRISE")
    assert company.onward(browser, "dora@acme.test") != ""


def test_another_provider_must_be_checked_anew(sign_on, owner, provider, company, browser):
    sign_on()
    facts = {"owner_id": owner.pk, "domain": "acme.test", "client_secret": "", "required": False}

    connections.save_sign_on(issuer=provider, client_id="avatarg", **facts)
    assert company.onward(browser, "dora@acme.test") != ""
    connections.save_sign_on(issuer=provider, client_id="another", **facts)
    assert company.onward(browser, "dora@acme.test") == ""


def test_a_stolen_way_back_opens_nothing_in_another_browser(sign_on, company, browser, client):
    sign_on()
    company.claims("1", email="dora@acme.test")
    back = company.agree(company.onward(browser, "dora@acme.test"), "1")

    client.get(back)

    assert who(client) == ""


def test_a_provider_that_is_away_is_told_in_words(sign_on, company, browser):
    made = sign_on()
    type(made).objects.filter(pk=made.pk).update(issuer="http://localhost:1")

    page = browser.post("/accounts/sso", {"email": "dora@acme.test"}, follow=True)

    assert told(page) == ["Your company's sign-in does not answer. Please try again later."]


def test_the_page_that_leads_on_is_no_form_of_ours(sign_on, company, browser, provider):
    """The policy of our pages lets no form end elsewhere: so it is a page, and one of ours all the same."""
    sign_on()

    page = browser.post("/accounts/sso", {"email": "dora@acme.test"})

    assert page.status_code == 200
    assert provider not in page["Content-Security-Policy"]
    assert company.onward(browser, "dora@acme.test").startswith(f"{provider}/oauth2/authorize?")
    assert "code_challenge=" in company.onward(browser, "dora@acme.test")


@pytest.mark.parametrize("path", ["3rdparty/", "3rdparty/signup/", "social/login/error/", "oidc/x/login/"])
def test_allauths_own_pages_lead_to_the_door(client, db, path):
    assert client.get(f"/accounts/{path}").headers["Location"] == "/accounts/sso"


def test_a_stranger_at_the_door_learns_of_domains_and_never_of_people(sign_on, owner, client):
    sign_on()
    for email in (owner.email, "nobody@example.test"):
        page = client.post("/accounts/sso", {"email": email})
        assert page.status_code == 400
        assert b"There is no single sign-on for this address." in page.content
