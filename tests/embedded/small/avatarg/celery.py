import subprocess
import time
from pathlib import Path

from celery import Celery

app = Celery("small")
app.config_from_object("django.conf:settings", namespace="CELERY")


@app.task(name="sleep")
def sleep(seconds: float, note: str) -> None:
    """Writes its process's number and that of a program it started, as an engine does."""
    program = subprocess.Popen(["sleep", str(seconds)])
    Path(note).write_text(f"{program.pid}")
    time.sleep(seconds)
