"""Music and films from a provider that takes an order and is asked until it is done.

    POST {url}        {"model", "prompt", "seed", …what was wished}, Idempotency-Key: <of the job>
                      → {"id"}; the same key again answers with the same task and starts no second one
    GET {url}/{id}    → {"status": "queued" | "running" | "succeeded" | "failed" | "canceled",
                         "progress"?: 0 to 100, "output"?: {"url"} or {"b64"}, "cost"?: dollars,
                         "error"?: words, or {"code", "message"}; code "prompt_refused" for what it will not make}
    DELETE {url}/{id} stops a task that is wanted no more

Where there is a key it is sent as `Authorization: Bearer`. The wishes of a track are `duration` (seconds), `genre`,
`mood`, `tempo` and `key`, those of a film `duration`, `aspect`, `style`, `mood`; what was left open is not sent.
"""

import re
import time
from collections.abc import Callable
from functools import cached_property
from typing import Any

import httpx2
from billiard.exceptions import SoftTimeLimitExceeded

from agents.delivery import RunFailed, Stopped
from agents.engines import cost
from agents.engines.providers import wire
from agents.engines.providers.parcel import Made, Sender, billed, unpacked
from agents.engines.providers.trade import MOST_LOGGED, Trade, is_refusal

TIMEOUT = httpx2.Timeout(30, connect=10)
MOST_SECONDS = 170.0
FETCH_SECONDS = 35.0
"""Together below a job's soft time limit of 240, with room to open what came."""
SUBMIT_PAUSES = (0.5, 2.0)
FIRST_PAUSE, LONGEST_PAUSE, SLOWER = 0.2, 5.0, 1.4
MOST_MISSES = 8
ENVELOPE = 64 * 1024
RUNNING = {"queued": "is waiting its turn", "running": "is at work"}
ENDED = {"succeeded", "failed", "canceled"}
TASK_ID = re.compile(r"[A-Za-z0-9_:-][A-Za-z0-9_.:-]{0,199}")

Report = Callable[[int, str], None]
Answer = dict[str, Any]


class Transient(Exception):
    """Asking again may help; `failure` is for when it did not."""

    def __init__(self, failure: RunFailed, after: float = 0.0) -> None:
        self.failure, self.after = failure, after
        super().__init__(failure.message)


