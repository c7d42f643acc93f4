from typing import Any


def build(*, id: str, created: int, customer: str, configuration: str, url: str, **given: Any) -> dict[str, Any]:
    return {
        "id": id,
        "object": "billing_portal.session",
        "configuration": configuration,
        "created": created,
        "customer": customer,
        "customer_account": None,
        "flow": None,
        "livemode": False,
        "locale": None,
        "on_behalf_of": None,
        "return_url": None,
        "url": url,
        **given,
    }
