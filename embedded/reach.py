"""Where the servers' data and programs lie, when the user they run as can not walk into our folder."""

import hashlib
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from embedded import binaries

ELSEWHERE = Path("/var/tmp")  # noqa: S108  the folder made in it is root's, and refused when it is not


@dataclass(frozen=True)
class Place:
    data: Path
    postgres: Path
    valkey: Path


def place(root: Path, identity: str) -> Place:
    """In the folder itself, unless the identity is a stranger there (a clone in /root, run as nobody)."""
    postgres, valkey = binaries.postgres_folder(), binaries.valkey_server()
    if not identity.isdigit() or all(map(_open_to_all, (root, postgres, valkey.parent))):
        return Place(root, postgres, valkey)
    data = ELSEWHERE / f"avatarg-{hashlib.sha256(bytes(root)).hexdigest()[:16]}"
    data.mkdir(mode=0o711, exist_ok=True)
    if data.stat().st_uid != 0 or data.is_symlink():
        raise SystemExit(f"{data} is wanted for the servers' data, but another user made it: remove it.")
    (root / "data-is-in").write_text(f"{data}\n")
    return Place(data, _copied(postgres.parent, data) / postgres.name, _copied(valkey.parent, data) / valkey.name)


def _open_to_all(path: Path) -> bool:
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in (path, *path.parents))


def _copied(package: Path, to: Path) -> Path:
    """A copy of the package for each time it was installed, with the libraries that its wheel lays beside it."""
    shelf = to / f"{package.name}-{package.stat().st_mtime_ns}"
    if not shelf.exists():
        new = shelf.with_name("new")
        shutil.rmtree(new, ignore_errors=True)
        for folder in package.parent.glob(f"{package.name}*"):
            if folder == package or folder.suffix == ".libs":
                shutil.copytree(folder, new / folder.name, symlinks=True)
        new.rename(shelf)
    return shelf / package.name
