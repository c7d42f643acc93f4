"""Fetching what a provider made from the address it gives. The address is not believed.

It may be the provider's own (same scheme, host and port as configured: wherever that is), or an https one whose host
has public addresses only; the connection then goes to the address that was checked. Redirects are checked likewise.
"""

import time
from dataclasses import dataclass, field

import httpx2

from agents.engines.providers import wire
from avatarg import addresses

MOST_HOPS = 3
PAUSES = (0.3, 1.5)
AGAIN = {404, 408, 425, 429}


class Undeliverable(Exception):
    """The address is not one to fetch from, or what is there is no file or too large."""


class Unreachable(Exception):
    """The host did not answer; it may do so later."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect, under which name."""

    url: httpx2.URL
    headers: dict[str, str] = field(default_factory=dict)
    extensions: dict[str, str] = field(default_factory=dict)


def download(address: str, *, home: str, key: str, most_bytes: int, until: float) -> bytes:
    """The file at an address. `home` is the provider's, which alone gets the key. Raises Undeliverable, Unreachable."""
    for pause in (*PAUSES, None):
        try:
            return fetch(address, home=home, key=key, most_bytes=most_bytes, until=until)
        except Unreachable:
            if pause is None or time.monotonic() + pause > until:
                raise
            time.sleep(pause)
    raise Unreachable


def fetch(address: str, *, home: str, key: str, most_bytes: int, until: float) -> bytes:
    own = httpx2.URL(home)
    for _ in range(MOST_HOPS + 1):
        try:
            url = own.join(address)
        except (httpx2.InvalidURL, ValueError) as error:
            raise Undeliverable("The address is none.") from error
        answer = one_answer(target_for(url, own, key), most_bytes, until)
        if isinstance(answer, bytes):
            return answer
        address = str(url.join(answer.location))
    raise Undeliverable("It was sent from one address to the next.")


@dataclass(frozen=True, slots=True)
class Moved:
    location: str


def one_answer(target: Target, most_bytes: int, until: float) -> bytes | Moved:
    left = until - time.monotonic()
    if left <= 0:
        raise Unreachable("No time is left.")
    timeout = httpx2.Timeout(min(30.0, left), connect=min(10.0, left))
    client = wire.client(most_bytes=most_bytes + 1, most_seconds=left, timeout=timeout)
    try:
        with client, client.stream(
            "GET", target.url, headers=target.headers, extensions=dict(target.extensions)
        ) as response:  # fmt: skip
            return read(response, most_bytes)
    except httpx2.RequestError as error:
        raise Unreachable(repr(error)) from error
    except httpx2.InvalidURL as error:
        raise Undeliverable("The address is none.") from error


def read(response: httpx2.Response, most_bytes: int) -> bytes | Moved:
    if response.has_redirect_location:
        return Moved(response.headers["Location"])
    if response.status_code in AGAIN or response.status_code >= 500:
        raise Unreachable(f"HTTP {response.status_code}")
    if response.status_code != 200:
        raise Undeliverable(f"HTTP {response.status_code}")
    data = response.read()
    if len(data) > most_bytes:
        raise Undeliverable(f"It is larger than {most_bytes} bytes.")
    return data


def target_for(url: httpx2.URL, own: httpx2.URL, key: str) -> Target:
    """Raises Undeliverable for an address that no provider should send us to."""
    if origin(url) == origin(own):
        return Target(url, {"Authorization": f"Bearer {key}"} if key else {})
    if url.scheme != "https" or url.userinfo or not url.host:
        raise Undeliverable(f"{url.scheme}://{url.host} is neither the provider's own nor https.")
    address = checked_address(url.host, url.port or 443)
    return Target(
        url.copy_with(host=address),
        {"Host": url.netloc.decode("ascii")},
        {"sni_hostname": url.raw_host.decode("ascii")},
    )


def origin(url: httpx2.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or {"http": 80, "https": 443}.get(url.scheme, 0)


def checked_address(host: str, port: int) -> str:
    """One address of the host, all of which are public. Raises Undeliverable, Unreachable."""
    try:
        found = addresses.addresses_of(host, port)
    except OSError as error:
        raise Unreachable(f"{host} is not known.") from error
    if not found or not all(map(addresses.is_public, found)):
        raise Undeliverable(f"{host} is not a public host.")
    return found[0]
