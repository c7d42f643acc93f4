"""Processes that repeat one act for a while, each on a Django connection of its own, started together."""

import multiprocessing
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from benchmarks.people import id_of

FORK = multiprocessing.get_context("fork")
WARM_UP = 20


@dataclass(frozen=True)
class Run:
    """Acts a second of all clients together; what an act costs this side, and the slowest act, in milliseconds."""

    rate: float
    cpu_ms: float
    slowest_ms: float


def run(act: Callable[[UUID], Any], *, clients: int, seconds: float, people: int) -> Run:
    connection.close()
    start, results = FORK.Barrier(clients), FORK.SimpleQueue()
    processes = [FORK.Process(target=_client, args=(act, seconds, people, start, results)) for _ in range(clients)]
    for process in processes:
        process.start()
    told = [results.get() for _ in processes]
    for process in processes:
        process.join()
    if failures := [answer for answer in told if isinstance(answer, str)]:
        raise RuntimeError(failures[0])
    counts, cpu, slowest = zip(*told, strict=True)
    return Run(sum(counts) / seconds, 1000 * sum(cpu) / sum(counts), 1000 * max(slowest))


def _client(act: Callable[[UUID], Any], seconds: float, people: int, start: Any, results: Any) -> None:
    try:
        results.put(_repeat(act, seconds, people, start))
    except Exception as error:
        results.put(f"{type(error).__name__}: {error}")


def _repeat(act: Callable[[UUID], Any], seconds: float, people: int, start: Any) -> tuple[int, float, float]:
    for _ in range(WARM_UP):
        act(id_of(random.randint(1, people)))
    start.wait()
    count, slowest, cpu = 0, 0.0, time.process_time()
    end = time.perf_counter() + seconds
    while (begun := time.perf_counter()) < end:
        act(id_of(random.randint(1, people)))
        slowest = max(slowest, time.perf_counter() - begun)
        count += 1
    return count, time.process_time() - cpu, slowest


def median(values: list[float]) -> float:
    return statistics.median(values)
