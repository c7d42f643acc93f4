"""Bytes as text, and text as a table: by content alone. Cheap, so that a form and an upload can ask it too."""

import csv
from io import StringIO
from itertools import islice

MAX_TEXT_BYTES = 5 * 2**20
MOST_CELL = 20_000
DELIMITERS = ",;\t|"
MARKUP = ("<", "%PDF", "{\\rtf")
ALLOWED = "\t\n\r\f"


def read_text(data: bytes) -> str | None:
    """None for what is no text: markup, other formats, anything with control characters in it."""
    text = decoded(data)
    if text is None or not text.strip() or text.lstrip().startswith(MARKUP):
        return None
    return None if any(sign < " " and sign not in ALLOWED for sign in text) else text


def decoded(data: bytes) -> str | None:
    """UTF-8, UTF-16 where it says so, else what spreadsheets of Western Europe save."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def table_of(text: str, most_rows: int) -> list[list[str]] | None:
    """The rows, the heading first, at most so many; None when the lines are not of one shape."""
    delimiter = delimiter_of(text)
    if delimiter is None:
        return None
    rows = []
    try:
        for row in csv.reader(lines_of(text), delimiter=delimiter):
            cells = [cell.strip()[:MOST_CELL] for cell in row]
            if any(cells):
                rows.append(cells)
            if len(rows) > most_rows:
                break
    except csv.Error:
        return None
    return rows if is_even(rows) else None


def lines_of(text: str) -> StringIO:
    """Line by line, whichever system ended them."""
    return StringIO(text, newline=None)


def delimiter_of(text: str) -> str | None:
    """The sign that parts the first lines into equally many cells, two at least."""
    lines = list(islice((line for line in lines_of(text) if line.strip()), 20))
    counts = {sign: lines[0].count(sign) for sign in DELIMITERS} if len(lines) > 1 else {}
    fitting = {sign: count for sign, count in counts.items() if count and agrees(lines, sign)}
    return max(fitting, key=lambda sign: fitting[sign]) if fitting else None


def agrees(lines: list[str], delimiter: str) -> bool:
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return False
    width = len(rows[0])
    return width > 1 and sum(len(row) == width for row in rows) >= 0.8 * len(rows)


def is_even(rows: list[list[str]]) -> bool:
    if len(rows) < 2:
        return False
    width = len(rows[0])
    return sum(len(row) == width for row in rows) >= 0.8 * len(rows)
