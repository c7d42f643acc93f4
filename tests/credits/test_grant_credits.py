"""`manage.py grant_credits`."""

import pytest
from django.core.management import CommandError, call_command

from credits.models import CreditTransaction
from tests.credits.acts import at, balance_of, open_lots_of


def grant(email: str = "alice@example.test", amount: str = "50", **options: str) -> None:
    call_command("grant_credits", email, amount, **({"reference": "ticket-7"} | options))


def test_a_bonus_is_granted_with_its_reason(alice, bob, capsys):
    grant(reason="For your patience")

    assert capsys.readouterr().out == "Granted 50 credits to alice@example.test; the balance is 150.\n"
    row = CreditTransaction.objects.get(account=alice.pk, type="bonus")
    assert (row.amount, row.description, row.metadata) == (50, "For your patience", {"reference": "ticket-7"})
    assert (balance_of(alice), balance_of(bob)) == (150, 100)


def test_the_same_reference_grants_once_to_each_person(alice, bob, capsys):
    grant()
    grant()
    grant("bob@example.test")

    assert (balance_of(alice), balance_of(bob)) == (150, 150)
    assert "Reference ticket-7 was granted before; the balance stays 150." in capsys.readouterr().out


def test_a_purchase_with_an_end(alice):
    grant(" Alice@Example.test ", kind="purchase", expires="2101-03-01")

    assert open_lots_of(alice) == [("allowance", 100), ("purchase", 50)]
    assert alice.credit_account.lots.get(kind="purchase").expires_at == at("2101-03-01")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": "nobody@example.test"}, "There is no user"),
        ({"amount": "0"}, "positive number"),
        ({"amount": "-5"}, "positive number"),
        ({"expires": "tomorrow"}, "not an ISO 8601 time"),
    ],
)
def test_a_wrong_grant_is_refused_with_a_sentence(alice, wrong, sentence):
    with pytest.raises(CommandError, match=sentence):
        grant(**wrong)
    assert balance_of(alice) == 100


def test_what_has_lapsed_cannot_be_granted(transactional_db, alice):
    with pytest.raises(CommandError, match="not expired before"):
        grant(expires="2001-01-01")
    assert balance_of(alice) == 100
