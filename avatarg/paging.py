"""Pages by keyset: a cursor is the place after which to go on, so a page costs the same however deep it lies."""

import base64
import binascii
import json
from datetime import datetime
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from avatarg.errors import InvalidInput

MOST = 100
Row = TypeVar("Row", bound=models.Model)


def limit_from(text: str | None, default: int = 20) -> int:
    """A page size of 1 to 100. Raises InvalidInput."""
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 3 or not 1 <= int(text) <= MOST:
        raise InvalidInput({"limit": [_("This must be a whole number from 1 to %(most)d.") % {"most": MOST}]})
    return int(text)


def newest_first(
    rows: QuerySet[Row], cursor: str | None, limit: int, *, by: tuple[str, ...] = ("id",)
) -> tuple[list[Row], str | None]:
    """One page in falling order of `by` (one or two fields), and the cursor of the next page. Raises InvalidInput."""
    if cursor:
        rows = rows.filter(before(rows.model, by, decode(cursor)))
    page = list(rows.order_by(*(f"-{field}" for field in by))[: limit + 1])
    if len(page) <= limit:
        return page, None
    return page[:limit], encode([getattr(page[limit - 1], field) for field in by])


def before(model: type[models.Model], by: tuple[str, ...], place: list[object]) -> Q:
    try:
        fields = [cast("models.Field[Any, Any]", model._meta.get_field(name)) for name in by]
        values = [field.to_python(value) for field, value in zip(fields, place, strict=True)]
    except (ValidationError, ValueError, TypeError, OverflowError):
        raise unknown_cursor() from None
    if any(value is None or is_naive(value) for value in values):
        raise unknown_cursor()
    first, *rest = zip(by, values, strict=True)
    if not rest:
        return Q(**{f"{first[0]}__lt": first[1]})
    same = Q(**{first[0]: first[1], f"{rest[0][0]}__lt": rest[0][1]})
    return Q(**{f"{first[0]}__lte": first[1]}) & (Q(**{f"{first[0]}__lt": first[1]}) | same)


def is_naive(value: object) -> bool:
    return isinstance(value, datetime) and value.utcoffset() is None


def encode(place: list[object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(place, default=str).encode()).decode().rstrip("=")


def decode(cursor: str) -> list[object]:
    """Raises InvalidInput."""
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        raise unknown_cursor() from None
    if not isinstance(place, list):
        raise unknown_cursor()
    return place


def unknown_cursor() -> InvalidInput:
    return InvalidInput({"cursor": [_("This cursor is not one of ours.")]})
