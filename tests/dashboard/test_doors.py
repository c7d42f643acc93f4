"""Sign up, sign in, a forgotten password, and what a person can change about how they sign in."""

import re

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from tests.cast import PASSWORD
from tests.dashboard.page import Page, Visitor

NEW = "another-password-of-the-cast"


def test_signing_up_leads_into_the_product():
    visitor = Visitor()
    answer = visitor.post("/accounts/signup/", email="Dora@Example.test", password1=PASSWORD)

    assert (answer.status, answer.response.headers["Location"]) == (302, "/dashboard")
    assert "Hello, dora" in visitor.get("/dashboard").texts("h1")


def test_a_password_that_is_too_easy_is_refused_beside_its_field():
    page = Visitor().post("/accounts/signup/", email="dora@example.test", password1="12345")

    assert page.status == 200
    assert "This password is too short." in page.all("div", id="id_password1_error")[0].text
    assert page.value("email") == "dora@example.test"
    assert page.value("password1") == ""
    assert not User.objects.exists()


def test_signing_in_leads_to_where_one_wanted_to_go(alice):
    visitor = Visitor()
    page = visitor.get("/accounts/login/", next="/dashboard/billing")
    answer = visitor.post("/accounts/login/", login=alice.email, password=PASSWORD, next=page.value("next"))

    assert (answer.status, answer.response.headers["Location"]) == (302, "/dashboard/billing")


def test_a_wrong_password_is_an_alert_and_names_nobody(alice):
    wrong = Visitor().post("/accounts/login/", login=alice.email, password="wrong")
    nobody = Visitor().post("/accounts/login/", login="nobody@example.test", password="wrong")

    assert wrong.texts("div", role="alert") == nobody.texts("div", role="alert") != []


def test_signing_out_takes_a_button(visit):
    assert visit.get("/accounts/logout/").texts("h1") == ["Sign out"]
    assert visit.post("/accounts/logout/").response.headers["Location"] == "/"
    assert visit.get("/dashboard").status == 302


def test_a_forgotten_password_is_changed_by_a_link_once(alice, mailoutbox):
    visitor = Visitor()
    assert visitor.post("/accounts/password/reset/", email=alice.email).status == 302
    assert visitor.get("/accounts/password/reset/done/").texts("h1") == ["Check your mail"]

    [mail] = mailoutbox
    assert mail.subject.endswith("Choose a new password")
    link = re.search(r"http://testserver(/\S+)", mail.body)[1]
    assert changed(visitor, link, NEW).status == 302
    assert visitor.get("/accounts/password/reset/key/done/").texts("h1") == ["Your password is changed"]
    assert Visitor().get(link).texts("h1") == ["This link does not work any more"]
    assert Visitor().post("/accounts/login/", login=alice.email, password=NEW).status == 302


def changed(visitor: Visitor, link: str, password: str) -> Page:
    """The link leads to a page without the key in its address."""
    form = visitor.get(link).response.headers["Location"]
    assert visitor.get(form).texts("h1") == ["Choose a new password"]
    return visitor.post(form, password1=password, password2=password)


def test_an_address_without_an_account_gets_the_same_page_and_another_mail(db, mailoutbox):
    visitor = Visitor()

    assert visitor.post("/accounts/password/reset/", email="nobody@example.test").status == 302
    assert "/accounts/signup/" in mailoutbox[0].body


def test_a_password_can_be_changed(alice, visit):
    answer = visit.post("/accounts/password/change/", oldpassword=PASSWORD, password1=NEW, password2=NEW)

    assert answer.status == 302
    assert User.objects.get(pk=alice.pk).check_password(NEW)


def test_an_address_can_be_added_and_confirmed(alice, visit, mailoutbox):
    visit.post("/accounts/email/", action_add="", email="liddell@example.test")
    page = visit.get("/accounts/email/")
    assert "liddell@example.test Not confirmed" in page.text

    link = re.search(r"http://testserver(/\S+)", mailoutbox[-1].body)[1]
    assert visit.get(link).texts("h1") == ["Confirm your address"]
    visit.post(link)
    assert EmailAddress.objects.get(email="liddell@example.test").verified
    assert "liddell@example.test Main Confirmed" in visit.get("/accounts/email/").text


def test_an_address_is_offered_only_what_is_not_refused(alice, visit):
    def offered() -> list[str]:
        names = (one.attributes.get("name", "") for one in visit.get("/accounts/email/").all("button"))
        return [name for name in names if name.startswith("action_")]

    only = EmailAddress.objects.create(user=alice, email=alice.email, primary=True)
    assert offered() == ["action_send", "action_add"]

    EmailAddress.objects.filter(pk=only.pk).update(verified=True)
    assert offered() == ["action_add"]

    EmailAddress.objects.create(user=alice, email="liddell@example.test")
    assert offered() == ["action_primary", "action_send", "action_remove", "action_add"]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/accounts/confirm-email/", "Check your mail"),
        ("/accounts/confirm-email/nonsense/", "This link does not work any more"),
        ("/accounts/inactive/", "This account is closed"),
        ("/accounts/password/reset/key/x-y/", "This link does not work any more"),
    ],
)
def test_every_other_door_has_its_words(db, path, title):
    assert Visitor().get(path).texts("h1") == [title]
