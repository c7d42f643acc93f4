"""Which URLs events may be sent to. A URL is read once, here, and what was read is what is connected to.

Its form is checked when an endpoint is made; the addresses of its host are, all of them, before every attempt, and the
connection goes to one that was checked.
"""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from avatarg import addresses
from hooks.errors import UnsafeAddress

MOST_LETTERS = 500
PRINTED = re.compile(r"[!-\[\]-~]+")
NAME = re.compile(r"(?=.{4,253}\Z)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
OURS_ALONE = ("localhost", ".localhost", ".local", ".internal", ".home.arpa")
PORTS = {"https": 443, "http": 80}
Resolver = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Target:
    """`path` holds the query as well. `is_here` is a program on this machine, while that is allowed."""

    scheme: str
    host: str
    port: int
    path: str
    is_here: bool = False


def read(url: str) -> Target:
    """Raises UnsafeAddress, with what is wrong."""
    if len(url) > MOST_LETTERS or not PRINTED.fullmatch(url):
        raise UnsafeAddress(_("Write a whole URL of at most 500 plain letters, signs and digits."))
    try:
        parts = urlsplit(url)
        host, given = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        raise UnsafeAddress(_("This is not a whole URL.")) from None
    port = PORTS.get(parts.scheme, 0) if given is None else given
    is_here = settings.HOOKS_ALLOW_LOOPBACK and is_loopback(host)
    if parts.scheme != "https" and not (is_here and parts.scheme == "http"):
        raise UnsafeAddress(_("The URL must begin with https://."))
    if "@" in parts.netloc or "#" in url:
        raise UnsafeAddress(_("The URL must hold no name, no password and no #."))
    if not is_here:
        check_host(host, is_bracketed="[" in parts.netloc)
        if port != 443 and port < 1024:
            raise UnsafeAddress(_("The port must be 443, or one above 1023."))
    return Target(parts.scheme, host, port, path_of(parts), is_here)


def path_of(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def check_host(host: str, *, is_bracketed: bool) -> None:
    """Raises UnsafeAddress for what is no name in the public network, and no address there in its usual form."""
    if not host:
        raise UnsafeAddress(_("This is not a whole URL."))
    if is_bracketed or NUMBER.fullmatch(host.rpartition(".")[2]):
        try:
            is_public = addresses.is_public(host) and "%" not in host
        except ValueError:
            is_public = False
    else:
        is_public = bool(NAME.fullmatch(host)) and not f".{host}".endswith(OURS_ALONE)
    if not is_public:
        raise UnsafeAddress(_("This host is not one of the public network."))


def is_loopback(host: str) -> bool:
    """By its form alone: a name that leads here is none."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def checked_addresses(target: Target, resolve: Resolver) -> list[str]:
    """All addresses of the host, when none of them is closed to us. Raises UnsafeAddress, OSError."""
    found = resolve(target.host, target.port)
    is_fit = is_loopback if target.is_here else addresses.is_public
    if not found or not all(map(is_fit, found)):
        raise UnsafeAddress(_("The host leads to an address that is not public."))
    return list(dict.fromkeys(found))
