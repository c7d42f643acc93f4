"""What templates and modules say: what they hand to gettext, and what they say without it."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation import trim_whitespace

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
APPS = sorted({path.parent.name for path in ROOT.glob("*/apps.py")} - {"stripe_sandbox"} | {"avatarg"})
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
STRING = r'"(?:[^"\\]|\\.)*"' + r"|'(?:[^'\\]|\\.)*'"
COMMENT = re.compile(r"{#.*?#}|{% comment[^%]*%}.*?{% endcomment %}", re.DOTALL)
TRANSLATE = re.compile(rf"{{%\s*(?:translate|trans)\s+({STRING})(?:\s+context\s+({STRING}))?[^%]*%}}")
BLOCK = re.compile(r"{%\s*block(?:translate|trans)\b([^%]*)%}(.*?){%\s*endblock(?:translate|trans)\s*%}", re.DOTALL)
PLURAL = re.compile(r"{%\s*plural\s*%}")
MARKED = re.compile(rf"_\(({STRING})\)")
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
WORDS = re.compile(r"[^\W\d_]{2,}")
SAID_ATTRIBUTES = {"alt", "title", "aria-label", "placeholder", "aria-description", "aria-roledescription"}
SENTENCE = re.compile(r"[A-Z][^\n]*\s[^\n]*[.!?]")
HANDED = re.compile(r"[A-Z].*\s.*|[A-Z][a-z]+")
DEAF = re.compile(r"{%\s*(?:load|url|if|elif)\b")
HOLE = "7"


def templates() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"})


def modules() -> list[Path]:
    return sorted(path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def messages_in_template(source: str) -> Iterator[tuple[str, str]]:
    """Context and English of everything that a template hands to gettext."""
    source = COMMENT.sub("", source)
    for found in BLOCK.finditer(source):
        head, body = found.groups()
        context = re.search(rf"\bcontext\s+({STRING})", head)
        for form in PLURAL.split(body):
            plain = trim_whitespace(form) if "trimmed" in head else form
            yield context[1][1:-1] if context else "", re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", plain.replace("%", "%%"))
    for found in TRANSLATE.finditer(BLOCK.sub("", source)):
        yield (found[2] or '""')[1:-1], found[1][1:-1]
    for found in MARKED.finditer(source):
        yield "", found[1][1:-1]


def messages_in_module(path: Path) -> Iterator[tuple[str, str]]:
    with path.open("rb") as file:
        for _line, name, found, _comments in extract_python(file, KEYWORDS, [], {}):
            parts = [found] if isinstance(found, str) else [part for part in found or () if isinstance(part, str)]
            if not parts:
                continue
            has_context = name.startswith(("p", "np"))
            yield (parts[0] if has_context else ""), parts[1 if has_context else 0]
            if name.startswith("n"):
                yield (parts[0] if has_context else ""), parts[2 if has_context else 1]


class Bare(HTMLParser):
    """Words that stand in a page as they are, once gettext's are taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self.silent = tag
        known = dict(attrs)
        named = SAID_ATTRIBUTES | ({"content"} if known.get("name") == "description" else set())
        self.said += [value for name, value in attrs if name in named and value]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.silent = ""

    def handle_endtag(self, tag: str) -> None:
        self.silent = "" if tag == self.silent else self.silent

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)


def bare_in_template(source: str) -> list[str]:
    """What a template says without gettext: its text, what is read of its attributes, and what it hands to others."""
    source = TRANSLATE.sub("", BLOCK.sub("", COMMENT.sub("", source)))
    reader = Bare()
    reader.feed(TAG.sub("", source))
    handed = [
        value[1:-1]
        for tag in TAG.findall(source)
        for value in re.findall(STRING, MARKED.sub("", tag))
        if HANDED.fullmatch(value[1:-1]) and not DEAF.match(tag)
    ]
    return [" ".join(one.split()) for one in (*reader.said, *handed) if WORDS.search(one)]


def bare_in_module(source: str) -> list[str]:
    """Sentences of a module that nobody handed to gettext; the parts that vary are 7."""
    tree = ast.parse(source)
    passed: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.Expr)):
            passed |= {one for one in [getattr(node, "value", None)] if isinstance(one, ast.Constant)}
            body = getattr(node, "body", [])
            passed |= {one.value for one in body if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)}
        if isinstance(node, ast.Call) and called(node) in {*KEYWORDS, *FOR_OPERATORS}:
            passed |= set(ast.walk(node))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and called(node.exc) in MISTAKES:
            passed |= set(ast.walk(node))
    said = []
    for node in ast.walk(tree):
        if node in passed:
            continue
        if isinstance(node, ast.JoinedStr):
            passed |= set(ast.walk(node))
            said.append("".join(str(part.value) if isinstance(part, ast.Constant) else HOLE for part in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            said.append(node.value)
    return [one for one in said if SENTENCE.fullmatch(one)]


FOR_OPERATORS = {"debug", "info", "warning", "error", "exception", "OpenApiResponse", "OpenApiParameter", "Rule"}
MISTAKES = {
    "CommandError", "ConnectError", "Http404", "ImproperlyConfigured", "LedgerError", "ReadTimeout", "RuntimeError",
    "TypeError", "ValueError",
}  # fmt: skip


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
