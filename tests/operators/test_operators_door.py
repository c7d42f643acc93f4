"""The door to the admin: everybody signs in on one page with its limits, and no operator without a second factor."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache

from tests.cast import PASSWORD
from tests.dashboard.page import Visitor, read
from tests.operators.desk import Operator, staff, superuser

SECRET = "JBSWY3DPEHPK3PXP"
SIGN_IN, AUTHENTICATE = "/accounts/login/", "/accounts/2fa/authenticate/"
ACTIVATE, AGAIN = "/accounts/2fa/totp/activate/", "/accounts/2fa/reauthenticate/"


@pytest.fixture(autouse=True)
def door_shut(door_left_ajar, settings):
    settings.OPERATORS_NEED_SECOND_FACTOR = True
    cache.clear()


def code_of(secret: str, ahead: int = 0) -> str:
    """What an authenticator app shows; codes are good once, so a second one is of the next half minute."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def sign_in(client, user) -> str:
    answer = client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    return answer.get("Location", "")


def with_factor(user):
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


@pytest.mark.parametrize(
    "path", ["", "accounts/user/", "credits/credittransaction/", "look/", "operators/campaign/new/"]
)
def test_an_operator_without_one_is_led_to_set_it_up(path):
    operator = Operator(staff())
    assert operator.client.get(f"/admin/{path}")["Location"] == ACTIVATE
    assert operator.client.post(f"/admin/{path}")["Location"] == ACTIVATE


@pytest.mark.django_db(transaction=True)
def test_an_operator_sets_one_up_and_is_let_in(client):
    sign_in(client, superuser())
    assert client.get("/admin/")["Location"] == ACTIVATE
    assert client.get(ACTIVATE)["Location"].startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": ACTIVATE})
    page = read(client.get(ACTIVATE))
    assert page.all("img", class_="qr")[0].attributes["src"].startswith("data:image/svg+xml;base64,")
    secret = next(one.attributes["value"] for one in page.all("input", id="authenticator_secret"))
    answer = client.post(ACTIVATE, {"code": code_of(secret)})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    assert len(read(client.get(answer["Location"])).texts("code")) == 10
    assert client.get("/admin/").status_code == 200


def test_the_secret_is_not_kept_as_it_is(alice):
    with_factor(alice)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code_of(SECRET))


def test_a_sign_in_with_the_second_factor_opens_the_admin(client):
    user = with_factor(superuser())
    assert sign_in(client, user) == AUTHENTICATE
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    client.post(AUTHENTICATE, {"code": code_of(SECRET)})
    assert client.get("/admin/").status_code == 200


def test_a_recovery_code_opens_it_once(client):
    user = with_factor(superuser())
    code = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client, user)
    client.post(AUTHENTICATE, {"code": code})
    assert client.get("/admin/").status_code == 200
    client.post("/accounts/logout/")
    sign_in(client, user)
    assert "Incorrect code." in client.post(AUTHENTICATE, {"code": code}).content.decode()


def test_a_session_that_has_shown_none_shows_it_first(client):
    user = with_factor(superuser())
    client.force_login(user)
    assert client.get("/admin/jobs/job/?q=1")["Location"] == f"{AGAIN}?next=%2Fadmin%2Fjobs%2Fjob%2F%3Fq%3D1"
    client.post(AGAIN, {"code": code_of(SECRET), "next": "/admin/jobs/job/"})
    assert client.get("/admin/jobs/job/").status_code == 200


def test_the_second_factor_is_shown_again_after_looking_no_longer(client, alice):
    user = with_factor(superuser())
    sign_in(client, user)
    client.post(AUTHENTICATE, {"code": code_of(SECRET)})
    client.post("/admin/look/", {"user_pk": alice.pk, "reason": "To see it."})
    assert client.get("/dashboard").status_code == 200
    client.post("/looking/stop")
    assert client.get("/admin/").status_code == 200


def test_the_embedded_run_asks_for_none(settings):
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    assert Operator().client.get("/admin/").status_code == 200


def test_the_admin_has_no_form_of_its_own_to_sign_in_by(client, alice):
    answer = client.get("/admin/login/?next=/admin/")
    assert answer["Location"] == "/accounts/login/?next=%2Fadmin%2F"
    assert client.post("/admin/login/", {"username": alice.email, "password": PASSWORD})["Location"].startswith(SIGN_IN)
    assert "_auth_user_id" not in client.session


def test_not_even_for_who_is_in_already(settings, alice):
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    operator = Operator()
    answer = operator.client.post("/admin/login/", {"username": alice.email, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert operator.client.session["_auth_user_id"] == str(operator.user.pk)


def test_guessing_an_operators_password_is_limited(client):
    user = superuser()
    said = [client.post(SIGN_IN, {"login": user.email, "password": f"guess {n}"}) for n in range(11)]
    assert "Too many failed login attempts" in said[-1].content.decode() or said[-1].status_code == 429
    assert "Location" not in client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})


def test_guessing_a_code_is_limited(client):
    user = with_factor(superuser())
    sign_in(client, user)
    said = [client.post(AUTHENTICATE, {"code": f"{number:06}"}).content.decode() for number in range(12)]
    assert "Incorrect code." in said[0]
    assert re.search("Too many failed login attempts", said[-1])


def test_a_person_turns_it_on_and_off_in_the_settings(alice):
    visitor = Visitor(alice)
    assert "/accounts/2fa/" in visitor.get("/dashboard/settings").links("/accounts/")
    assert "Your password is all that is asked for." in visitor.get("/accounts/2fa/").text
    with_factor(alice)
    page = visitor.get("/accounts/2fa/")
    assert "10 recovery codes are left" in page.text


def test_a_person_with_one_is_asked_for_it_and_one_without_is_not(client, alice, bob):
    with_factor(alice)
    assert sign_in(client, alice) == AUTHENTICATE
    assert sign_in(Visitor().client, bob) == "/dashboard"


def test_the_admin_shows_no_secret_of_it(settings, alice):
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    with_factor(alice)
    operator = Operator()
    for row in Authenticator.objects.all():
        page = operator.get(f"/admin/mfa/authenticator/{row.pk}/change/")
        assert page.status == 200
        assert "secret" not in page.html
        assert "seed" not in page.html


def test_an_operator_removes_it_for_who_lost_it(settings, alice):
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    with_factor(alice)
    Operator().act("reset-second-factor", alice)
    assert not Authenticator.objects.filter(user=alice).exists()
