"""How things are said on pages: a job's title, its state, moments and amounts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from agents.registry import AGENTS
from jobs.models import Job

Words = str | Promise
HOUR, DAY = 3600, 86_400
NOUNS = {
    "agent": ngettext_lazy("%(shown)s agent", "%(shown)s agents", "number"),
    "credit": ngettext_lazy("%(shown)s credit", "%(shown)s credits", "number"),
    "day": ngettext_lazy("%(shown)s day", "%(shown)s days", "number"),
    "hour": ngettext_lazy("%(shown)s hour", "%(shown)s hours", "number"),
    "job": ngettext_lazy("%(shown)s job", "%(shown)s jobs", "number"),
    "minute": ngettext_lazy("%(shown)s minute", "%(shown)s minutes", "number"),
    "second": ngettext_lazy("%(shown)s second", "%(shown)s seconds", "number"),
}
LOTS = {
    "allowance": gettext_lazy("Allowance"),
    "bonus": gettext_lazy("Bonus"),
    "purchase": gettext_lazy("Purchase"),
}
DATES = {
    "day": pgettext_lazy("date format", "j F Y"),
    "short": pgettext_lazy("date format", "j M"),
    "short with year": pgettext_lazy("date format", "j M Y"),
    "long": pgettext_lazy("date format", "j F"),
    "full": pgettext_lazy("date format", r"j M Y, H:i \U\T\C"),
    "whole": pgettext_lazy("date format", r"j F Y, H:i:s \U\T\C"),
    "brief": pgettext_lazy("date format", "j M, H:i"),
    "clock": pgettext_lazy("date format", "H:i:s"),
}
TEXT_KEYS = ("prompt", "text", "message", "goal")
STATES = {
    Job.Status.QUEUED: ("queued", "clock", gettext_lazy("Queued")),
    Job.Status.RUNNING: ("running", "spin", gettext_lazy("Running")),
    Job.Status.COMPLETED: ("completed", "check", gettext_lazy("Completed")),
    Job.Status.FAILED: ("failed", "x", gettext_lazy("Failed")),
    Job.Status.CANCELED: ("canceled", "minus", gettext_lazy("Canceled")),
}


@dataclass(frozen=True, slots=True)
class Badge:
    tone: str
    icon: str
    word: Words


def badge_of(job: Job) -> Badge:
    tone, icon, name = STATES[Job.Status(job.status)]
    word = str(name)
    if job.status == Job.Status.RUNNING and job.progress:
        word = _("Running %(percent)d %%") % {"percent": job.progress}
    elif job.refunded:
        word = _("%(state)s, refunded") % {"state": word}
    return Badge(tone, icon, word)


def seen_of(job: Job) -> str:
    """What a watching page shows of a job; while it is the same there is nothing to send again."""
    return f"{job.status}-{job.progress}-{job.step}-{len(job.draft)}"


def title_of(job: Job) -> str:
    """What the person asked for, or the operation's name where they gave no words."""
    if asked := asked_for(job.input):
        return asked
    return f"{AGENTS[job.agent_id].name}: {operation_of(job)}"


def operation_of(job: Job) -> str:
    """What it does, as the studio calls it."""
    operation = AGENTS[job.agent_id].operation(job.operation)
    return operation.title if operation else job.operation


def asked_for(input: dict[str, Any]) -> str:
    """The words of an input, "" where there are none."""
    text = next((input[key] for key in TEXT_KEYS if isinstance(input.get(key), str)), "")
    return " ".join(text.split())[:120]


def counted(number: int, noun: str) -> str:
    """1 credit, 1,000 credits."""
    return str(NOUNS[noun] % {"number": number, "shown": amount(number)})


def amount(number: float) -> str:
    """1,000, as the reader's language writes it."""
    return formats.number_format(number, force_grouping=True)


def dated(moment: datetime | date, style: str) -> str:
    """A moment in the reader's language; `style` is one of DATES."""
    return formats.date_format(moment, str(DATES[style]))


def returned(credits: int) -> str:
    """Your 8 credits are back."""
    told = ngettext_lazy("Your %(shown)s credit is back.", "Your %(shown)s credits are back.", "number")
    return str(told % {"number": credits, "shown": amount(credits)})


def day(moment: datetime | date) -> str:
    return dated(moment, "long")


def ago(moment: datetime) -> str:
    """How long ago; after a day, the date."""
    now = timezone.now()
    seconds = (now - moment).total_seconds()
    if seconds < 45:
        return _("just now")
    if seconds < HOUR:
        return _("%(number)d min ago") % {"number": max(1, round(seconds / 60))}
    if seconds < DAY:
        return _("%(time)s ago") % {"time": counted(round(seconds / HOUR), "hour")}
    return dated(moment, "short" if moment.year == now.year else "short with year")


def until(moment: datetime) -> str:
    """How long from now: 12 days, 5 hours, 20 minutes. Days are those of the calendar, as the date beside them says."""
    now = timezone.now()
    seconds = max(0.0, (moment - now).total_seconds())
    if seconds >= 2 * DAY:
        return counted((moment.astimezone(UTC).date() - now.astimezone(UTC).date()).days, "day")
    if seconds >= 2 * HOUR:
        return counted(int(seconds // HOUR), "hour")
    return counted(max(1, int(seconds // 60)), "minute")


def clock(seconds: float) -> str:
    """A length as players show it: 2:04."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def sentence_case(name: str) -> str:
    """time_of_day is Time of day."""
    plain = name.replace("_", " ").strip()
    return plain[:1].title() + plain[1:]


def plain(sentence: str) -> str:
    """What the checks of a schema say, for a person."""
    if sentence in {"Field required", "String should have at least 1 character"}:
        return _("Please fill this in.")
    sentence = sentence.removeprefix("Value error, ")
    for stiff in ("Input should", "String should", "Value should"):
        sentence = sentence.replace(stiff, "This should", 1)
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
