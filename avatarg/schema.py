"""What drf-spectacular cannot see by itself: the schemes of sign-in and the one error body."""

from typing import Any

from django.conf import settings
from drf_spectacular.openapi import AutoSchema

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
        "cronSecret": {"type": "http", "scheme": "bearer"},
    }
    for methods in result["paths"].values():
        for operation in methods.values():
            operation["responses"]["4XX"] = REFUSED
    return result


class Schema(AutoSchema):
    def get_auth(self) -> list[dict[str, list[str]]]:
        return [{"cronSecret" if self.path.startswith("/api/cron/") else "cookieAuth": []}]
