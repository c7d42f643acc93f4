"""The sandbox in a process of its own, with a judge in front of it: what the fixture `sandbox` starts.

`python -m tests.stripe.server` prints its address and serves until its standard input closes. Beside the sandbox's own
paths it has two, by which a test begins and ends: between tests nothing ticks, so the database can be emptied.
"""

import json
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.signals import got_request_exception
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stripe_sandbox.settings")
application = get_wsgi_application()

from django.db import connection  # noqa: E402  (models load after the set-up above)

from stripe_sandbox import ticker  # noqa: E402
from stripe_sandbox.models import Record  # noqa: E402
from stripe_sandbox.params import decode  # noqa: E402
from tests.stripe import specification  # noqa: E402

BEGIN, END = "/-/begin", "/-/end"


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


class Ticking:
    def __init__(self) -> None:
        self.stopped, self.thread = threading.Event(), None

    def start(self) -> None:
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._tick, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        if self.thread is not None:
            self.stopped.set()
            ticker.events.rung.set()
            self.thread.join(timeout=15)
            self.thread = None

    def _tick(self) -> None:
        ticker.tick(self.stopped)
        connection.close()


class Judge:
    """WSGI around WSGI: passes everything on, and keeps what differs from Stripe's description."""

    def __init__(self, inner: Callable[..., Iterable[bytes]]) -> None:
        self.inner, self.ticking = inner, Ticking()
        self.deviations: list[str] = []
        self.calls: set[str] = set()
        got_request_exception.connect(self._note_crash)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == BEGIN:
            self._clear()
            self.ticking.start()
            return _json(start_response, {})
        if path == END:
            self.ticking.stop()
            self._judge_records()
            return _json(start_response, {"deviations": self.deviations, "calls": sorted(self.calls)})
        if not path.startswith("/v1/"):
            return self.inner(environ, start_response)
        return self._judged(environ, start_response)

    def _judged(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = BytesIO(sent)
        if environ["REQUEST_METHOD"] == "DELETE":
            self._judge_records()  # some are about to go
        seen: dict[str, Any] = {}

        def note(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            seen.update(status=int(status.split(maxsplit=1)[0]), headers=dict(headers))
            return start_response(status, headers, *rest)

        answer = self.inner(environ, note)
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        self._judge_call(environ, sent.decode(errors="replace"), seen, body)
        return [body]

    def _judge_call(self, environ: dict[str, Any], sent: str, seen: dict[str, Any], body: bytes) -> None:
        method, path, status = environ["REQUEST_METHOD"], environ["PATH_INFO"], seen["status"]
        where = f"{method} {path} {status}"
        if not seen["headers"].get("Content-Type", "").startswith("application/json"):
            self.deviations.append(f"{where}: the answer is no JSON")
            return
        if status == 200:
            params = decode("&".join(part for part in (environ.get("QUERY_STRING"), sent) if part))
            self._keep(f"{where}, request", specification.deviations_of_request(method, path, params))
            operation = specification.operation_for(method, path)
            self.calls.add(f"{method} {operation.template}" if operation else where)
        else:
            params = {}
        expand = tuple(params.get("expand", ()))
        lines = specification.deviations_of_answer(method, path, status, json.loads(body), expand)
        self._keep(f"{where}, answer", lines)

    def _judge_records(self) -> None:
        """What is stored is what webhooks send and what a list or an expansion shows."""
        for record in Record.objects.filter(deleted_at=None):
            event = record.object == "event"
            judge = specification.deviations_of_event if event else specification.deviations_of_object
            name = f"{record.id} {record.data['type']}" if event else f"{record.object} {record.id}"
            self._keep(name, judge(record.data))
        connection.close()

    def _keep(self, where: str, lines: list[str]) -> None:
        new = (f"{where}: {line}" for line in lines)
        self.deviations += [line for line in new if line not in self.deviations]

    def _note_crash(self, **_: Any) -> None:
        self.deviations.append(f"the sandbox crashed: {traceback.format_exc()}")

    def _clear(self) -> None:
        self.deviations, self.calls = [], set()


def _json(start_response: Callable[..., Any], data: Any) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(data).encode()]


def main() -> None:
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler, ipv6=False, allow_reuse_address=False)
    server.set_app(Judge(application))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
