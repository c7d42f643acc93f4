"""That there is a browser, and that a page which misbehaves does not pass unseen."""

import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import chromium

pytestmark = pytest.mark.browser


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever).start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_good_page_is_shown_and_nothing_is_noted(site, page, watch):
    folder, address = site
    (folder / "favicon.ico").touch()
    (folder / "index.html").write_text("<!doctype html><title>Good</title><h1>Hello</h1>")
    page.goto(address)
    assert page.locator("h1").inner_text() == "Hello"
    assert watch.problems == []


def test_what_a_page_does_wrong_is_noted(site, page, watch):
    folder, address = site
    (folder / "favicon.ico").touch()
    (folder / "index.html").write_text(
        "<!doctype html><meta http-equiv='Content-Security-Policy' content=\"script-src 'self'\">"
        "<script>document.title = 'inline'</script><script src='bad.js'></script>"
        "<img src='http://192.0.2.1/track.png'>"
    )
    (folder / "bad.js").write_text("console.error('trouble'); throw new Error('uncaught')")
    page.goto(address, wait_until="domcontentloaded")
    noted = "\n".join(watch.unforgiven())
    for expected in ("Content Security Policy", "trouble", "uncaught", "left this machine: http://192.0.2.1/track.png"):
        assert expected in noted
    watch.forgive("")


def test_a_browser_that_is_named_and_missing_fails_clearly(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(chromium.NoBrowser, match=r"CHROMIUM is /nowhere/chromium, and there is no such program\."):
        chromium.find()


@pytest.mark.soak
def test_the_browser_of_npm_shows_a_page(tmp_path, site):
    """In a process that has no Playwright running yet."""
    folder, address = site
    (folder / "index.html").write_text("<!doctype html><title>From npm</title>")
    found = chromium.from_npm(tmp_path / "chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=str(found.executable), args=chromium.FLAGS, env={**os.environ, **found.environment}
        )
        page = opened.new_page()
        page.goto(address)
        assert page.title() == "From npm"
        opened.close()
