"""What an endpoint can be told of. The shapes are in docs/webhooks.md, and are the API's own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.renderers import JSONRenderer

JOB_COMPLETED, JOB_FAILED, JOB_CANCELED = "job.completed", "job.failed", "job.canceled"
CREDITS_CHANGED, CREDITS_LOW = "credits.changed", "credits.low"
TEST = "webhook.test"
"""Only ever sent by its button."""

EVENTS = {
    JOB_COMPLETED: _("A job is completed"),
    JOB_FAILED: _("A job fails"),
    JOB_CANCELED: _("A job is canceled"),
    CREDITS_LOW: _("Credits run low"),
    CREDITS_CHANGED: _("Credits change"),
}

_renderer = JSONRenderer()


def body_of(type: str, happened_at: datetime, data: Mapping[str, Any]) -> str:
    """What is signed and sent, the same bytes at every attempt."""
    told = {"type": type, "timestamp": happened_at, "data": data}
    rendered: bytes = _renderer.render(told)
    return rendered.decode()