class TaskProvider:
    def __init__(
        self, trade: Trade, *, url: str, model: str, key: str = "", most_bytes: int, most_seconds: float = MOST_SECONDS,
        timeout: httpx2.Timeout | float = TIMEOUT,
    ) -> None:  # fmt: skip
        self.trade, self.url, self.model, self.key = trade, url.rstrip("/"), model, key
        self.most_bytes, self.most_seconds, self.timeout = most_bytes, most_seconds, timeout
        self.label = f"{model} (remote)"

    @cached_property
    def client(self) -> httpx2.Client:
        client = wire.client(most_bytes=self.most_bytes * 4 // 3 + ENVELOPE, most_seconds=60, timeout=self.timeout)
        if self.key:
            client.headers["Authorization"] = f"Bearer {self.key}"
        return client

    def make(self, wishes: Answer, *, key: str, report: Report) -> Made:
        """Raises RunFailed in words for the person; what `report` raises goes on.

        A task that will not be waited for is stopped, but one whose job another worker took up: it is theirs now.
        """
        until = time.monotonic() + self.most_seconds
        report(3, "Sending the order to the provider")
        asked = {"model": self.model} | {name: wish for name, wish in wishes.items() if wish is not None}
        answer = self.submit(asked, key)
        task = self.task_of(answer)
        try:
            state = self.awaited(task, answer, until, report)
        except (RunFailed, Stopped, SoftTimeLimitExceeded):
            self.cancel(task)
            raise
        report(90, "Fetching what was made")
        return self.received(state, until + FETCH_SECONDS)

    def submit(self, asked: Answer, key: str) -> Answer:
        for pause in (*SUBMIT_PAUSES, None):
            try:
                return self.call("POST", self.url, submitting=True, json=asked, headers={"Idempotency-Key": key})
            except Transient as trouble:
                if pause is None:
                    raise trouble.failure from trouble
                time.sleep(max(pause, trouble.after))
        raise self.trade.down()

    def task_of(self, answer: Answer) -> str:
        task = str(answer.get("id", ""))
        if not TASK_ID.fullmatch(task):
            self.trade.note(f"no task: {answer}", self.key)
            raise self.trade.broken()
        return task

    def awaited(self, task: str, answer: Answer, until: float, report: Report) -> Answer:
        """The task at its end. Reports each time it was asked about: so a job that was canceled is noticed."""
        state: Answer = {"status": "queued"} | answer
        began, pause, missed = time.monotonic(), FIRST_PAUSE, 0
        while state["status"] not in ENDED:
            report(*told(state, time.monotonic() - began))
            if time.monotonic() + pause > until:
                self.trade.note(f"task {task} is not done: {state}", self.key)
                raise self.trade.slow()
            time.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * SLOWER)
            try:
                state, missed = self.state_of(task), 0
            except Transient as trouble:
                missed, pause = missed + 1, max(pause, trouble.after)
                if missed > MOST_MISSES:
                    raise trouble.failure from trouble
        return state

    def state_of(self, task: str) -> Answer:
        state = self.call("GET", f"{self.url}/{task}", submitting=False)
        if state.get("status") not in RUNNING.keys() | ENDED:
            self.trade.note(f"no status: {state}", self.key)
            raise Transient(self.trade.broken())
        return state

    def call(self, method: str, url: str, *, submitting: bool, **more: Any) -> Answer:
        """The object that was answered. Raises Transient, and RunFailed where asking again is of no use."""
        try:
            response = self.client.request(method, url, **more)
        except httpx2.RequestError as error:
            self.trade.note(repr(error), self.key)
            raise Transient(self.trade.down()) from error
        if not response.is_success:
            raise self.trouble(response, submitting)
        try:
            answer = response.json()
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            self.trade.note(f"garbage: {response.text[:MOST_LOGGED]}", self.key)
            raise Transient(self.trade.broken())
        return answer

    def trouble(self, response: httpx2.Response, submitting: bool) -> Exception:
        status = response.status_code
        self.trade.note(f"HTTP {status}: {response.text}", self.key)
        if status in (408, 409, 425, 429) or status >= 500:
            return Transient(self.trade.down(), wire.retry_after(response.headers))
        if status in (401, 403):
            return self.trade.misset()
        if not submitting:
            return Transient(self.trade.down())
        if status in (400, 422):
            return self.trade.refused()
        return self.trade.down() if status == 402 else self.trade.misset()

    def received(self, state: Answer, until: float) -> Made:
        charged = cost.named_in(state)
        with billed(charged):
            return Made(self.content_of(state, until), charged)

    def content_of(self, state: Answer, until: float) -> bytes:
        if state["status"] != "succeeded":
            self.trade.note(f"{state['status']}: {state.get('error')}", self.key)
            raise self.trade.refused() if is_refusal(state.get("error")) else self.trade.gave_up()
        output = state.get("output")
        place = output if isinstance(output, dict) else {}
        sender = Sender(self.trade, self.url, self.key, self.most_bytes)
        return unpacked(sender, b64=place.get("b64"), url=place.get("url"), until=until)

    def cancel(self, task: str) -> None:
        """Best effort: the job ends whether or not the provider listens."""
        try:
            self.client.delete(f"{self.url}/{task}", timeout=5)
        except httpx2.RequestError as error:
            self.trade.note(f"task {task} may go on: {error!r}", self.key)


def told(state: Answer, seconds: float) -> tuple[int, str]:
    """Percent and step: the provider's own progress where it names one, else its state."""
    share = state.get("progress")
    known = isinstance(share, (int, float)) and not isinstance(share, bool) and 0 <= share <= 100
    begun = 6 if state["status"] == "queued" else 10
    percent = max(begun, 8 + round(0.8 * share)) if known and share is not None else begun
    return percent, f"The provider {RUNNING[state['status']]}, {seconds:.0f} seconds so far"
