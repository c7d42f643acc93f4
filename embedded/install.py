"""Makes .venv and installs what requirements*.txt lock; the Makefile calls it, with the Python that is to be used.

    python3 embedded/install.py requirements.txt [requirements-dev.txt]

uv installs in seconds what takes pip minutes, so pip is asked for uv only.
"""

import subprocess
import sys
from pathlib import Path

VENV = Path(".venv").absolute()
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
NO_PIP = (
    "This Python can not make a virtual environment with pip in it. On Debian and Ubuntu, install python3-venv; "
    "elsewhere, install pip for it, or choose another Python: make run PYTHON=python3.12"
)


def works(*command: object) -> bool:
    try:
        return subprocess.run([str(word) for word in command], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def run(*command: object) -> None:
    done = subprocess.run([str(word) for word in command], check=False)
    if done.returncode:
        sys.exit("The installation stopped: see above. Nothing outside .venv was changed.")


def make_environment() -> None:
    if works(PYTHON, "-c", "") and works(UV, "--version"):
        return
    print("Making .venv", flush=True)
    if works(sys.executable, "-m", "ensurepip", "--version"):
        run(sys.executable, "-m", "venv", "--clear", VENV)
        pip = [PYTHON, "-m", "pip"]
    elif works(sys.executable, "-m", "pip", "--version"):
        run(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV)
        pip = [sys.executable, "-m", "pip", "--python", PYTHON]
    else:
        sys.exit(NO_PIP)
    run(*pip, "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", "requirements-uv.txt")


def install(files: list[str]) -> None:
    print(f"Installing {' and '.join(files)}", flush=True)
    locked = [word for file in files for word in ("-r", file)]
    run(UV, "pip", "install", "--quiet", "--python", PYTHON, "--no-deps", "--require-hashes", *locked)


if __name__ == "__main__":
    make_environment()
    install(sys.argv[1:])
