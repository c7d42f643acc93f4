"""Calling the API as a user does."""

from typing import Any

from django.test import Client

from accounts.models import User


class Api:
    """Signed in as one user. Each call gives the status and the body's JSON; `last` is the whole response."""

    def __init__(self, user: User, **options: Any) -> None:
        self.client = Client(**options)
        self.client.force_login(user)

    def get(self, path: str, **query: Any) -> tuple[int, Any]:
        return self._answer(self.client.get(f"/api/{path}", query))

    def post(self, path: str, body: Any = None, **headers: Any) -> tuple[int, Any]:
        given = {} if body is None else {"data": body, "content_type": "application/json"}
        return self._answer(self.client.post(f"/api/{path}", headers=headers, **given))

    def delete(self, path: str) -> tuple[int, Any]:
        return self._answer(self.client.delete(f"/api/{path}"))

    def send(self, file: Any) -> tuple[int, Any]:
        return self._answer(self.client.post("/api/uploads", {"file": file}))

    def _answer(self, response: Any) -> tuple[int, Any]:
        self.last = response
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        return response.status_code, response.json() if is_json else None


def error(code: str, sentence: str, **metadata: Any) -> dict[str, Any]:
    return {"error": sentence, "code": code, "metadata": metadata}


def wrong(**fields: list[str]) -> dict[str, Any]:
    return error("VALIDATION_ERROR", "Some of the input is not right.", fields=fields)


CHAT = {"agent_id": "chat", "input": {"message": "hello"}}
UNAUTHENTICATED = error("UNAUTHENTICATED", "Please sign in first.")
UNREADABLE = error("VALIDATION_ERROR", "The body could not be read.")
