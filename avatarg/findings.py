"""What `manage.py doctor` finds: one line each, with how to mend it. No finding carries the value of a secret."""

from collections.abc import Iterable
from dataclasses import dataclass

OK, WARN, WRONG = "ok", "warn", "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    level: str
    about: str
    says: str

    def __str__(self) -> str:
        return f"{self.level:<6} {self.about:<23} {self.says}"


def ok(about: str, says: str) -> Finding:
    return Finding(OK, about, says)


def warn(about: str, says: str) -> Finding:
    return Finding(WARN, about, says)


def wrong(about: str, says: str) -> Finding:
    return Finding(WRONG, about, says)


def summed_up(found: Iterable[Finding]) -> str:
    levels = [finding.level for finding in found]
    return f"{levels.count(WRONG)} wrong, {levels.count(WARN)} to look at, {levels.count(OK)} ok."
