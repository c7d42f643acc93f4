import copy
from typing import Any


def fill(empty: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    """A complete object: what is not given stays empty. A key that Stripe's object does not have is our mistake."""
    unknown = facts.keys() - empty.keys()
    if unknown:
        raise KeyError(f"Stripe's {empty.get('object', 'phase')} has no {', '.join(sorted(unknown))}")
    return copy.deepcopy(empty) | facts


def listing(data: list[Any], url: str) -> dict[str, Any]:
    return {"object": "list", "data": data, "has_more": False, "url": url}
