"""`backfill_accounts` mends users who lack any of what everybody gets, and can be run again."""

import pytest
from django.core.management import call_command

from accounts.models import Profile, User
from billing import subscriptions
from billing.models import Subscription
from credits.models import CreditAccount, CreditTransaction
from tests.law import assert_lawful, broken_rules

LEDGER_OF = """
    DELETE FROM credits_creditsplit USING credits_credittransaction WHERE transaction_id = id AND account_id = %(user)s;
    DELETE FROM credits_credittransaction WHERE account_id = %(user)s;
    DELETE FROM credits_creditlot WHERE account_id = %(user)s;
    DELETE FROM credits_creditaccount WHERE user_id = %(user)s
"""


@pytest.fixture
def lose(owner_connection):
    """Rows go missing as no part of the product could lose them."""

    def lose(user: User, *parts: str) -> None:
        with owner_connection.transaction():
            owner_connection.execute("SET LOCAL session_replication_role = replica")
            for part in parts:
                losses = LEDGER_OF if part == "credits" else f"DELETE FROM {part} WHERE user_id = %(user)s"
                for statement in losses.split(";"):
                    owner_connection.execute(statement, {"user": user.pk})

    return lose


def test_backfill_gives_each_what_they_lack_and_nothing_to_those_who_lack_nothing(lose, alice, bob, charlie, capsys):
    lose(alice, "accounts_profile", "billing_subscription", "credits")
    lose(bob, "billing_subscription")
    before = CreditTransaction.objects.filter(account=charlie.pk).count()

    call_command("backfill_accounts")

    assert capsys.readouterr().out == "Backfilled: 1 credits, 1 profile, 2 subscription.\n"
    assert Profile.objects.filter(user=alice).exists()
    assert Subscription.objects.get(user=bob).plan == "FREE"
    assert CreditAccount.objects.get(user=alice).balance == 100
    assert CreditTransaction.objects.filter(account=charlie.pk).count() == before
    assert_lawful()


def test_backfill_run_again_does_nothing(lose, alice, capsys):
    lose(alice, "credits")
    call_command("backfill_accounts")
    capsys.readouterr()

    call_command("backfill_accounts")

    assert capsys.readouterr().out == "Backfilled: nothing was missing.\n"
    assert CreditAccount.objects.get(user=alice).total_earned == 100


def test_the_audit_names_who_lacks_something(lose, alice, bob, owner_connection):
    lose(bob, "accounts_profile", "billing_subscription", "credits")
    with owner_connection.cursor() as cursor:
        broken = broken_rules(cursor)
    assert broken == {
        f"every user has {part}": (f"user_id={bob.pk}",) for part in ("a profile", "a subscription", "a credit account")
    }


def test_provision_names_what_it_gave(lose, alice):
    assert subscriptions.provision(alice.pk) == []
    lose(alice, "accounts_profile", "credits")
    assert subscriptions.provision(alice.pk) == ["profile", "credits"]
