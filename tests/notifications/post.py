"""What happens around mails in these tests, in few words, and a mail server to say no."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.db.models.functions import Now

from accounts.models import User
from billing.models import Subscription
from credits import ledger
from hooks.models import Endpoint
from jobs.models import Job
from notifications import delivery, due, preferences
from notifications.models import Notification


def notify() -> None:
    """One round of beat."""
    due.record_due()
    delivery.send_due()


def mails_to(user: User) -> list[EmailMultiAlternatives]:
    return [one for one in mail.outbox if one.to == [user.email]]


def subjects(user: User) -> list[str]:
    return [one.subject for one in mails_to(user)]


def html_of(message: EmailMultiAlternatives) -> str:
    [(html, content_type)] = message.alternatives
    assert content_type == "text/html"
    return html


def states(user: User, kind: str) -> dict[str, str]:
    """The occasions of a kind with how each stands."""
    return dict(Notification.objects.filter(user=user, kind=kind).values_list("occasion", "state"))


def turn(user: User, **switches: bool) -> None:
    preferences.choose(user_id=user.pk, switches=switches)


def ran_for(job: Job, seconds: int) -> Job:
    Job.objects.filter(pk=job.pk).update(started_at=F("finished_at") - timedelta(seconds=seconds))
    return job


def subscribe(user: User, *, ends_in: timedelta = timedelta(days=20), **facts: Any) -> None:
    """A paid plan and its credits, as our rows have them after Stripe was followed."""
    ends_at = datetime.now(UTC).replace(microsecond=0) + ends_in
    started_at = ends_at - timedelta(days=30)
    ledger.start_period(
        user_id=user.pk, allowance=1000, renewal="invoice", source=f"stripe:{user.pk}:{started_at}",
        started_at=started_at, ends_at=ends_at, description="PRO monthly credits",
    )  # fmt: skip
    known = {"plan": "PRO", "stripe_customer_id": f"cus_{user.pk.hex}", "stripe_subscription_id": f"sub_{user.pk.hex}"}
    period = {"current_period_start": started_at, "current_period_end": ends_at}
    Subscription.objects.filter(pk=user.pk).update(**known | period | facts)


def gave_up(user: User, because: str = "failing") -> Endpoint:
    """A webhook endpoint that was just switched off by itself."""
    return Endpoint.objects.create(
        user=user, url="https://example.com/hook", events=["job.failed"], off_at=Now(), off_because=because
    )


def retry_now() -> None:
    Notification.objects.filter(state="waiting").update(due_at=datetime.now(UTC) - timedelta(seconds=1))


class Dialogue(socketserver.StreamRequestHandler):
    """SMTP, as far as Django speaks it."""

    server: "MailServer"

    def handle(self) -> None:
        self.say("220 test")
        while line := self.rfile.readline():
            verb = line[:4].decode().upper()
            answer = self.server.answers.get(verb)
            if answer == "":
                return
            if verb == "DATA" and not answer:
                self.take()
                continue
            self.say(answer or "250 ok")
            if verb == "QUIT":
                return

    def take(self) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.taken.append(b"".join(lines).decode())
        if self.server.answers.get("BODY") != "":
            self.say("250 taken")
        else:
            self.server.close_request(self.request)

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """`answers` to a verb replace "250 ok", an empty one hangs up; `taken` are the mails it took."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, **answers: str) -> None:
        super().__init__(("127.0.0.1", 0), Dialogue)
        self.answers = answers
        self.taken: list[str] = []


@contextmanager
def mail_server(settings: Any, **answers: str) -> Iterator[MailServer]:
    """A server that mails go to for as long as the block."""
    with MailServer(**answers) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server
        server.shutdown()


def wait_until_past(moment: datetime) -> None:
    time.sleep(max(0.0, (moment - datetime.now(UTC)).total_seconds()) + 0.05)
