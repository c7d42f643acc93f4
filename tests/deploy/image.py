"""The image without an engine: the files that COPY would take, the commands of Dockerfile and compose.yaml."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from tests.environment import ROOT

BIN = Path(sys.executable).parent
DOCKERFILE = (ROOT / "Dockerfile").read_text()
NOT_WALKED = {".git", ".venv", ".local", "node_modules", "__pycache__", "staticfiles", "media"}


def compose() -> dict:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def services() -> dict[str, dict]:
    """Those that run the product's image."""
    return {name: one for name, one in compose()["services"].items() if "build" in one}


def last_stage() -> list[tuple[str, str]]:
    """Its instructions, each on one line."""
    joined = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE))
    lines = [line.split(maxsplit=1) for line in joined.splitlines() if line.strip()]
    start = max(place for place, (word, *_) in enumerate(lines) if word == "FROM")
    return [(word, re.sub(r"\s+", " ", rest)) for word, rest in lines[start:]]


def said(instruction: str) -> list[str]:
    return [rest for word, rest in last_stage() if word == instruction]


def environment() -> dict[str, str]:
    return dict(word.split("=", 1) for line in said("ENV") for word in line.split())


def start_command() -> list[str]:
    return json.loads(said("CMD")[-1])


def taken(path: str, rules: list[tuple[re.Pattern[str], bool]]) -> bool:
    """By the last rule that names the path or a folder above it."""
    parts = path.split("/")
    names = ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
    kept = True
    for pattern, back in rules:
        if any(pattern.fullmatch(name) for name in names):
            kept = back
    return kept


def rules() -> list[tuple[re.Pattern[str], bool]]:
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    return [(as_pattern(line.lstrip("!")), line.startswith("!")) for line in lines]


def as_pattern(glob: str) -> re.Pattern[str]:
    words = [re.escape(word).replace(r"\*", "[^/]*") for word in re.split(r"\*\*/", glob)]
    return re.compile("(?:.*/)?".join(words))


def files() -> list[str]:
    known, found = rules(), []
    for path in sorted(ROOT.rglob("*")):
        name = path.relative_to(ROOT)
        if not NOT_WALKED.intersection(name.parts) and path.is_file() and taken(str(name), known):
            found.append(str(name))
    return found


def copy_to(folder: Path) -> None:
    for name in files():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)


def bare_environment(folder: Path, **more: str) -> dict[str, str]:
    """The image's, with its folder here, and nothing of ours."""
    known = environment() | {"PATH": f"{BIN}:/usr/bin:/bin", "PYTHONPATH": str(folder), "HOME": "/tmp"}  # noqa: S108
    return known | more


def build(folder: Path) -> None:
    """What RUN does with the files, without the parts that install."""
    copy_to(folder)
    [line] = [line for line in said("RUN") if "collectstatic" in line]
    subprocess.run(["sh", "-ec", line], cwd=folder, env=bare_environment(folder), check=True, capture_output=True)
