"""Whether something has changed since it was last looked at."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

SHAPES_THE_SCHEMA = (
    "*/migrations/*",
    "*/management/commands/grant_app_role.py",
    "avatarg/settings.py",
    "embedded/migrate.py",
    "requirements.txt",
)


def of(root: Path, patterns: Iterable[str], *words: str) -> str:
    """Of all files that match, by path and content, and of the words."""
    digest = hashlib.sha256("\0".join(words).encode())
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            if path.is_file():
                digest.update(bytes(path.relative_to(root)) + path.read_bytes())
    return digest.hexdigest()[:32]
