"""The hourly audit: who drifts is frozen, nobody else is, and an operator is told."""

import pytest
from django.core import mail

from billing.models import Concern
from credits import ledger
from credits.errors import DeductionFailed
from credits.models import CreditAccount
from jobs.rules import EVERY_RULE
from monitoring import auditor
from monitoring.models import AuditRun
from tests.credits.acts import charge

pytestmark = pytest.mark.django_db(transaction=True)
DRIFT = "a balance is the sum of its ledger; a balance is what its open lots hold"


@pytest.fixture
def tamper(owner_connection):
    """Set somebody's balance past the ledger, as only the owner with triggers asleep can."""

    def set_balance(user, balance: int) -> None:
        with owner_connection.transaction():
            owner_connection.execute("SET LOCAL session_replication_role = replica")
            owner_connection.execute(
                "UPDATE credits_creditaccount SET balance = %s WHERE user_id = %s", [balance, user.pk]
            )

    return set_balance


def frozen() -> set[str]:
    return set(CreditAccount.objects.exclude(frozen_at=None).values_list("user__email", flat=True))


def open_concerns() -> list[tuple[str, str, str]]:
    concerns = Concern.objects.filter(resolved_at=None)
    return list(concerns.values_list("kind", "user__email", "detail"))


def test_books_that_are_right_freeze_nobody(alice, bob):
    charge(alice, 10)

    run = auditor.run_audit()

    assert (run.broken, run.drifting, run.frozen, run.rules) == ([], 0, 0, len(EVERY_RULE))
    assert frozen() == set()
    assert open_concerns() == []
    assert mail.outbox == []


def test_only_the_account_that_drifts_is_frozen(alice, bob, tamper, settings):
    settings.ADMINS = [("Operator", "ops@example.test")]
    tamper(alice, 1000)

    run = auditor.run_audit()

    assert (run.drifting, run.frozen) == (1, 1)
    assert frozen() == {"alice@example.test"}
    with pytest.raises(DeductionFailed):
        charge(alice, 1)
    charge(bob, 1)
    assert open_concerns() == [("ledger_drift", "alice@example.test", f"Broken: {DRIFT}")]
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["ops@example.test"], "[Avatar G] The ledger needs a look")
    ]
    assert [(one["rule"], one["count"]) for one in AuditRun.objects.get().broken] == [
        (name, 1) for name in DRIFT.split("; ")
    ]


def test_an_audit_again_says_the_same_once(alice, tamper):
    tamper(alice, 1000)
    auditor.run_audit()

    assert auditor.run_audit().frozen == 0
    assert len(open_concerns()) == 1


def test_a_drift_that_was_mended_closes_the_concern_and_leaves_the_thaw_to_an_operator(alice, tamper):
    tamper(alice, 1000)
    auditor.run_audit()
    tamper(alice, 100)

    auditor.run_audit()

    assert open_concerns() == []
    assert frozen() == {"alice@example.test"}
    ledger.freeze(alice.pk, frozen=False)
    charge(alice, 1)


def test_an_account_thawed_while_it_still_drifts_is_frozen_again(alice, tamper):
    tamper(alice, 1000)
    auditor.run_audit()
    ledger.freeze(alice.pk, frozen=False)

    assert auditor.run_audit().frozen == 1


def test_a_fault_of_ours_that_touches_many_shuts_nobody_out(alice, bob, tamper, settings):
    settings.AUDIT_MOST_FROZEN = 1
    tamper(alice, 1000)
    tamper(bob, 1000)

    run = auditor.run_audit()

    assert (run.drifting, run.frozen) == (2, 0)
    assert frozen() == set()
    assert {email for _, email, _ in open_concerns()} == {"alice@example.test", "bob@example.test"}


def test_a_mail_server_that_is_away_hides_nothing(alice, tamper, settings, unused_tcp_port):
    settings.ADMINS = [("Operator", "ops@example.test")]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_tcp_port
    tamper(alice, 1000)

    assert auditor.run_audit().frozen == 1
