"""One process of the product, tied to the runner: python -m embedded.app web|worker|studio|beat|sandbox

The ties are made while this module is imported: a child that is spawned instead of forked imports it anew.
"""

import os
import signal
import sys
import warnings

from embedded import server, tether

QUEUES = "billing,upkeep,dedicated,priority,standard"
HEAVY_QUEUES = "dedicated-heavy,priority-heavy,standard-heavy"
RUNNER = "EMBEDDED_RUNNER"
WEB_THREADS = 4
SECONDS_TO_FINISH = 3
NICENESS = 10

if __name__ == "__main__":
    tether.tie_with_children(int(os.environ.pop(RUNNER)), signal.SIGKILL)
elif __name__ == "__mp_main__":
    tether.tie_with_children(os.getppid(), signal.SIGKILL)


def web() -> None:
    serve("avatarg.wsgi:application", int(os.environ["PORT"]))


def sandbox() -> None:
    serve("stripe_sandbox.wsgi:application", int(os.environ["SANDBOX_PORT"]))


def serve(application: str, port: int) -> None:
    from granian import Granian  # noqa: PLC0415  the other processes have no use for it
    from granian.constants import Interfaces  # noqa: PLC0415

    Granian(
        application,
        address=server.HOST,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=WEB_THREADS,
        backpressure=WEB_THREADS * 16,
        websockets=False,
        workers_kill_timeout=SECONDS_TO_FINISH,
    ).serve()


def worker() -> None:
    """Short work, and what the product does for itself."""
    work("worker", QUEUES, at_once=2)


def studio() -> None:
    """What takes a processor for long: one at a time, and gladly behind all that somebody waits for."""
    os.nice(NICENESS)
    work("studio", HEAVY_QUEUES, at_once=1)


def work(name: str, queues: str, *, at_once: int) -> None:
    celery(
        "worker", "--hostname", f"{name}@%h", "--queues", queues, "--concurrency", str(at_once), "--without-mingle",
        "--without-gossip",
    )  # fmt: skip


def beat() -> None:
    celery("beat", "--schedule", os.environ["BEAT_SCHEDULE"], "--pidfile=")


def celery(command: str, *options: str) -> None:
    from celery.bin.celery import main  # noqa: PLC0415

    warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")
    sys.argv = ["celery", "--app", "avatarg.celery", "--quiet", command, "--loglevel", "INFO", *options]
    main()


PROCESSES = {"web": web, "worker": worker, "studio": studio, "beat": beat, "sandbox": sandbox}

if __name__ == "__main__":
    PROCESSES[sys.argv[1]]()
