"""axe-core in a page: fetched once into .local from npm, pinned by axe/package-lock.json; the CSP stays as it is.

What it says is read by people, so a finding is one line: the rule, where, and why.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from tests import environment

LOCKED = Path(__file__).parent / "axe"
KEPT = environment.ROOT / ".local" / "axe"
GRAVE = ("serious", "critical")
# Left out: the name of a link on the dashboard begins with what is seen and says the rest in other words.
RUN = """([only, grave]) => axe.run(document, {
  resultTypes: ["violations"],
  ...(only.length ? {runOnly: {type: "rule", values: only}} : {}),
  rules: {"label-content-name-mismatch": {enabled: false}},
}).then(found => found.violations.filter(one => grave.includes(one.impact)).flatMap(one => one.nodes.map(
  node => `${one.id}: ${node.target.join(" ")}: ${node.failureSummary.split("\\n")[1].trim()}`
)))"""


class NoAxe(Exception):
    """Says what npm said; a test that wants it fails and is never skipped."""


@cache
def source() -> str:
    """The library's text, of exactly the version that the lock names."""
    lock = json.loads((LOCKED / "package-lock.json").read_text())
    version = lock["packages"]["node_modules/axe-core"]["version"]
    KEPT.mkdir(parents=True, exist_ok=True)
    with open(KEPT / "lock", "w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        kept = KEPT / f"axe-{version}.js"
        if not kept.exists():
            _install(kept)
    return kept.read_text()


def _install(kept: Path) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(LOCKED / name, KEPT)
    binaries = Path(sys.executable).parent
    known = {**os.environ, "PATH": f"{binaries}:{os.environ.get('PATH', '')}"}
    command = [binaries / "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=KEPT, env=known, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoAxe(f"npm ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    (KEPT / "node_modules" / "axe-core" / "axe.min.js").rename(kept)
    shutil.rmtree(KEPT / "node_modules")


def findings(page: Page, *only: str) -> list[str]:
    """What axe finds serious or critical, by all of its rules or by some only."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(source())
    found: list[str] = page.evaluate(RUN, [list(only), list(GRAVE)])
    return found
