"""The ways in and out of an account, with what is asked and refused on the way."""

from collections.abc import Iterator

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from benchmarks import visitors
from benchmarks.sights import Sight, Sitter
from notifications import links
from notifications.kinds import LOW_BALANCE

PASSWORD = "a-password-nobody-guesses"  # noqa: S105  (of somebody who sits for pictures)


def sitters() -> Iterator[Sitter]:
    pia = User.objects.create_user("pia@example.test", PASSWORD)
    yield Sitter(outside(pia))
    yield Sitter(inside(), visitors.cookies_of(pia))
    visitors.second_factor(pia)
    yield Sitter({"second-factor": Sight(reverse("account_login"), act=give_password)})
    again = Sight(f"{reverse('mfa_reauthenticate')}?next=/dashboard")
    yield Sitter({"second-factor-again": again}, visitors.cookies_of(pia))


def outside(pia: User) -> dict[str, Sight]:
    address = EmailAddress.objects.create(user=pia, email=pia.email, primary=True)
    lou = User.objects.create_user("lou@example.test", PASSWORD)  # who never signs in, which would end the link
    new_password = [user_pk_to_url_str(lou), default_token_generator.make_token(lou)]
    off = links.off_link(pia.pk, LOW_BALANCE).removeprefix(settings.SITE_URL)
    paths = {
        "reset-sent": reverse("account_reset_password_done"),
        "reset-choose": reverse("account_reset_password_from_key", args=new_password),
        "reset-too-late": reverse("account_reset_password_from_key", args=["1", "old"]),
        "reset-done": reverse("account_reset_password_from_key_done"),
        "confirm-sent": reverse("account_email_verification_sent"),
        "confirm": reverse("account_confirm_email", args=[EmailConfirmationHMAC.create(address).key]),
        "confirm-too-late": reverse("account_confirm_email", args=["old"]),
        "inactive": reverse("account_inactive"), "mail-off": off, "api-docs": reverse("api-docs"),
    }  # fmt: skip
    refused = {
        "sign-up-refused": Sight(reverse("account_signup"), act=say_too_little),
        "sso-refused": Sight(reverse("sso"), act=name_a_stranger),
        "mail-is-off": Sight(paths["mail-off"], act=switch_off),
    }
    return {name: Sight(path) for name, path in paths.items()} | refused


def inside() -> dict[str, Sight]:
    paths = {
        "sign-out": "account_logout", "who-again": "account_reauthenticate",
        "password-change": "account_change_password",
    }  # fmt: skip
    return {name: Sight(reverse(path)) for name, path in paths.items()}


def give_password(page: Page) -> None:
    page.locator("input[type=email]").fill("pia@example.test")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.locator("input[name=code]").wait_for()


def say_too_little(page: Page) -> None:
    page.locator("input[type=email]").fill("lea@example.test")
    page.locator("input[type=password]").fill("12345")
    page.locator("main form button[type=submit]").first.click()
    page.locator("[aria-invalid=true]").wait_for()


def name_a_stranger(page: Page) -> None:
    page.locator("input[type=email]").fill("lea@nowhere.example")
    page.locator("main form button[type=submit]").first.click()
    page.locator("[aria-invalid=true]").wait_for()


def switch_off(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
