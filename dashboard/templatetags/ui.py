"""Small things that every template says the same way."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms, template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A symbol of the sprite in partials/icons.html; decorative, the words beside it say the same."""
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="#i-{}"/></svg>', extra, name)


@register.simple_tag
def moment(value: datetime | date, style: str = "day") -> SafeString:
    """A <time>: `day` is 4 December 2026, `short` 4 Dec, `full` 4 Dec 2026, 21:14 UTC, `clock` 21:14:03."""
    formats = {"day": "%-d %B %Y", "short": "%-d %b", "full": "%-d %b %Y, %H:%M UTC", "clock": "%H:%M:%S"}
    here = value.astimezone(UTC) if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', here.isoformat(), here.strftime(formats[style]))


@register.filter
def is_radio(field: forms.BoundField) -> bool:
    return isinstance(field.field.widget, forms.RadioSelect)


@register.filter
def is_checkbox(field: forms.BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def signed(value: int) -> str:
    """With its sign and thousands: a plus, or a true minus."""
    return f"{value:+,}".replace("-", "\N{MINUS SIGN}")


@register.filter
def first_text(example: dict[str, Any]) -> str:
    """The words of an example input."""
    return str(next(iter(example.values()), ""))
