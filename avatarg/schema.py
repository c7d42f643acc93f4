"""What drf-spectacular cannot see by itself: the schemes of sign-in and the one error body."""

from typing import Any

from django.conf import settings
from drf_spectacular.openapi import AutoSchema

from avatarg import bearer

ERROR = {
    "type": "object",
    "description": "Every error has this body.",
    "properties": {
        "error": {"type": "string", "description": "A sentence for a person."},
        "code": {"type": "string", "description": "For programs."},
        "metadata": {"type": "object", "additionalProperties": {}},
    },
    "required": ["error", "code", "metadata"],
}
REFUSED = {
    "description": "Refused: `code` says why.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
}


def completed(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """A postprocessing hook of drf-spectacular."""
    components = result["components"]
    components["schemas"]["Error"] = ERROR
    components["securitySchemes"] = {
        "cookieAuth": {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
        "apiKey": {
            "type": "http", "scheme": "bearer", "bearerFormat": "avg_live_…",
            "description": "A key made in the settings, on a plan with API access.",
        },
        "cronSecret": {"type": "http", "scheme": "bearer"},
    }  # fmt: skip
    for methods in result["paths"].values():
        for operation in methods.values():
            operation["responses"]["4XX"] = REFUSED
    return result


class Schema(AutoSchema):
    def get_auth(self) -> list[dict[str, list[str]]]:
        if self.path.startswith("/api/cron/"):
            return [{"cronSecret": []}]
        by_session: list[dict[str, list[str]]] = [{"cookieAuth": []}]
        return [*by_session, {"apiKey": []}] if bearer.scope_for(self.method, self.view) else by_session
