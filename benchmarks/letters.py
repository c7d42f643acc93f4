"""The mails that the product sends, as a mail program shows them."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from benchmarks.sights import Sight
from jobs.models import Job
from notifications import envelope, letters, tickets
from notifications.letters import Letter
from notifications.models import Notification
from support.models import Message

ENDS = timedelta(days=9)


def sights(user: User, made: dict[str, Job]) -> dict[str, Sight]:
    """What is sent to somebody on a paid plan. The moments it is sent at are made up here, and are not saved."""
    answer = Message.objects.select_related("ticket").filter(ticket__user=user, side="support").earliest("pk")
    written = {
        "welcome": ("welcome", letters.welcome(user, "")),
        "credits-low": ("low_balance", running_low(user)), "credits-out": ("out_of_credits", used_up(user)),
        "payment-failed": ("payment_failed", unpaid(user)), "plan-ends": ("plan_ends", ending(user)),
        "job-done": ("job_done", letters.job_done(made["picture"])),
        "job-failed": ("job_done", letters.job_done(made["failed"])),
        "support": ("support", tickets.letter_for(answer)),
    }  # fmt: skip
    return {
        f"mail-{name}": Sight(f"/mail-{name}", body=page_of(letter, Notification(pk=1, user=user, kind=kind)))
        for name, (kind, letter) in written.items()
        if letter
    }


def page_of(letter: Letter, told: Notification) -> str:
    return str(envelope.mail_from(letter, told).alternatives[0][0])


def running_low(user: User) -> Letter | None:
    user.credit_account.balance = user.credit_account.monthly_allowance // 5
    return letters.low_balance(user, "demo:25")


def used_up(user: User) -> Letter | None:
    user.credit_account.balance = 0
    return letters.out_of_credits(user, "")


def unpaid(user: User) -> Letter | None:
    user.subscription.status = "past_due"
    return letters.payment_failed(user, "")


def ending(user: User) -> Letter | None:
    end = timezone.now() + ENDS
    user.subscription.cancel_at_period_end, user.subscription.current_period_end = True, end
    return letters.plan_ends(user, f"{end:%Y-%m-%dT%H:%M:%S}")
