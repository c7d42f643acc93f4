"""Whether the process of this container does its work, for the engine that runs it: python deploy/alive.py web|beat

It imports nothing of the product, so that asking every few seconds costs little. Workers are asked through Celery.
"""

import http.client
import os
import sys
import time
from pathlib import Path

PORT = int(os.environ.get("PORT", "8000"))
SCHEDULE = Path(os.environ.get("BEAT_SCHEDULE", "/srv/beat/schedule"))
SILENT_SECONDS = 600  # beat writes its schedule every three minutes


def web() -> bool:
    """By the host people use and as if through the proxy, for others are refused or sent on."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".*") or "localhost"
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=4)
    try:
        connection.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def beat() -> bool:
    written = [file.stat().st_mtime for file in SCHEDULE.parent.glob(f"{SCHEDULE.name}*")]
    return bool(written) and time.time() - max(written) < SILENT_SECONDS


PROCESSES = {"web": web, "beat": beat}

if __name__ == "__main__":
    sys.exit(0 if PROCESSES[sys.argv[1]]() else 1)
