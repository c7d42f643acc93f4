import pytest
import stripe

from stripe_sandbox.shapes import account


def test_the_account_is_known_by_its_key_and_by_its_id(sandbox):
    own = sandbox.v1.accounts.retrieve_current()
    assert (own.id, own.country, own.default_currency, own.charges_enabled) == (account.ID, "US", "usd", True)
    assert sandbox.v1.accounts.retrieve(account.ID).to_dict() == own.to_dict()


def test_another_account_is_out_of_reach(sandbox):
    with pytest.raises(stripe.PermissionError) as refused:
        sandbox.v1.accounts.retrieve("acct_another")
    assert refused.value.json_body["error"]["code"] == "account_invalid"
