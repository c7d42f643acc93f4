"""`python -m benchmarks.engines [AGENT …]`: every local operation once, for real, with the table for docs/engines.md.

CPU seconds are those of the whole process; wall seconds are worth reading on an idle machine only. What is loaded
once (models, fonts, soundfont) is loaded before the clock starts, as a worker does before its first job.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import django

from agents import runners
from agents.delivery import Delivery, Media
from agents.runners.base import EarlierJob, MediaReference, Told
from benchmarks import stand_in
from benchmarks.place import SETTINGS

EARLIER = UUID(int=1)
PICTURE, TRACK, CLIP = (MediaReference(upload_id=UUID(int=number)) for number in (2, 3, 4))
BRIEF = (
    "Our bakery wants to open a second shop near the station in spring. Rent is $2,400 a month and the fit-out costs "
    "about $38,000. The first shop sells 420 loaves a day, and 35% of customers come before 9 in the morning."
)
TABLE = "\n".join(
    ["Month,Region,Revenue", *(f"2026-{n:02},{'North' if n % 2 else 'South'},{9000 + 410 * n}" for n in range(1, 13))]
)
FILM = {"prompt": "A lighthouse at dawn. Two boats sail out.", "seconds": 8}
ASKED = {"message": "And what speaks against it?", "seed": 4}
SAID = "Rivers begin as rain on high ground. They gather, they cut their valleys, and they carry the hills to the sea."


@dataclass(frozen=True, slots=True)
class Order:
    """An operation with its input, and what the table says of it."""

    agent_id: str
    operation: str
    given: dict[str, Any]
    about: str


ORDERS = (
    Order("avatar-builder", "generate", {"prompt": "A smiling woman with red hair and glasses"}, "1024 by 1024"),
    Order("avatar-builder", "scan", {"photo": PICTURE}, "of a 1 megapixel photo"),
    Order("image-creator", "generate", {"prompt": "A red lighthouse over a sea, two boats"}, "painted, 1024 by 1024"),
    Order("image-creator", "upscale", {"image": PICTURE, "factor": 4}, "1 to 16 megapixels"),
    Order("music-studio", "generate", {"prompt": "Warm lo-fi with electric piano", "duration": 24}, "24 s"),
    Order("music-studio", "remix", {"track": TRACK, "genre": "jazz"}, "24 s"),
    Order("music-studio", "extend", {"track": TRACK, "seconds": 20}, "24 to 44 s"),
    Order("voice-lab", "synthesize", {"text": SAID}, "7 s of speech"),
    Order("video-studio", "generate", FILM, "8 s of 1280 by 720, voice, music"),
    Order("video-studio", "animate", {"text": SAID}, "8 s of 960 by 960"),
    Order("media-production", "video", {"clips": [CLIP, PICTURE], "title": "The harbour"}, "14 s of 1280 by 720"),
    Order("media-production", "composite", {"base": CLIP, "overlay": PICTURE, "audio": TRACK}, "8 s of 1280 by 720"),
    Order("business-agent", "report", {"prompt": BRIEF}, "a page, one summary by the demo model"),
    Order("business-agent", "analyze", {"prompt": TABLE}, "12 rows, one summary by the demo model"),
    Order("chat", "message", {"message": "Why take a walk in the morning?", "seed": 4}, "demo model"),
    Order("chat", "context", {**ASKED, "conversation": EarlierJob(EARLIER)}, "demo model, one turn remembered"),
)  # fmt: skip


def made(run: stand_in.Run, order: Order) -> Delivery:
    """A checked delivery."""
    runner = runners.RUNNERS[order.agent_id, order.operation]
    delivery = runner.run(run, runner.input(**order.given))
    runner.check(delivery)
    return delivery


def prepared() -> stand_in.Run:
    """What later orders work on; making it loads every engine."""
    run = stand_in.Run(7, told={EARLIER: Told("chat", {"message": "Is walking healthy?"}, {"text": "Yes, it is."})})
    wanted = {
        PICTURE: Order("image-creator", "generate", {"prompt": "Snow peaks at first light"}, ""),
        TRACK: Order("music-studio", "generate", {"prompt": "Warm lo-fi with electric piano", "duration": 24}, ""),
        CLIP: Order("video-studio", "generate", {"prompt": "A harbour. Two boats.", "seconds": 8}, ""),
    }
    for reference, order in wanted.items():
        file = made(run, order).files[0]
        run.found[reference] = Media(file.content_type, file.data)
    made(run, Order("chat", "message", {"message": "Hello", "seed": 1}, ""))
    return run


def timed(work: Callable[[], Delivery]) -> tuple[Delivery, float, float]:
    """What came out, wall seconds, CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    delivery = work()
    return delivery, time.perf_counter() - wall, time.process_time() - cpu


def rows(wanted: set[str]) -> Iterator[str]:
    run = prepared()
    for order in ORDERS:
        if wanted and order.agent_id not in wanted:
            continue
        delivery, wall, cpu = timed(lambda order=order: made(run, order))  # type: ignore[misc]
        kilobytes = -(-sum(len(file.data) for file in delivery.files) // 1000)
        yield f"| {order.agent_id} | {order.operation} | {order.about} | {wall:.1f} | {cpu:.1f} | {kilobytes:,} |"


def main() -> None:
    os.environ.update(SETTINGS, DATABASE_URL="postgres://localhost/none", REDIS_URL="redis://localhost")
    os.environ["DJANGO_SETTINGS_MODULE"] = "avatarg.settings"
    django.setup()
    print("| agent | operation | what | wall s | CPU s | KB delivered |\n|---|---|---|---|---|---|", flush=True)
    for row in rows(set(sys.argv[1:])):
        print(row, flush=True)


if __name__ == "__main__":
    main()
