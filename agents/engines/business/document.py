"""A document of headings, sentences, lists and tables, as Markdown and as PDF."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Literal

from fpdf import FPDF
from fpdf.fonts import FontFace

from agents.engines import fonts
from agents.engines.business.findings import escaped, listed, table

Kind = Literal["text", "list", "steps", "table"]
FONT = "DejaVu"
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)  # the same input gives the same bytes
INK, SOFT = (11, 21, 36), (90, 104, 126)


@dataclass(frozen=True, slots=True)
class Block:
    """`rows` are paragraphs, points, or the rows of a table with its heading first."""

    kind: Kind
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    blocks: tuple[Block, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    subtitle: str
    sections: tuple[Section, ...]


def words(*paragraphs: str) -> Block:
    return Block("text", tuple((one,) for one in paragraphs))


def points(rows: list[str]) -> Block:
    return Block("list", tuple((one,) for one in rows))


def as_markdown(document: Document) -> str:
    parts = [f"# {escaped(document.title)}", f"*{escaped(document.subtitle)}*"]
    for section in document.sections:
        parts.append(f"## {escaped(section.heading)}")
        if section.note:
            parts.append(f"*{escaped(section.note)}*")
        parts += [block_markdown(block) for block in section.blocks]
    return "\n\n".join(parts) + "\n"


def block_markdown(block: Block) -> str:
    match block.kind:
        case "table":
            return table(block.rows[0], block.rows[1:])
        case "list":
            return listed(row[0] for row in block.rows)
        case "steps":
            return "\n".join(f"{place}. {escaped(row[0])}" for place, row in enumerate(block.rows, 1))
    return "\n\n".join(escaped(row[0]) for row in block.rows)


class Page(FPDF):
    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(FONT, size=8)
        self.set_text_color(*SOFT)
        self.cell(0, 6, f"{self.page_no()}", align="C")


def as_pdf(document: Document) -> bytes:
    page = Page(format="A4")
    page.set_creation_date(MADE_AT)
    page.set_title(printable(document.title))
    page.set_creator("Avatar G")
    page.set_margins(22, 22, 22)
    page.set_auto_page_break(True, 22)
    page.add_font(FONT, "", fonts.REGULAR)
    page.add_font(FONT, "B", fonts.BOLD)
    page.add_page()
    line(page, document.title, size=22, style="B", height=9)
    line(page, document.subtitle, size=10, colour=SOFT, after=4)
    for section in document.sections:
        write_section(page, section)
    return bytes(page.output())


def write_section(page: FPDF, section: Section) -> None:
    if page.will_page_break(24):
        page.add_page()
    line(page, section.heading, size=14, style="B", height=7, before=4)
    if section.note:
        line(page, section.note, size=8.5, colour=SOFT)
    for block in section.blocks:
        write_block(page, block)


def write_block(page: FPDF, block: Block) -> None:
    if block.kind == "table":
        write_table(page, block.rows)
        return
    for place, row in enumerate(block.rows, 1):
        mark = {"list": "•", "steps": f"{place}."}.get(block.kind, "")
        line(page, row[0], mark=mark)


def line(
    page: FPDF, text: str, *, size: float = 10.5, style: Literal["", "B"] = "", height: float = 5.4,
    colour: tuple[int, int, int] = INK, before: float = 0, after: float = 1.6, mark: str = "",
) -> None:  # fmt: skip
    page.set_font(FONT, style, size)
    page.set_text_color(*colour)
    page.ln(before)
    if mark:
        page.cell(8, height, mark, align="R")
        page.set_x(page.get_x() + 2)
    left = page.l_margin
    page.set_left_margin(page.get_x())
    page.multi_cell(0, height, printable(text), align="L", new_x="LMARGIN", new_y="NEXT")
    page.set_left_margin(left)
    page.set_x(left)
    page.ln(after)


def write_table(page: FPDF, rows: tuple[tuple[str, ...], ...]) -> None:
    page.set_font(FONT, size=9)
    page.set_text_color(*INK)
    page.set_draw_color(223, 230, 239)
    with page.table(
        headings_style=FontFace(emphasis="BOLD"), borders_layout="HORIZONTAL_LINES", line_height=5, text_align="LEFT"
    ) as grid:
        for row in rows:
            grid.row([printable(cell)[:300] for cell in row])
    page.ln(3)


def printable(text: str) -> str:
    """Without control characters and what lies outside the basic plane, which the typeface lacks."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", "".join(sign if ord(sign) < 0x10000 else "□" for sign in text))


def pages_in(data: bytes) -> int:
    """How many pages a PDF of ours has; 0 for what is none or is cut short."""
    stream = BytesIO(data).getvalue()
    if not stream.startswith(b"%PDF-") or b"%%EOF" not in stream[-32:]:
        return 0
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", stream))
