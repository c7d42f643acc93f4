"""What each kind of mail says, from the facts of the moment at which it is sent. None: it is no longer so.

Subjects hold no amounts and nothing that a person typed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from agents.registry import AGENTS, CHAT, IMAGE_CREATOR
from billing.models import Subscription
from billing.plans import FREE
from jobs.models import Job
from notifications import due
from notifications.models import Notification

TEXT_KEYS = ("prompt", "text", "message", "goal")


@dataclass(frozen=True, slots=True)
class Letter:
    """`lines` are paragraphs of plain text, `quote` are the person's own words, `path` is where the button leads."""

    subject: str
    lines: tuple[str, ...]
    label: str
    path: str
    quote: str = ""


def letter_for(told: Notification, job: Job | None = None) -> Letter | None:
    """`told` comes with its user's subscription and account, a notification about a job with the job."""
    if told.kind == "job_done":
        return job_done(job) if job else None
    return WRITERS[told.kind](told.user, told.occasion)


def welcome(user: User, _occasion: str) -> Letter:
    allowance = counted(user.credit_account.monthly_allowance, "credit")
    picture, answer = (counted(agent.operations[0].cost, "credit") for agent in (IMAGE_CREATOR, CHAT))
    return Letter(
        "Welcome to Avatar G",
        (
            f"Your account is ready: the {user.subscription.plan} plan, with {allowance} every month.",
            f"Every agent says its price before it starts, and a job that fails is refunded. A picture takes "
            f"{picture}, an answer in the chat {answer}.",
        ),
        "Choose an agent",
        reverse("dashboard"),
    )


def low_balance(user: User, occasion: str) -> Letter | None:
    account = user.credit_account
    share, words, subject = LEVELS[occasion.rpartition(":")[2]]
    if account.balance > account.monthly_allowance // share:
        return None
    left = counted(account.balance, "credit")
    return Letter(
        subject,
        (
            f"Less than {words} of your monthly credits is left: you have {left} now, "
            f"and your plan gives {account.monthly_allowance:,} a month.",
            fresh_credits(user),
        ),
        "See plan and credits",
        reverse("billing"),
    )


LEVELS = {
    "25": (4, "a quarter", "Your credits are running low"),
    "10": (10, "a tenth", "Your credits are nearly used up"),
}


def out_of_credits(user: User, _occasion: str) -> Letter | None:
    if user.credit_account.balance >= due.cheapest():
        return None
    return Letter(
        "You are out of credits",
        (
            "Your credits are used up. What runs already is paid for and goes on; nothing new can start.",
            fresh_credits(user),
        ),
        "See plan and credits",
        reverse("billing"),
    )


def fresh_credits(user: User) -> str:
    return (
        f"Your next monthly credits come on {day(user.credit_account.next_reset_at)}. A higher plan gives more at once."
    )


def payment_failed(user: User, _occasion: str) -> Letter | None:
    subscription = user.subscription
    if subscription.status != Subscription.Status.PAST_DUE:
        return None
    again = subscription.metadata.get("retries_at")
    retry = f"The payment is tried again on {day(datetime.fromisoformat(again))}. " if again else ""
    return Letter(
        "Your payment did not go through",
        (
            f"The payment for your {subscription.plan} plan failed. Your agents are paused until it is made; "
            "what you have made and what is left of your credits stays.",
            f"{retry}A card that works mends it at once: choose Manage billing on the billing page.",
        ),
        "Open billing",
        reverse("billing"),
    )


def plan_ends(user: User, occasion: str) -> Letter | None:
    subscription = user.subscription
    end = subscription.current_period_end
    if not subscription.cancel_at_period_end or end is None or f"{end:%Y-%m-%dT%H:%M:%S}" not in occasion:
        return None
    plan = subscription.plan
    return Letter(
        f"Your {plan} plan ends soon" if occasion.endswith(":soon") else f"Your {plan} plan is going to end",
        (
            f"Your {plan} plan ends on {day(end)} and works until then. After it you are on the FREE plan with "
            f"{FREE.credits:,} credits a month. Bought and bonus credits stay.",
            f"Another decision? Until {day(end)} you can resume the plan: choose Manage billing on the billing page.",
        ),
        "Open billing",
        reverse("billing"),
    )


def job_done(job: Job) -> Letter:
    agent = AGENTS[job.agent_id].name if job.agent_id in AGENTS else job.agent_id
    back = f"{counted(job.refunded, 'credit')} came back to you." if job.refunded else ""
    if job.status == Job.Status.COMPLETED:
        subject, lines, label = f"Your job is done: {agent}", ("What you asked for is ready.", back), "See the result"
    else:
        subject, lines, label = f"Your job failed: {agent}", (job.error_message, back), "See the job"
    told = tuple(line for line in lines if line)
    return Letter(subject, told, label, reverse("job", args=[job.pk]), quote=asked_for(job))


def asked_for(job: Job) -> str:
    text = next((job.input[key] for key in TEXT_KEYS if job.input.get(key)), "")
    return " ".join(str(text).split())[:120]


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


WRITERS: dict[str, Callable[[User, str], Letter | None]] = {
    "welcome": welcome,
    "low_balance": low_balance,
    "out_of_credits": out_of_credits,
    "payment_failed": payment_failed,
    "plan_ends": plan_ends,
}
