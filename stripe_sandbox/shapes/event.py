from typing import Any

VERSION = "2026-05-27.dahlia"


def build(
    *, id: str, type: str, data: dict[str, Any], created: int, request: str | None, idempotency_key: str | None,
    pending_webhooks: int,
) -> dict[str, Any]:  # fmt: skip
    """An event as `GET /v1/events/{id}` and webhooks show it."""
    return {
        "id": id,
        "object": "event",
        "api_version": VERSION,
        "created": created,
        "data": data,
        "livemode": False,
        "pending_webhooks": pending_webhooks,
        "request": {"id": request, "idempotency_key": idempotency_key},
        "type": type,
    }
