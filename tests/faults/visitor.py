"""A signed-in person's calls over real HTTP, to a web server in a process of its own."""

from typing import Any

import requests
from django.test import Client

from accounts.models import User

TOKEN = "c" * 32


def visitor(user: User) -> requests.Session:
    """With the session and the CSRF token of somebody who has signed in."""
    client = Client()
    client.force_login(user)
    session = requests.Session()
    session.cookies.update({"sessionid": client.cookies["sessionid"].value, "csrftoken": TOKEN})
    session.headers.update({"X-CSRFToken": TOKEN})
    return session


def execute(session: requests.Session, address: str, call: dict[str, Any], key: str | None = None) -> Any:
    """The answer's status and body, or None when the server died over it."""
    headers = {"Idempotency-Key": key} if key else {}
    try:
        response = session.post(f"{address}/api/agents/execute", json=call, headers=headers, timeout=30)
    except requests.RequestException:
        return None
    return response.status_code, response.json()
