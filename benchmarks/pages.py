"""What every page of the tour weighs and how soon its main thing is painted, in a real browser with an empty cache.

The machine should be at rest. Written to benchmarks/results/pages.md and pages.json, apart from the ratios.
"""

import json
import os
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from accounts.models import User
from benchmarks import results
from benchmarks.place import Place
from tests.browser import chromium, tour, weight
from tests.browser.weight import KB, Scales, Weight

VIEWPORT = {"width": 1440, "height": 900}
HEAD = ("page", "requests", "sent, KB", "uncompressed, KB", "LCP, ms")


def measure_pages(place: Place, visits: int) -> None:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # as in the tests: Playwright keeps an event loop in this thread
    found, load = chromium.find(), f"{os.getloadavg()[0]:.1f} before"
    with (
        tempfile.TemporaryDirectory() as folder,
        weight.serving({}, Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=str(found.executable), args=chromium.FLAGS, env={**os.environ, **found.environment}
        )
        weights = list(weighed(browser, site, visits))
        browser.close()
    write(weights, results.about(place, visits=f"{visits} of each page, the one in the middle", load=load))


def weighed(browser: Browser, site: str, visits: int) -> Iterator[Weight]:
    for whom in tour.GROUPS:
        user = User.objects.create_user(email=f"{whom}@bench.test")
        client = Client()
        client.force_login(user)
        context = browser.new_context(viewport=VIEWPORT, locale="en-GB")
        if whom != "anybody":
            context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        scales = Scales(context.new_page(), site)
        for stop in weight.stops(whom, user):
            seen = [scales.weigh(stop) for _ in range(visits)]
            middle = replace(seen[-1], painted=statistics.median(one.painted for one in seen))
            print(" ".join(f"{cell:>16}" if place else f"{cell:30}" for place, cell in enumerate(cells(middle))))
            yield middle
        context.close()


def cells(one: Weight) -> tuple[str, ...]:
    return (one.name, str(one.requests), f"{one.sent / KB:.1f}", f"{one.read / KB:.1f}", f"{one.painted:.0f}")


def write(weights: list[Weight], about: dict[str, str]) -> None:
    heavy, slow = max(weights, key=lambda one: one.sent), max(weights, key=lambda one: one.painted)
    sentences = [
        f"Heaviest: {heavy.name}, {heavy.sent / KB:.1f} KB of at most {weight.MOST_BYTES // KB}.",
        f"Slowest: {slow.name}, {slow.painted:.0f} ms of at most {weight.SOONEST}.",
    ]
    lines = [*(f"- {name}: {value}" for name, value in about.items()), "", *sentences, ""]
    rows = [f"| {' | '.join(row)} |" for row in (HEAD, ("---",) * len(HEAD), *map(cells, weights))]
    path = results.FOLDER / "pages.md"
    path.write_text("\n".join(["# Pages", "", *lines, *rows, ""]))
    text = json.dumps({"about": about, "pages": [asdict(one) for one in weights]}, indent=1, ensure_ascii=False)
    path.with_suffix(".json").write_text(f"{text}\n")
    print("\n".join([*sentences, f"Written to {path.relative_to(results.ROOT)}."]))
