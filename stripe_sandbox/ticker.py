"""What runs beside the requests: deliveries as events come, and the billing that falls due on the main clock."""

import logging
import threading

from django.db import close_old_connections

from stripe_sandbox import events, store
from stripe_sandbox.engine import clock

log = logging.getLogger(__name__)

TICK_SECONDS = 0.5


def tick(stopped: threading.Event) -> None:
    """Until `stopped` is set; for a thread of the sandbox's process."""
    while not stopped.is_set():
        close_old_connections()
        try:
            events.deliver_due()
            clock.advance("", store.now())
        except Exception:
            log.exception("The sandbox's clock stumbled; it goes on.")
        events.rung.wait(TICK_SECONDS)
        events.rung.clear()
