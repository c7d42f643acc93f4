"""One attempt to hand over one message: to an address that was checked, within a fixed time, and nowhere else.

No redirect is followed, no proxy of the environment used, no cookie kept, and of the answer only its status counts.
"""

import ssl
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore2
from django.utils.translation import gettext as _

from avatarg import addresses
from hooks import targets
from hooks.errors import UnsafeAddress
from hooks.targets import Resolver, Target

SECONDS = 15.0
CONNECT_SECONDS = 5.0
BODY_SECONDS = 2.0
MOST_BYTES = 16 * 1024
MOST_ADDRESSES = 3
PIECE = 16 * 1024
FIXED = (
    ("Content-Type", "application/json"), ("User-Agent", "Avatar-G-Webhooks/1"), ("Accept-Encoding", "identity"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """The status that came, or in words why none did."""

    code: int | None
    error: str = ""

    @property
    def is_taken(self) -> bool:
        return self.code is not None and 200 <= self.code < 300


class Clock:
    """What is left of an attempt, for every wait in it."""

    def __init__(self, seconds: float) -> None:
        self.until = time.monotonic() + seconds

    def left(self) -> float:
        """Raises httpcore2.ReadTimeout when nothing is."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("The whole attempt took too long.")
        return left

    def end_within(self, seconds: float) -> None:
        self.until = min(self.until, time.monotonic() + seconds)


class TimedStream(httpcore2.NetworkStream):
    """A connection on which all waits together take no longer than the clock allows, however it drips."""

    def __init__(self, plain: httpcore2.NetworkStream, clock: Clock) -> None:
        self.plain, self.clock = plain, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.plain.read(max_bytes, self.clock.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for begin in range(0, len(buffer), PIECE):
            self.plain.write(buffer[begin : begin + PIECE], self.clock.left())

    def close(self) -> None:
        self.plain.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return TimedStream(self.plain.start_tls(ssl_context, server_hostname, self.clock.left()), self.clock)

    def get_extra_info(self, info: str) -> Any:
        return self.plain.get_extra_info(info)


class Pinned(httpcore2.NetworkBackend):
    """Connects to addresses that were checked, whatever name is asked for: nobody resolves it a second time."""

    def __init__(self, found: list[str], clock: Clock) -> None:
        self.found, self.clock = found[:MOST_ADDRESSES], clock
        self.plain = httpcore2.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:  # fmt: skip
        for address in self.found:
            with suppress(httpcore2.ConnectError, httpcore2.ConnectTimeout):
                patience = min(CONNECT_SECONDS, self.clock.left())
                return TimedStream(self.plain.connect_tcp(address, port, timeout=patience), self.clock)
        raise httpcore2.ConnectError("None of its addresses could be connected to.")


def post(
    url: str, headers: dict[str, str], body: str, *, resolve: Resolver = addresses.addresses_of,
    seconds: float = SECONDS,
) -> Answer:  # fmt: skip
    """Hand a message over; never raises what the other side can cause."""
    clock = Clock(seconds)
    try:
        target = targets.read(url)
        found = targets.checked_addresses(target, resolve)
        return Answer(send(target, found, headers, body.encode(), clock, tls=tls()))
    except UnsafeAddress as refusal:
        return Answer(None, refusal.message)
    except httpcore2.TimeoutException:
        return Answer(None, _("It did not answer in time."))
    except (httpcore2.ConnectError, OSError) as error:
        return Answer(None, words_for(error))
    except (httpcore2.NetworkError, httpcore2.ProtocolError):
        return Answer(None, _("The connection broke, or its answer was no HTTP."))


def words_for(error: Exception) -> str:
    causes = (error, error.__cause__, error.__context__)
    if any(isinstance(one, ssl.SSLError) for one in causes):
        return _("No safe connection: its certificate or its TLS is not right.")
    if isinstance(error, httpcore2.ConnectError):
        return _("It could not be connected to.")
    return _("Its host is not known.")


def send(
    target: Target, found: list[str], headers: Mapping[str, str], body: bytes, clock: Clock, *, tls: ssl.SSLContext
) -> int:
    """The status of the answer. TLS and the Host header go by the name, the connection by the address."""
    url = httpcore2.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
    pool = httpcore2.ConnectionPool(ssl_context=tls, network_backend=Pinned(found, clock), max_connections=1)
    with pool, pool.stream("POST", url, headers=[*FIXED, *headers.items()], content=body) as response:
        clock.end_within(BODY_SECONDS)
        with suppress(httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError):
            pass_over(response.iter_stream())
        return response.status


def pass_over(chunks: Iterable[bytes]) -> None:
    """Read a little, so that who answers is not cut off in the middle of a short answer."""
    left = MOST_BYTES
    for chunk in chunks:
        left -= len(chunk)
        if left <= 0:
            return


@cache
def tls() -> ssl.SSLContext:
    return httpcore2.default_ssl_context()
