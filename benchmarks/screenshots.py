"""`python -m benchmarks.screenshots [NAME ...]`: every page, whole, in two widths and two themes, to be looked at in
.local/screenshots; with names only those that begin so. What README shows is taken anew into docs/screenshots.

The product is started on servers and files of its own, which are gone afterwards. What its people have made was made
there, by the engines that need no network.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import django
import psycopg
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.place import ROOT, SETTINGS, Place
from benchmarks.sights import Sight, Sitter
from embedded import server
from embedded.folder import refuse_second
from embedded.postgres import APP
from embedded.run import listens
from embedded.services import services
from tests.browser import chromium

ALL = ROOT / ".local" / "screenshots"
BEST = ROOT / "docs" / "screenshots"
HOME = ROOT / ".local" / "sitting"
CHOSEN = (
    "orbit-1440-dark", "job-picture-1440-dark", "studio-image-creator-1440-light", "billing-1440-light",
    "goal-plan-1440-dark", "job-film-1440-light", "landing-ka-1440-dark", "admin-metrics-1440-dark", "orbit-375-dark",
    "job-picture-375-light", "billing-375-dark",
)  # fmt: skip
MOST_BYTES = 200_000
START_SECONDS = 60
DESK = {"viewport": {"width": 1440, "height": 900}}
HAND = {"viewport": {"width": 375, "height": 812}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
SIZES: dict[str, dict[str, Any]] = {"1440": DESK, "375": HAND}
THEMES = ("dark", "light")
SETTLES, FILM_SETTLES = 400, 2500  # milliseconds
LOADED = """Promise.race([
  Promise.all([...document.images].map(one => { one.loading = "eager"; return one.decode().catch(() => null); })),
  new Promise(late => setTimeout(late, 10000)),
])"""


@contextlib.contextmanager
def product() -> Iterator[tuple[str, Place]]:
    """Its servers, a migrated database, Django in this process and a web server; gives the address and the database."""
    refuse_second(HOME)
    shutil.rmtree(HOME, ignore_errors=True)
    with services(HOME, durable=False) as started:
        port, stripe_port = server.free_port(), server.free_port()
        site = f"http://localhost:{port}"
        ours = {"DEBUG": "1", "SITE_URL": site, "ALLOWED_HOSTS": f"localhost,testserver,{server.HOST}"}
        ours |= {"MEDIA_ROOT": str(HOME / "media")} | stripe(port, stripe_port)
        os.environ.update(SETTINGS | ours, DATABASE_URL=started.owner_url, REDIS_URL=started.redis_url)
        os.environ.update(DJANGO_SETTINGS_MODULE="avatarg.settings", DJANGO_ALLOW_ASYNC_UNSAFE="true")
        subprocess.run([sys.executable, "-m", "embedded.migrate", APP], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        os.environ.update(DATABASE_URL=started.app_url)
        django.setup()
        with (
            serving("avatarg.wsgi:application", port), serving("stripe_sandbox.wsgi:application", stripe_port),
            psycopg.connect(started.owner_url, autocommit=True) as owner,
        ):  # fmt: skip
            yield site, Place(owner, started.owner_url, started.app_url)
    shutil.rmtree(HOME)


def stripe(port: int, stripe_port: int) -> dict[str, str]:
    """The sandbox in Stripe's place."""
    prices = {f"STRIPE_PRICE_{plan}": f"price_sandbox_{plan.lower()}" for plan in ("PRO", "PREMIUM", "ENTERPRISE")}
    return prices | {
        "STRIPE_API_HOST": f"http://localhost:{stripe_port}",
        "STRIPE_SANDBOX_WEBHOOK_URL": f"http://{server.HOST}:{port}/api/billing/webhook",
    }


@contextlib.contextmanager
def serving(application: str, port: int) -> Iterator[None]:
    granian = ["-m", "granian", "--interface", "wsgi", "--host", server.HOST, "--port", str(port)]
    command = [sys.executable, *granian, "--blocking-threads", "4", "--no-log", application]
    running = subprocess.Popen(command, cwd=ROOT)
    try:
        wait_for(port)
        yield
    finally:
        running.terminate()
        running.wait()


def wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not listens(port):
        if time.monotonic() > deadline:
            raise SystemExit(f"Nothing answers on port {port} within {START_SECONDS} s.")
        time.sleep(0.2)


def take(browser: Browser, site: str, sitters: list[Sitter], names: list[str]) -> None:
    for sitter in sitters:
        cookies = [{"name": name, "value": value, "url": site} for name, value in sitter.cookies.items()]
        sights = {name: sight for name, sight in sitter.sights.items() if not names or name.startswith(tuple(names))}
        if sights and sitter.prepare:
            sitter.prepare()
        for size, options in SIZES.items():
            for theme in THEMES:
                context = browser.new_context(**options, color_scheme=theme, locale="en-GB")
                context.add_cookies(cookies)
                for name, sight in sights.items():
                    shoot(context.new_page(), site, sight, f"{name}-{size}-{theme}")
                context.close()


def shoot(page: Page, site: str, sight: Sight, name: str) -> None:
    if sight.body:
        page.route(f"**{sight.path}", lambda route: route.fulfill(body=sight.body, content_type="text/html"))
    page.goto(f"{site}{sight.path}")
    if sight.act:
        sight.act(page)
    page.evaluate(LOADED)
    page.wait_for_timeout(FILM_SETTLES if page.locator("video").count() else SETTLES)
    if name in CHOSEN:
        keep(page.screenshot(), BEST / f"{name}.jpg")
    size = page.viewport_size or DESK["viewport"]
    if is_hand := size["width"] == HAND["viewport"]["width"]:  # a phone as long as the page: its tabs stay at the foot
        page.set_viewport_size({**size, "height": page.evaluate("document.documentElement.scrollHeight")})
        page.wait_for_timeout(SETTLES)
    page.screenshot(path=ALL / f"{name}.png", full_page=not is_hand)
    page.close()


def keep(taken: bytes, path: Path) -> None:
    """The first screen of a page, small enough for the repository."""
    picture = Image.open(BytesIO(taken)).convert("RGB")
    for quality in (90, 84, 78, 70, 60):
        picture.save(path, "JPEG", quality=quality, optimize=True, progressive=True)
        if path.stat().st_size <= MOST_BYTES:
            break
    print(f"{path.name}: {picture.width} by {picture.height}, {path.stat().st_size // 1000} KB", flush=True)


def main() -> None:
    ALL.mkdir(parents=True, exist_ok=True)
    found = chromium.find()
    with product() as (site, place):
        from benchmarks import sitters  # noqa: PLC0415  its models need settings

        seated = list(sitters.sitters(place))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=str(found.executable), args=chromium.FLAGS, env={**os.environ, **found.environment}
            )
            take(browser, site, seated, sys.argv[1:])
            browser.close()


if __name__ == "__main__":
    main()
