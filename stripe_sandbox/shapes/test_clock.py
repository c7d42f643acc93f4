from typing import Any

LIFETIME_SECONDS = 30 * 86_400


def build(*, id: str, created: int, frozen_time: int, name: str | None = None) -> dict[str, Any]:
    return {
        "id": id,
        "object": "test_helpers.test_clock",
        "created": created,
        "deletes_after": created + LIFETIME_SECONDS,
        "frozen_time": frozen_time,
        "livemode": False,
        "name": name,
        "status": "ready",
        "status_details": {},
    }
