"""Sends what is recorded, at least once: an attempt that nobody finished is made again when its lease has run out.

The database is spoken to by one thread and the network by others. Only so many messages fly to one endpoint at a time,
so that one which hangs keeps no other from its own.
"""

import logging
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from avatarg import sealing
from hooks import endpoints, events, selectors, sender, signing
from hooks.models import Delivery, Endpoint
from hooks.sender import Answer

log = logging.getLogger(__name__)
State = Delivery.State
Post = Callable[[str, dict[str, str], str], Answer]

WAITS = tuple(
    timedelta(**wait)
    for wait in (
        {"seconds": 5}, {"minutes": 5}, {"minutes": 30}, {"hours": 2}, {"hours": 5}, {"hours": 10}, {"hours": 14},
        {"hours": 20}, {"hours": 24},
    )
)  # fmt: skip
"""After each attempt that came to nothing, give or take a tenth; after the one behind the last it is given up."""
LEASE = timedelta(minutes=2)
SECONDS = 40
LOOK_AGAIN = 1.0
AT_ONCE = 16
AT_ONCE_EACH = 4
MOST_DAYS_FAILING = timedelta(days=3)
KEPT = timedelta(days=30)
GONE = 410
ONE_AT_A_TIME = 5_207_114  # any number of our own, for the advisory lock

CLAIM = """
    WITH due AS (
      SELECT open.id FROM hooks_endpoint endpoint, LATERAL (
        SELECT id, due_at FROM hooks_delivery waiting
        WHERE waiting.endpoint_id = endpoint.id AND waiting.state IN ('waiting', 'sending')
          AND waiting.due_at <= statement_timestamp()
        ORDER BY waiting.due_at
        LIMIT greatest(0, %(each)s - (
          SELECT count(*) FROM hooks_delivery flying
          WHERE flying.endpoint_id = endpoint.id AND flying.state = 'sending'
            AND flying.due_at > statement_timestamp()))) open
      ORDER BY open.due_at LIMIT %(most)s
    ), taken AS (
      SELECT delivery.id FROM hooks_delivery delivery JOIN due USING (id)
      WHERE delivery.state IN ('waiting', 'sending') AND delivery.due_at <= statement_timestamp()
      FOR UPDATE OF delivery SKIP LOCKED
    )
    UPDATE hooks_delivery delivery
    SET state = 'sending', attempts = attempts + 1, tried_at = statement_timestamp(),
        due_at = statement_timestamp() + make_interval(secs => %(lease)s)
    FROM taken WHERE delivery.id = taken.id
    RETURNING delivery.id
"""


def deliver_due(*, seconds: float = SECONDS, post: Post = sender.post) -> int:
    """Send what is due, for so long; how many attempts were made. Nothing while another worker does."""
    with one_at_a_time() as is_mine:
        return Round(time.monotonic() + seconds, post).run() if is_mine else 0


@contextmanager
def one_at_a_time() -> Iterator[bool]:
    """So that endpoints that hang take one process of the workers, never all. The lock ends with its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_AT_A_TIME])
        is_mine = bool(cursor.fetchone()[0])
        try:
            yield is_mine
        finally:
            if is_mine:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def claim(most: int) -> list[Delivery]:
    """Take messages that nobody else will send before their lease has run out."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"each": AT_ONCE_EACH, "most": most, "lease": LEASE.total_seconds()})
        ids = [pk for (pk,) in cursor.fetchall()]
    taken = Delivery.objects.filter(pk__in=ids) if ids else Delivery.objects.none()
    return list(taken.select_related("endpoint__user__subscription").order_by("id"))


