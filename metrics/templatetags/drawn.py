"""The smallest parts of charts and tables. A page has thousands of them, and a template takes several times as long."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from metrics.charts import Piece
from metrics.tables import Cell

register = template.Library()
RECT = '<rect class="tone-{}" x="{}%" y="{}%" width="{}%" height="{}%" />'


@register.filter
def rects(pieces: Iterable[Piece]) -> SafeString:
    return format_html_join("", RECT, ((one.tone, one.x, one.y, one.width, one.height) for one in pieces))


@register.filter
def cells(row: Iterable[Cell]) -> SafeString:
    """A row of a table, its first cell the head of it."""
    head, *others = row
    rest = format_html_join("", "{}", ((td(one),) for one in others))
    return format_html('<th scope="row">{}</th>{}', head.text, rest)


def td(cell: Cell) -> SafeString:
    return format_html('<td class="number">{}</td>' if cell.numeric else "<td>{}</td>", cell.text)
