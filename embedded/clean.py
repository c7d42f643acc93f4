"""`make clean`: forget the embedded run and its data."""

import shutil
from pathlib import Path

from embedded import folder

LOCAL = Path(__file__).resolve().parent.parent / ".local"


def main() -> None:
    if not LOCAL.exists():
        return
    if folder.is_held(LOCAL):
        raise SystemExit("Avatar G runs from this folder: end it first.")
    for note in LOCAL.rglob("data-is-in"):
        shutil.rmtree(note.read_text().strip(), ignore_errors=True)
    shutil.rmtree(LOCAL)
    print(f"{LOCAL} is gone, and the accounts, jobs and files in it.")


if __name__ == "__main__":
    main()
