"""`page`: a tab that writes down what a person would not see. Whatever it wrote down fails the test at its end."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect, sync_playwright

from tests.browser import chromium

OURS = {"127.0.0.1", "localhost"}
LOCAL_SCHEMES = {"data", "blob", "about", "chrome-error"}
PATIENCE = 20_000
VIEWPORT = {"width": 1280, "height": 800}


@dataclass
class Watch:
    """Errors on the console (violations of the content security policy among them), uncaught exceptions, answers of
    500 and above, and requests to other hosts."""

    problems: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def forgive(self, pattern: str) -> None:
        """For what a test provokes, a 404 say."""
        self.forgiven.append(pattern)

    def follow(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"uncaught in the page: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def unforgiven(self) -> list[str]:
        return [line for line in self.problems if not any(re.search(pattern, line) for pattern in self.forgiven)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console of {message.location.get('url')}: {message.text}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in LOCAL_SCHEMES and address.hostname not in OURS:
            self.problems.append(f"a request left this machine: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.problems.append(f"answer {response.status} of {response.url}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = chromium.find()
    expect.set_options(timeout=PATIENCE)  # two cores may be busy with other tests
    # Playwright's synchronous calls keep an event loop in this thread, and Django would refuse every query beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=str(found.executable), args=chromium.FLAGS, env={**os.environ, **found.environment}
        )
        yield opened
        opened.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    watch = Watch()
    yield watch
    assert watch.unforgiven() == []


@pytest.fixture
def open_page(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Opens a tab as a person with no cookies; options are those of Playwright's new_context."""
    contexts = []

    def open_page(**options: object) -> Page:
        context = browser.new_context(**{"viewport": VIEWPORT, "locale": "en-GB", **options})
        contexts.append(context)
        page = context.new_page()
        watch.follow(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()