class Round:
    """One worker's time with what is due. Ends when nothing is, or the time is over and nothing flies any more."""

    def __init__(self, ends: float, post: Post) -> None:
        self.ends, self.post = ends, post
        self.flying: dict[Future[Answer], Delivery] = {}
        self.made = 0

    def run(self) -> int:
        with ThreadPoolExecutor(AT_ONCE, "webhook") as pool:
            while self.begin_more(pool) or self.flying:
                done, _flying = wait(self.flying, timeout=LOOK_AGAIN, return_when=FIRST_COMPLETED)
                for future in done:
                    settle(self.flying.pop(future), answer_of(future))
        return self.made

    def begin_more(self, pool: ThreadPoolExecutor) -> bool:
        room = AT_ONCE - len(self.flying)
        if not room or time.monotonic() > self.ends:
            return False
        batch = claim(room)
        for delivery in batch:
            self.begin(delivery, pool)
        return bool(batch)

    def begin(self, delivery: Delivery, pool: ThreadPoolExecutor) -> None:
        reason = reason_not_to_send(delivery.endpoint)
        if reason:
            end(delivery, State.SKIPPED, error=reason)
            return
        try:
            headers = headers_for(delivery, timezone.now())
        except sealing.Unreadable:
            settle(delivery, Answer(None, _("Its signing secret can not be read any more: make a new one.")))
            return
        self.made += 1
        self.flying[pool.submit(self.post, delivery.endpoint.url, headers, delivery.body)] = delivery


def answer_of(future: "Future[Answer]") -> Answer:
    """What nobody thought of is a failed attempt, and our fault."""
    error = future.exception()
    if error is None:
        return future.result()
    log.error("An attempt to deliver failed.", exc_info=error)
    return Answer(None, _("It could not be sent."))


def reason_not_to_send(endpoint: Endpoint) -> str:
    if endpoint.off_at:
        return _("The endpoint was switched off.")
    if not endpoint.user.is_active or endpoint.user.subscription.plan not in selectors.CARRYING:
        return _("The plan carried no webhooks.")
    return ""


def headers_for(delivery: Delivery, now: datetime) -> dict[str, str]:
    """Raises sealing.Unreadable."""
    endpoint = delivery.endpoint
    sealed = [endpoint.secret]
    if endpoint.old_secret and endpoint.old_secret_until and endpoint.old_secret_until > now:
        sealed.append(endpoint.old_secret)
    return signing.headers_for(delivery.message_id, delivery.body, now, [signing.unseal(one) for one in sealed])


def settle(delivery: Delivery, answer: Answer) -> None:
    """Write down what came of an attempt, unless it is another's by now, and what that says of the endpoint."""
    with transaction.atomic():
        if answer.is_taken:
            ended = end(delivery, State.DELIVERED, response_code=answer.code, error="")
        else:
            ended = failed(delivery, answer)
        if ended and delivery.type != events.TEST:
            judge(delivery.endpoint_id, answer)


def failed(delivery: Delivery, answer: Answer) -> bool:
    facts = {"response_code": answer.code, "error": answer.error[:200]}
    tries = delivery.attempts - delivery.attempts_before
    if delivery.type == events.TEST or answer.code == GONE or tries > len(WAITS):
        return end(delivery, State.FAILED, **facts)
    delay = WAITS[tries - 1] * random.uniform(0.9, 1.1)
    return bool(still_ours(delivery).update(state=State.WAITING, due_at=Now() + delay, **facts))


def end(delivery: Delivery, state: str, **facts: Any) -> bool:
    return bool(still_ours(delivery).update(state=state, ended_at=Now(), **facts))


def still_ours(delivery: Delivery) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts, state=State.SENDING)


def judge(endpoint_id: UUID, answer: Answer) -> None:
    """Any success clears an endpoint; days of nothing but failures, or 410, switch it off."""
    endpoint = Endpoint.objects.filter(pk=endpoint_id)
    if answer.is_taken:
        endpoint.filter(failing_since__isnull=False).update(failing_since=None)
        return
    endpoint.filter(failing_since=None).update(failing_since=Now())
    if answer.code == GONE:
        endpoints.switch_off(endpoint_id=endpoint_id, because=Endpoint.Off.GONE)
    elif endpoint.filter(failing_since__lt=Now() - MOST_DAYS_FAILING).exists():
        endpoints.switch_off(endpoint_id=endpoint_id, because=Endpoint.Off.FAILING)


def prune() -> int:
    """Forget deliveries after 30 days, and endpoints of people who left for good."""
    pruned = 0
    old = Delivery.objects.filter(created_at__lt=Now() - KEPT)
    while ids := list(old.values_list("pk", flat=True)[:1000]):
        pruned += Delivery.objects.filter(pk__in=ids).delete()[0]
    Endpoint.objects.filter(user__is_active=False, user__email__endswith="@anonymised.invalid").delete()
    return pruned
