"""`make lint`: every check, all of them even when one fails; what failed is said again at the end."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests import environment

BIN = Path(sys.executable).parent
OUR_APPS = (
    "accounts",
    "credits",
    "billing",
    "agents",
    "jobs",
    "sso",
    "support",
    "hooks",
    "notifications",
    "monitoring",
    "metrics",
    "dashboard",
    "operators",
    "stripe_sandbox",
)
CHECKS = {
    "style": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "types": ("mypy",),
    "layers": ("lint-imports",),
    "templates": ("djlint", "--lint", "--quiet", "templates", "stripe_sandbox", "--allow-empty-input"),
    "template format": ("djlint", "--check", "--quiet", "templates", "stripe_sandbox", "--allow-empty-input"),
    "migrations": ("python", "manage.py", "makemigrations", "--check", "--dry-run", *OUR_APPS),
    "configuration": ("python", "manage.py", "check", "--fail-level", "WARNING"),
}
AUDITED = ("requirements.txt", "requirements-dev.txt", "requirements-spec.txt", "requirements-models.txt")
NOT_RUN = "!!! THE AUDIT FOR KNOWN HOLES WAS NOT RUN: {reason}. Run `make lint` where PyPI can be asked. !!!"


@dataclass(frozen=True)
class Audit:
    """What pip-audit found in the packages it could ask about, and those it could not."""

    holes: list[str]
    skipped: list[str]
    asked: int

    @classmethod
    def read(cls, report: str) -> "Audit":
        packages = json.loads(report)["dependencies"]
        known = [package for package in packages if "skip_reason" not in package]
        holes = [f"{one['name']} {one['version']}: {hole['id']}" for one in known for hole in one["vulns"]]
        return cls(holes, [one["name"] for one in packages if "skip_reason" in one], len(known))


def main() -> int:
    environment.prepare()
    known = {**os.environ, "DATABASE_URL": environment.urls().owner, "PYTHONWARNINGS": "ignore"}
    failed = [name for name, command in CHECKS.items() if not passes(name, command, known)]
    failed += [f"known holes ({file})" for file in AUDITED if not audit(file)]
    environment.stop()
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nAll checks passed.")
    return 1 if failed else 0


def passes(name: str, command: tuple[str, ...], known: dict[str, str]) -> bool:
    print(f"\n== {name}: {' '.join(command)}", flush=True)
    program, *words = command
    return subprocess.run([BIN / program, *words], cwd=environment.ROOT, env=known, check=False).returncode == 0


def audit(file: str) -> bool:
    """True as well when PyPI's list of vulnerabilities can not be asked: loudly, for that is nobody's fault here."""
    print(f"\n== known holes: pip-audit {file}", flush=True)
    command = [BIN / "pip-audit", "--disable-pip", "--require-hashes", "-r", file, "--format", "json"]
    command += ["--progress-spinner", "off"]
    done = subprocess.run(command, cwd=environment.ROOT, capture_output=True, text=True, check=False)
    try:
        found = Audit.read(done.stdout)
    except (ValueError, KeyError):
        print(NOT_RUN.format(reason=done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no report came"))
        return True
    if not found.asked:
        print(NOT_RUN.format(reason="the package index that is configured here keeps no list of them"))
        return True
    if found.skipped:
        print(f"{found.asked} packages are audited; nothing is known about {', '.join(found.skipped)}.")
    print("\n".join(found.holes) or "No known holes.")
    return not found.holes


if __name__ == "__main__":
    sys.exit(main())
