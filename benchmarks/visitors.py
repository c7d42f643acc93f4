"""People who are signed in, operators with the second factor that is required of them."""

import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client

from accounts.models import User


def client_of(user: User) -> Client:
    """Signed in, with a second factor where there is one, and asked for neither again while pictures are taken."""
    client = Client()
    client.force_login(user)
    shown = [{"method": one, "at": time.time() + 3600, "reauthenticated": True} for one in ("password", "mfa")]
    session = client.session
    session.update({"account_authentication_methods": shown, "account_authentication_methods_user": str(user.pk)})
    session.save()
    return client


def cookies_of(user: User) -> dict[str, str]:
    return {settings.SESSION_COOKIE_NAME: client_of(user).cookies[settings.SESSION_COOKIE_NAME].value}


def second_factor(user: User) -> None:
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
