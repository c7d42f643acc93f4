"""What breaks, told to Sentry: traces and ids, never a body, a cookie, a header or a value of a variable."""

from typing import Any

import sentry_sdk
from sentry_sdk.types import Event, Hint

from avatarg.logs import Masking

REQUEST_KEPT = ("method", "url")


def start(*, dsn: str, environment: str, release: str, traces: float, masking: Masking) -> None:
    """`traces` is the share of requests and tasks whose timing is sent, 0 to 1."""

    def before_send(event: Event, hint: Hint) -> Event:
        return without_secrets(event, masking)

    sentry_sdk.init(
        dsn=dsn, environment=environment, release=release or None, traces_sample_rate=traces,
        send_default_pii=False, include_local_variables=False, max_request_body_size="never",
        before_send=before_send, before_send_transaction=before_send, max_breadcrumbs=20,
    )  # fmt: skip


def without_secrets(event: Event, masking: Masking) -> Event:
    request: dict[str, Any] = event.get("request") or {}
    if request:
        event["request"] = {key: request[key] for key in REQUEST_KEPT if key in request}
    cleaned: Event = masking.masked(event)
    return cleaned
