"""One process of the product, tied to the runner: python -m embedded.app web|worker|beat|sandbox

The ties are made while this module is imported: a child that is spawned instead of forked imports it anew.
"""

import os
import signal
import sys
import warnings

from embedded import server, tether

QUEUES = "billing,standard,priority,dedicated"
RUNNER = "EMBEDDED_RUNNER"
WEB_THREADS = 4
SECONDS_TO_FINISH = 3

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
    celery("worker", "--queues", QUEUES, "--concurrency", "2", "--without-mingle", "--without-gossip")


def beat() -> None:
    celery("beat", "--schedule", os.environ["BEAT_SCHEDULE"], "--pidfile=")


def celery(command: str, *options: str) -> None:
    from celery.bin.celery import main  # noqa: PLC0415

    warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")
    sys.argv = ["celery", "--app", "avatarg.celery", "--quiet", command, "--loglevel", "INFO", *options]
    main()


PROCESSES = {"web": web, "worker": worker, "beat": beat, "sandbox": sandbox}

if __name__ == "__main__":
    PROCESSES[sys.argv[1]]()
