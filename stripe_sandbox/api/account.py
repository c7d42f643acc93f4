from typing import Any

from stripe_sandbox.errors import StripeError
from stripe_sandbox.router import Call, endpoint
from stripe_sandbox.shapes import account as shape


@endpoint("GET", "/v1/account")
def retrieve(call: Call) -> dict[str, Any]:
    return shape.build()


@endpoint("GET", "/v1/accounts/{account}")
def retrieve_by_id(call: Call, account: str) -> dict[str, Any]:
    if account != shape.ID:
        raise StripeError(
            f"The provided key does not have access to account '{account}' (or that account does not exist).",
            code="account_invalid",
            status=403,
        )
    return shape.build()
