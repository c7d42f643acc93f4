"""Small things that every template says the same way."""

import re
import textwrap
from datetime import UTC, date, datetime
from typing import Any

from django import forms, template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agents import sentences
from dashboard import words
from jobs.models import Job

register = template.Library()


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A symbol of static/icons.svg; decorative, the words beside it say the same."""
    sprite = static("icons.svg")
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="{}#i-{}"/></svg>', extra, sprite, name)


@register.simple_tag
def moment(value: datetime | date, style: str = "day") -> SafeString:
    """A <time>: `day` is 4 December 2026, `short` 4 Dec, `full` 4 Dec 2026, 21:14 UTC, `clock` 21:14:03."""
    here = value.astimezone(UTC) if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', here.isoformat(), words.dated(here, style))


@register.simple_tag
def ago(value: datetime) -> SafeString:
    """A <time> in words, with the whole moment on hover."""
    here = value.astimezone(UTC)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', here.isoformat(), words.dated(here, "whole"), words.ago(here)
    )


@register.filter
def on_day(value: date) -> str:
    """4 December."""
    return words.day(value)


@register.filter
def on_short_day(value: date) -> str:
    """4 Dec."""
    return words.dated(value, "short")


@register.filter
def until(value: datetime) -> str:
    """12 days, 5 hours."""
    return words.until(value)


@register.filter
def counted(number: int, noun: str) -> str:
    """1 credit, 1,000 credits."""
    return words.counted(number, noun)


@register.filter
def returned(credits: int) -> str:
    """Your 8 credits are back."""
    return words.returned(credits)


@register.filter
def lot_word(kind: str) -> str:
    """What a lot of credits is called."""
    return str(words.LOTS[kind])


@register.filter
def said(english: str) -> str:
    """What is kept in English, in the reader's language: what a job is doing, a line of the ledger."""
    return sentences.said(english)


@register.filter
def capital(text: str) -> str:
    """Django's capfirst would make Georgian letters capital, which few fonts have."""
    return text[:1].title() + text[1:]


@register.filter
def why_failed(job: Job) -> str:
    """Why a job failed, in the reader's language."""
    return sentences.failure(job.error_code, job.error_message)


@register.filter
def is_radio(field: forms.BoundField) -> bool:
    return isinstance(field.field.widget, forms.RadioSelect)


@register.filter
def is_checkbox(field: forms.BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def signed(value: int) -> str:
    """With its sign and thousands: a plus, or a true minus."""
    return ("\N{MINUS SIGN}" if value < 0 else "+") + words.amount(abs(value))


@register.filter
def first_text(example: dict[str, Any]) -> str:
    """The words of an example input."""
    return str(next(iter(example.values()), ""))


@register.filter
def shortened(text: str, most: int) -> str:
    """At most so many characters, cut between words."""
    return re.sub(r"[.,;:]…$", "…", textwrap.shorten(text, most, placeholder="…"))
