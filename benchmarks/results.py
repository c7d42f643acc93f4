"""What was measured, against its goal: printed, and written as JSON and as a table."""

import json
import os
import platform
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import django
import psycopg

from benchmarks.place import ROOT, Place

FOLDER = ROOT / "benchmarks" / "results"


@dataclass(frozen=True)
class Measure:
    """One line. `goal` is what `value` has to reach, or to stay under when `at_most`; None is for information."""

    name: str
    value: float
    goal: float | None = None
    at_most: bool = False
    unit: str = ""
    note: str = ""

    @property
    def verdict(self) -> str:
        if self.goal is None:
            return ""
        return "ok" if (self.value <= self.goal if self.at_most else self.value >= self.goal) else "missed"

    @property
    def goal_text(self) -> str:
        return "" if self.goal is None else f"{'≤' if self.at_most else '≥'} {self.goal:g} {self.unit}".strip()

    @property
    def value_text(self) -> str:
        return (
            f"{self.value:.3g} {self.unit}".strip() if self.value < 1000 else f"{self.value:,.0f} {self.unit}".strip()
        )


@dataclass
class Report:
    about: dict[str, str]
    measures: list[Measure] = field(default_factory=list)

    def add(self, *measures: Measure) -> None:
        for measure in measures:
            self.measures.append(measure)
            line = f"{measure.verdict or '-':7} {measure.name:58} {measure.value_text:>14}  {measure.goal_text:10}"
            print(f"{line} {measure.note}".rstrip(), flush=True)

    def write(self) -> Path:
        FOLDER.mkdir(exist_ok=True)
        measures = [asdict(measure) | {"verdict": measure.verdict} for measure in self.measures]
        text = json.dumps({"about": self.about, "measures": measures}, indent=1, ensure_ascii=False)
        (FOLDER / "latest.json").write_text(text + "\n")
        path = FOLDER / "latest.md"
        path.write_text(self.table())
        return path

    def table(self) -> str:
        about = "".join(f"- {name}: {value}\n" for name, value in self.about.items())
        rows = "".join(
            f"| {each.name} | {each.value_text} | {each.goal_text} | {each.verdict} | {each.note} |\n"
            for each in self.measures
        )
        return f"# Benchmarks\n\n{about}\n| what | measured | goal | | |\n|---|---|---|---|---|\n{rows}"


def about(place: Place, **settings: object) -> dict[str, str]:
    version = place.owner.execute("SHOW server_version").fetchone()
    return {
        "date": datetime.now(UTC).isoformat(timespec="minutes"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {_processor()}, {platform.system()}",
        "versions": f"PostgreSQL {version[0] if version else '?'}, Python {platform.python_version()}, "
        f"Django {django.get_version()}, psycopg {psycopg.__version__}",
        **{name: str(value) for name, value in settings.items()},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
