from typing import Any

NO_ADDRESS = {"city": None, "country": None, "line1": None, "line2": None, "postal_code": None, "state": None}


def billing_details(*, name: str | None = None, email: str | None = None) -> dict[str, Any]:
    return {"address": NO_ADDRESS, "email": email, "name": name, "phone": None, "tax_id": None}


def build(
    *, id: str, created: int, card: dict[str, Any], details: dict[str, Any], metadata: dict[str, str]
) -> dict[str, Any]:
    return {
        "id": id,
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": details,
        "card": card,
        "created": created,
        "customer": None,
        "customer_account": None,
        "livemode": False,
        "metadata": metadata,
        "type": "card",
    }


def card(
    *, brand: str, last4: str, exp_month: int, exp_year: int, fingerprint: str, funding: str, supports_3ds: bool
) -> dict[str, Any]:
    return {
        "brand": brand,
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": "US",
        "display_brand": {"amex": "american_express", "diners": "diners_club"}.get(brand, brand),
        "exp_month": exp_month,
        "exp_year": exp_year,
        "fingerprint": fingerprint,
        "funding": funding,
        "generated_from": None,
        "last4": last4,
        "networks": {"available": [brand], "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": supports_3ds},
        "wallet": None,
    }
