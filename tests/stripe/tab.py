"""A person at the sandbox's pages, without JavaScript: what is shown, what can be filled in, what is pressed."""

from typing import Any
from urllib.parse import urljoin, urlsplit

import requests

from tests.dashboard import page as pages
from tests.dashboard.page import Element, Page

CARD = {"number": "4242 4242 4242 4242", "expiry": "12 / 34", "cvc": "123", "name": "Nino Beridze"}


class Tab:
    """Knows the page that it shows. Redirects are followed while they stay here; `left_for` is where one led away."""

    def __init__(self, host: str) -> None:
        self.host, self.session = host, requests.Session()
        self.page: Page
        self.url = self.left_for = ""

    def get(self, path: str) -> Page:
        return self._show(self.session.get(urljoin(self.host, path), allow_redirects=False, timeout=60))

    def press(self, button: str, **typed: str) -> Page:
        """The button of that text or label: its form goes with what it holds and what is typed into it."""
        form, pressed = self._find(button)
        fields = {**self._fields(form), **typed}
        if pressed.attributes.get("name"):
            fields[pressed.attributes["name"]] = pressed.attributes["value"]
        unknown = typed.keys() - self._names(form)
        assert not unknown, f"the form has no {unknown}"
        if form.attributes.get("method") == "post":
            return self.post(form.attributes.get("action") or self.url, fields)
        return self._show(self.session.get(urljoin(self.url, form.attributes["action"]), params=fields, timeout=60))

    def post(self, path: str, fields: dict[str, str]) -> Page:
        sent = self.session.post(urljoin(self.url, path), fields, allow_redirects=False, timeout=60)
        if sent.is_redirect:
            assert sent.status_code == 303, "a POST ends in another page"
        return self._show(sent)

    def follow(self, text: str) -> Page:
        links = [one for one in self.page.all("a") if text in (one.text, one.attributes.get("aria-label"))]
        assert links, f"no link says {text}: {[one.text for one in self.page.all('a')]}"
        return self.get(urljoin(self.url, links[0].attributes["href"]))

    @property
    def said(self) -> str:
        """What the page says about what was just done."""
        found = [one.text for one in self.page.all("div") if one.attributes.get("class", "").startswith("said")]
        return " ".join(found)

    def buttons(self) -> list[str]:
        return [one.text for one in self.page.all("button")]

    def _show(self, response: Any) -> Page:
        for _ in range(6):
            if not response.is_redirect:
                break
            target = urljoin(response.url, response.headers["Location"])
            if urlsplit(target).netloc != urlsplit(self.host).netloc:
                self.left_for = target
                return self.page
            response = self.session.get(target, allow_redirects=False, timeout=60)
        self.url, self.page = response.url, pages.read(response)
        return self.page

    def _find(self, button: str) -> tuple[Element, Element]:
        form = None
        for one in self.page.elements:
            form = one if one.tag == "form" else form
            if one.tag == "button" and button in (one.text, one.attributes.get("aria-label")):
                assert form is not None
                assert "disabled" not in one.attributes
                return form, one
        raise AssertionError(f"no button says {button}: {self.buttons()}")

    def _inside(self, form: Element) -> list[Element]:
        rest = self.page.elements[self.page.elements.index(form) + 1 :]
        ends = [number for number, one in enumerate(rest) if one.tag == "form"]
        return rest[: ends[0]] if ends else rest

    def _names(self, form: Element) -> set[str]:
        return {one.attributes["name"] for one in self._inside(form) if "name" in one.attributes}

    def _fields(self, form: Element) -> dict[str, str]:
        found, select = {}, ""
        for one in self._inside(form):
            name = one.attributes.get("name", "")
            if one.tag == "input" and (one.attributes.get("type") != "radio" or "checked" in one.attributes):
                found[name] = one.attributes.get("value", "")
            select = name if one.tag == "select" else select
            if one.tag == "option" and "selected" in one.attributes:
                found[select] = one.attributes["value"]
        return found
