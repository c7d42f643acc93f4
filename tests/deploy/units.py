"""systemd's units, as far as these are written."""

import shlex
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from tests.environment import ROOT

FOLDER = ROOT / "deploy" / "systemd"


@dataclass(frozen=True)
class Unit:
    name: str
    settings: dict[str, list[str]]

    def one(self, name: str) -> str:
        [value] = self.settings[name]
        return value

    @property
    def command(self) -> list[str]:
        return shlex.split(self.one("ExecStart").replace("%%", "%"))


def read(path: Path) -> Unit:
    found = defaultdict(list)
    for line in path.read_text().splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found[name].append(value)
    return Unit(path.stem.removeprefix("avatarg-"), dict(found))


def every() -> dict[str, Unit]:
    return {unit.name: unit for unit in map(read, sorted(FOLDER.glob("*.service")))}
