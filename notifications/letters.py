"""What each kind of mail says, from the facts of the moment at which it is sent. None: it is no longer so.

Subjects hold no amounts and nothing that a person typed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from accounts.models import User
from agents import sentences
from agents.registry import AGENTS, CHAT, IMAGE_CREATOR
from billing.models import Subscription
from billing.plans import FREE, next_plan
from hooks.models import GAVE_UP, Endpoint
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
    facts = {
        "plan": user.subscription.plan, "allowance": credits_in_words(user.credit_account.monthly_allowance),
        "picture": credits_in_words(IMAGE_CREATOR.operations[0].cost),
        "answer": credits_in_words(CHAT.operations[0].cost),
    }  # fmt: skip
    return Letter(
        _("Welcome to Avatar G"),
        (
            _("Your account is ready: the %(plan)s plan, with %(allowance)s every month.") % facts,
            _(
                "Every agent says its price before it starts, and a job that fails is refunded. A picture takes "
                "%(picture)s, an answer in the chat %(answer)s."
            )
            % facts,
        ),
        _("Choose an agent"),
        reverse("dashboard"),
    )


def low_balance(user: User, occasion: str) -> Letter | None:
    account = user.credit_account
    share, sentence, subject = LEVELS[occasion.rpartition(":")[2]]
    if account.balance > account.monthly_allowance // share:
        return None
    facts = {"left": credits_in_words(account.balance), "allowance": number(account.monthly_allowance)}
    return Letter(
        _(subject),
        (_(sentence) % facts, fresh_credits(user)),
        _("See plan and credits"),
        reverse("billing"),
    )


LEVELS = {
    "25": (
        4,
        gettext_noop(
            "Less than a quarter of your monthly credits is left: you have %(left)s now, and your plan gives "
            "%(allowance)s a month."
        ),
        gettext_noop("Your credits are running low"),
    ),
    "10": (
        10,
        gettext_noop(
            "Less than a tenth of your monthly credits is left: you have %(left)s now, and your plan gives "
            "%(allowance)s a month."
        ),
        gettext_noop("Your credits are nearly used up"),
    ),
}


def out_of_credits(user: User, _occasion: str) -> Letter | None:
    if user.credit_account.balance >= due.cheapest():
        return None
    return Letter(
        _("You are out of credits"),
        (
            _("Your credits are used up. What is already running is paid for and goes on; nothing new can start."),
            fresh_credits(user),
        ),
        _("See plan and credits"),
        reverse("billing"),
    )


def fresh_credits(user: User) -> str:
    sentence = _("Your next monthly credits come on %(day)s.")
    if next_plan(user.subscription.plan):
        sentence = _("Your next monthly credits come on %(day)s. A higher plan gives more at once.")
    return sentence % {"day": day(user.credit_account.next_reset_at)}


def payment_failed(user: User, _occasion: str) -> Letter | None:
    subscription = user.subscription
    if subscription.status != Subscription.Status.PAST_DUE:
        return None
    again = subscription.metadata.get("retries_at")
    retry = _("The payment is tried again on %(day)s.") % {"day": day(datetime.fromisoformat(again))} if again else ""
    mend = _("A card that works mends it at once: choose Manage billing on the billing page.")
    return Letter(
        _("Your payment did not go through"),
        (
            _(
                "The payment for your %(plan)s plan failed. Your agents are paused until it goes through; what "
                "you have made and the credits you have left stay."
            )
            % {"plan": subscription.plan},
            f"{retry} {mend}".strip(),
        ),
        _("Open billing"),
        reverse("billing"),
    )


def plan_ends(user: User, occasion: str) -> Letter | None:
    subscription = user.subscription
    end = subscription.current_period_end
    if not subscription.cancel_at_period_end or end is None or f"{end:%Y-%m-%dT%H:%M:%S}" not in occasion:
        return None
    facts = {"plan": subscription.plan, "day": day(end), "credits": number(FREE.credits)}
    subject = (
        _("Your %(plan)s plan ends soon") if occasion.endswith(":soon") else _("Your %(plan)s plan is going to end")
    )
    return Letter(
        subject % facts,
        (
            _(
                "Your %(plan)s plan ends on %(day)s and works until then. After that you are on the FREE plan with "
                "%(credits)s credits a month. Bought and bonus credits stay."
            )
            % facts,
            _("Changed your mind? Until %(day)s you can resume the plan: choose Manage billing on the billing page.")
            % facts,
        ),
        _("Open billing"),
        reverse("billing"),
    )


def webhook_off(user: User, occasion: str) -> Letter | None:
    endpoint = Endpoint.objects.filter(pk=UUID(occasion[:36]), user=user, off_because__in=GAVE_UP).first()
    if endpoint is None:
        return None
    reason = _("it answered 410 Gone, which asks for no more")
    if endpoint.off_because == Endpoint.Off.FAILING:
        reason = _("nothing that we sent to it was taken for three days")
    return Letter(
        _("A webhook of yours was switched off"),
        (
            _("The endpoint below was switched off: %(reason)s. What happens now is not told to it.")
            % {"reason": reason},
            _("When it works again, switch it on. Its log says what went wrong, and can send again what was missed."),
        ),
        _("Open the endpoint"),
        reverse("hook", args=[endpoint.pk]),
        quote=endpoint.url,
    )


def job_done(job: Job) -> Letter:
    agent = AGENTS[job.agent_id].name if job.agent_id in AGENTS else job.agent_id
    back = _("%(credits)s came back to you.") % {"credits": credits_in_words(job.refunded)} if job.refunded else ""
    if job.status == Job.Status.COMPLETED:
        subject, line, label = _("Your job is done: %(agent)s"), _("What you asked for is ready."), _("See the result")
    else:
        line = sentences.failure(job.error_code, job.error_message)
        subject, label = _("Your job failed: %(agent)s"), _("See the job")
    told = tuple(line for line in (line, back) if line)
    path = reverse("job", args=[job.pk])
    return Letter(subject % {"agent": agent}, told, label, path, quote=asked_for(job))


def asked_for(job: Job) -> str:
    text = next((job.input[key] for key in TEXT_KEYS if job.input.get(key)), "")
    return " ".join(str(text).split())[:120]


def credits_in_words(amount: int) -> str:
    """1 credit, 1,000 credits."""
    return ngettext("%(count)s credit", "%(count)s credits", amount) % {"count": number(amount)}


def number(amount: int) -> str:
    return formats.number_format(amount, force_grouping=True)


def day(moment: datetime) -> str:
    return formats.date_format(moment, "DATE_FORMAT")


WRITERS: dict[str, Callable[[User, str], Letter | None]] = {
    "welcome": welcome,
    "low_balance": low_balance,
    "out_of_credits": out_of_credits,
    "payment_failed": payment_failed,
    "plan_ends": plan_ends,
    "webhook_off": webhook_off,
}
