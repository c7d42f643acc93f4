"""What goes to Sentry when something breaks: read from a server of our own."""

import gzip
import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.environment import ROOT

QUIET = {"PYTHONWARNINGS": "ignore"}
BREAK = """
import django, logging
django.setup()
from django.test import Client
from django.urls import path
from dashboard import urls
def broken(request):
    passphrase = "held-in-a-variable"
    raise RuntimeError("no good: avg_live_0123456789abcdefgh")
urls.urlpatterns.append(path("broken", broken))
client = Client(raise_request_exception=False)
client.cookies["sessionid"] = "the-session-of-somebody"
answer = client.post("/broken?token=in-the-query", {"card": "4242424242424242"}, headers={"Host": "localhost",
    "Authorization": "Bearer the-bearer-of-somebody"})
assert answer.status_code == 500, answer
import sentry_sdk
sentry_sdk.flush(10)
"""


@pytest.fixture
def sentry():
    """A server that keeps what is posted to it."""
    received: list[bytes] = []

    class Take(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Take) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, received
        server.shutdown()


def test_a_report_has_the_trace_and_nothing_private(sentry, live_env):
    port, received = sentry
    env = {
        **live_env,
        "SENTRY_DSN": f"http://public@127.0.0.1:{port}/1",
        "RELEASE": "1.2.3",
        "PYTHONWARNINGS": "ignore",
    }

    done = subprocess.run([sys.executable, "-c", BREAK], cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    sent = b"\n".join(received).decode()
    events = [json.loads(line) for line in sent.splitlines() if line.startswith("{") and '"exception"' in line]
    assert [(event["exception"]["values"][0]["type"], event["release"]) for event in events] == [
        ("RuntimeError", "1.2.3")
    ]
    assert events[0]["exception"]["values"][0]["value"] == "no good: [secret]"
    for private in ("held-in-a-variable", "the-session", "the-bearer", "in-the-query", "4242424242", "avg_live_0123"):
        assert private not in sent


def test_without_a_dsn_nothing_is_sent(sentry, live_env):
    _, received = sentry

    done = subprocess.run(
        [sys.executable, "-c", BREAK], cwd=ROOT, env=live_env | QUIET,
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert received == []
