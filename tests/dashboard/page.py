"""Looking at pages as a person does: what they say, what can be pressed, what is asked for."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User

VOID = {"meta", "link", "input", "img", "br", "hr", "line", "rect", "circle", "ellipse", "path", "stop", "use"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Page:
    """`text` is what a person reads, spaces made one; `elements` are all tags in order with the text inside."""

    response: HttpResponse
    elements: list[Element] = field(default_factory=list)
    text: str = ""

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def html(self) -> str:
        return self.response.content.decode()

    def all(self, tag: str, **wanted: str) -> list[Element]:
        def fits(one: Element) -> bool:
            return one.tag == tag and all(
                one.attributes.get(name.strip("_").replace("_", "-")) == wanted[name] for name in wanted
            )

        return [one for one in self.elements if fits(one)]

    def texts(self, tag: str, **wanted: str) -> list[str]:
        return [one.text for one in self.all(tag, **wanted)]

    def links(self, start: str = "") -> list[str]:
        return [one.attributes["href"] for one in self.all("a") if one.attributes.get("href", "").startswith(start)]

    def value(self, name: str) -> str:
        """What a form shows in a field: typed, chosen or written."""
        for one in self.elements:
            if one.attributes.get("name") == name:
                if one.tag == "textarea":
                    return one.text
                if one.tag == "select":
                    return self.chosen(one)
                if one.attributes.get("type") not in {"radio", "checkbox"}:
                    return one.attributes.get("value", "")
                if "checked" in one.attributes:
                    return one.attributes["value"]
        return ""

    def chosen(self, select: Element) -> str:
        options = self.options(select.attributes["name"])
        return next((value for value, is_chosen in options if is_chosen), "")

    def options(self, name: str) -> list[tuple[str, bool]]:
        """The values of a select with whether each is chosen."""
        after = self.elements[self.elements.index(self.all("select", name=name)[0]) + 1 :]
        found = []
        for one in after:
            if one.tag != "option":
                break
            found.append((one.attributes["value"], "selected" in one.attributes))
        return found


class Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.open: list[Element] = []
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.page.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(one.tag == tag for one in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
        for one in self.open:
            one.text += data if one.tag == "textarea" else f" {data}"


def read(response: HttpResponse) -> Page:
    page = Page(response)
    if response.headers.get("Content-Type", "").startswith("text/html"):
        reader = Reader(page)
        reader.feed(page.html)
        page.text = " ".join(" ".join(reader.parts).split())
        for one in page.elements:
            one.text = " ".join(one.text.split()) if one.tag != "textarea" else one.text.strip()
    return page


class Visitor:
    """A person in a browser without JavaScript."""

    def __init__(self, user: User | None = None) -> None:
        self.client = Client()
        if user:
            self.client.force_login(user)

    def get(self, path: str, **query: Any) -> Page:
        return read(self.client.get(path, query))

    def post(self, path: str, **form: Any) -> Page:
        return read(self.client.post(path, form))

    def queries(self, path: str) -> int:
        """How many statements one visit takes."""
        with CaptureQueriesContext(connection) as asked:
            response = self.client.get(path)
            assert (response.status_code, bool(list(response))) == (200, True)
        return len(asked)


def sent(visit: Visitor, path: str = "/dashboard/agents/image-creator", **answers: object) -> Page:
    """The form of the page, filled in and sent as a browser sends it."""
    return visit.post(path, submit_key=visit.get(path).value("submit_key"), **answers)
