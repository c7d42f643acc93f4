"""A customer's provider is asked at public addresses only, whatever its name leads to and wherever it sends us."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from avatarg import addresses
from sso import wire


@pytest.fixture
def inside():
    """A server of ours that no customer is to reach, and how often it was."""
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            moved = self.path.startswith("/away")
            self.send_response(302 if moved else 200)
            if moved:
                self.send_header("Location", "http://[::1]:1/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, asked
        server.shutdown()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]", "[::]"])
def test_no_address_of_our_own_network_is_asked(inside, host):
    port, asked = inside

    with pytest.raises(requests.ConnectionError, match="not public"):
        wire.CheckedSession().get(f"https://{host}:{port}/")

    assert asked == []


def test_a_name_with_one_private_address_among_public_ones_is_not_asked(inside, monkeypatch):
    port, asked = inside
    monkeypatch.setattr(addresses, "addresses_of", lambda _host, _port: ["127.0.0.1", "93.184.216.34"])

    with pytest.raises(requests.ConnectionError, match="not public"):
        wire.CheckedSession().get(f"https://rebound.example:{port}/")

    assert asked == []


def test_what_was_checked_is_what_is_connected_to(inside, monkeypatch, settings):
    settings.SSO_ALLOW_LOOPBACK = True
    port, asked = inside
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    monkeypatch.setattr(addresses, "addresses_of", lambda _host, _port: next(answers))

    wire.CheckedSession().get(f"http://rebound.example:{port}/once")

    assert asked == ["/once"]


def test_plain_http_is_for_a_machine_of_ones_own(inside):
    port, asked = inside

    with pytest.raises(requests.exceptions.InvalidSchema):
        wire.CheckedSession().get(f"http://127.0.0.1:{port}/")

    assert asked == []


def test_a_redirect_is_checked_like_the_first_address(inside, settings, monkeypatch):
    settings.SSO_ALLOW_LOOPBACK = True
    port, asked = inside
    session = wire.CheckedSession()
    monkeypatch.setattr(wire, "is_fit", lambda address: address == "127.0.0.1")

    with pytest.raises(requests.ConnectionError, match="not public"):
        session.get(f"http://127.0.0.1:{port}/away")

    assert asked == ["/away"]


def test_no_proxy_of_the_environment_is_used(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")

    assert wire.CheckedSession().merge_environment_settings("https://x.example", {}, None, None, None)["proxies"] == {}
