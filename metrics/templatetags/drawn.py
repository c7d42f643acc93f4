"""The smallest parts of charts and tables. A page has thousands of them, and a template takes many times as long."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString

from metrics.charts import Piece
from metrics.tables import Cell

register = template.Library()


@register.filter
def rects(pieces: Iterable[Piece]) -> SafeString:
    return SafeString("".join(map(rect, pieces)))


def rect(one: Piece) -> str:
    box = f'x="{one.x}%" y="{one.y}%" width="{one.width}%" height="{one.height}%"'
    return f'<rect class="tone-{escape(one.tone)}" {box} />'


@register.filter
def cells(row: Iterable[Cell]) -> SafeString:
    """A row of a table, its first cell the head of it."""
    head, *others = row
    return SafeString(f'<th scope="row">{escape(head.text)}</th>{"".join(map(td, others))}')


def td(cell: Cell) -> str:
    return f'<td class="number">{escape(cell.text)}</td>' if cell.numeric else f"<td>{escape(cell.text)}</td>"
