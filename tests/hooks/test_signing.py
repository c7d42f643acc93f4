"""Secrets: sealed where they lie, and signatures that the library of receivers verifies."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.fernet import Fernet
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from avatarg import sealing
from hooks import signing
from hooks.models import Endpoint
from tests.hooks.receiver import made

BODY = '{"type":"job.completed","data":{"text":"дом"}}'
SEALED_ELSEWHERE = Fernet(Fernet.generate_key()).encrypt(b"x").decode()


def test_a_secret_is_256_random_bits_in_the_usual_form():
    first, second = signing.new_secret(), signing.new_secret()
    assert first != second
    assert (first[:6], len(first)) == ("whsec_", 6 + 44)


def test_what_is_stored_is_sealed_and_opens_with_our_key_only(company, settings):
    new = made(company)
    kept = Endpoint.objects.get().secret

    assert new.secret[6:] not in kept
    assert signing.unseal(kept) == new.secret
    assert signing.seal(new.secret) != kept
    settings.SECRET_KEY = "another key of the same product"
    with pytest.raises(sealing.Unreadable):
        signing.unseal(kept)
    settings.SECRET_KEY_FALLBACKS = ["for-tests-only-and-long-enough-to-please-the-checks"]
    assert signing.unseal(kept) == new.secret


@pytest.mark.parametrize("sealed", ["", "rubbish", SEALED_ELSEWHERE], ids=["nothing", "rubbish", "by another key"])
def test_what_we_did_not_seal_does_not_open(sealed):
    with pytest.raises(sealing.Unreadable):
        signing.unseal(sealed)


def test_a_secret_is_in_no_text_about_what_was_made(company):
    new = made(company)
    assert new.secret not in repr(new)


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=5))])
def test_the_receivers_library_verifies(zone):
    secret = signing.new_secret()
    headers = signing.headers_for("msg_1", BODY, datetime.now(zone), [secret])

    assert Webhook(secret).verify(BODY, headers)["type"] == "job.completed"
    assert set(headers) == {"webhook-id", "webhook-timestamp", "webhook-signature"}


def test_two_secrets_sign_and_either_verifies():
    old, new = signing.new_secret(), signing.new_secret()
    headers = signing.headers_for("msg_1", BODY, datetime.now(UTC), [new, old])

    assert [part[:3] for part in headers["webhook-signature"].split(" ")] == ["v1,", "v1,"]
    for secret in (old, new):
        Webhook(secret).verify(BODY, headers)


@pytest.mark.parametrize("change", [
    {"webhook-id": "msg_2"}, {"webhook-timestamp": str(int(datetime.now(UTC).timestamp()) + 1)},
    {"webhook-signature": "v1,AAAA"},
])  # fmt: skip
def test_what_was_changed_on_the_way_does_not_verify(change):
    secret = signing.new_secret()
    headers = signing.headers_for("msg_1", BODY, datetime.now(UTC), [secret])

    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(BODY, headers | change)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(BODY + " ", headers)


def test_an_old_message_does_not_verify():
    secret = signing.new_secret()
    headers = signing.headers_for("msg_1", BODY, datetime.now(UTC) - timedelta(minutes=6), [secret])
    with pytest.raises(WebhookVerificationError, match="too old"):
        Webhook(secret).verify(BODY, headers)
