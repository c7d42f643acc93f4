"""What is photographed: pages, as those see them who sit for it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page


@dataclass(frozen=True)
class Sight:
    """`body` stands in for the answer of `path`; `act` is done on the page before it is taken."""

    path: str
    body: str = ""
    act: Callable[[Page], None] | None = None


@dataclass(frozen=True)
class Sitter:
    """`prepare` is done when those before them are taken."""

    sights: dict[str, Sight]
    cookies: dict[str, str] = field(default_factory=dict)
    prepare: Callable[[], None] | None = None
