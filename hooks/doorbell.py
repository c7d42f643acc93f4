"""Asks a worker to deliver now. A ring that is lost costs five seconds: beat asks as well."""

import logging

from celery import current_app
from django.db import transaction

log = logging.getLogger(__name__)


def ring_after_commit() -> None:
    transaction.on_commit(_ring)


def _ring() -> None:
    try:
        current_app.send_task("hooks.deliver")
    except Exception as error:
        log.warning("Deliveries wait for beat: the broker did not take the ring (%s)", type(error).__name__)
