"""What a page costs whoever opens it for the first time: bytes over the wire, bytes to read, and when its main thing is
painted. What a job made is not part of a page's weight."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page

from accounts.models import User
from tests import environment
from tests.browser import tour
from tests.browser.tour import Stop
from tests.faults.crew import crew as open_crew

KB = 1000
MOST_BYTES = 150 * KB
SOONEST = 1000
"""Milliseconds to the largest contentful paint of a machine at rest."""
MADE = ("/artifacts/", "/dashboard/picture")
PAINTED = """most => new Promise(told => {
  let at = 0;
  const tell = () => requestAnimationFrame(() => setTimeout(() => told(at), 50));
  new PerformanceObserver(list => {
    list.getEntries().forEach(one => { at = Math.max(at, one.startTime); });
    tell();
  }).observe({type: "largest-contentful-paint", buffered: true});
  setTimeout(tell, most);
})"""
TOLD_WITHIN = 5000
"""Milliseconds after loading in which a browser on a busy machine tells what it painted."""


@dataclass(frozen=True)
class Weight:
    """`sent` and `read` are bytes, the latter without compression; `painted` is in milliseconds."""

    name: str
    requests: int
    sent: int
    read: int
    painted: float


@dataclass
class Traffic:
    """What the network says of one visit, by request."""

    made: set[str] = field(default_factory=set)
    sent: dict[str, int] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)

    def follow(self, session: CDPSession) -> None:
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.dataReceived", self._read)
        session.on("Network.loadingFinished", self._sent)

    def forget(self) -> None:
        for seen in (self.made, self.sent, self.read):
            seen.clear()

    def total(self, counted: dict[str, int]) -> int:
        return sum(size for request, size in counted.items() if request not in self.made)

    def _asked(self, event: dict[str, Any]) -> None:
        if any(part in event["request"]["url"] for part in MADE):
            self.made.add(event["requestId"])

    def _read(self, event: dict[str, Any]) -> None:
        self.read[event["requestId"]] = self.read.get(event["requestId"], 0) + event["dataLength"]

    def _sent(self, event: dict[str, Any]) -> None:
        self.sent[event["requestId"]] = int(event["encodedDataLength"])


class Scales:
    """Weighs pages in one tab, which never finds anything in its cache."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site, self.traffic = page, site, Traffic()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.traffic.follow(session)

    def weigh(self, stop: Stop) -> Weight:
        """What `stop` does on its page is a visit too: then it is the page behind it that is weighed."""
        self.traffic.forget()
        if stop.turn:
            self.page.goto(f"{self.site}{stop.path}")
            self.traffic.forget()
            stop.turn(self.page)
        else:
            self.page.goto(f"{self.site}{stop.path}")
        self.page.wait_for_load_state("load")
        painted = self.page.evaluate(PAINTED, TOLD_WITHIN)
        sent, read = (self.traffic.total(counted) for counted in (self.traffic.sent, self.traffic.read))
        return Weight(stop.name, len(self.traffic.sent) - len(self.traffic.made), sent, read, painted)


def stops(whom: str, user: User) -> list[Stop]:
    """The tour, less what only developers are shown."""
    return [stop for stop in tour.GROUPS[whom](user) if stop.name != "style guide"]


@contextmanager
def serving(env: dict[str, str], folder: Path) -> Iterator[str]:
    """The product as it is served to people: no DEBUG, files compressed and named by their content."""
    env = {
        **os.environ, **env, "DJANGO_SETTINGS_MODULE": environment.SETTINGS, "DEBUG": "0", "STRIPE_API_HOST": "",
        "ALLOWED_HOSTS": "127.0.0.1",
        "STATIC_ROOT": str(folder / "static"), "PYTHONWARNINGS": "",
    }  # fmt: skip
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, cwd=environment.ROOT, env=env, check=True)
    with open_crew(env, folder) as crew:
        yield crew.web()[1]
