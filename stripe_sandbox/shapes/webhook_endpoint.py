from typing import Any


def build(*, id: str, created: int, url: str, enabled_events: list[str], **given: Any) -> dict[str, Any]:
    """Its secret is shown once, by the call that makes it."""
    return {
        "id": id,
        "object": "webhook_endpoint",
        "api_version": None,
        "application": None,
        "created": created,
        "description": None,
        "enabled_events": enabled_events,
        "livemode": False,
        "metadata": {},
        "status": "enabled",
        "url": url,
        **given,
    }
