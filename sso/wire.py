"""How a customer's identity provider is asked: at public addresses only, and at the very address that was checked."""

import ipaddress
import socket
from contextlib import suppress
from typing import Any

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError
from urllib3.util.connection import create_connection

from avatarg import addresses

SECONDS = 5
MOST_REDIRECTS = 3


class Checked:
    """Of a connection: every address of the host is looked at, then one of these is connected to, by number."""

    def _new_conn(self: Any) -> socket.socket:
        try:
            found = addresses.addresses_of(self._dns_host, self.port)
            if not found or not all(map(is_fit, found)):
                raise OSError("its address is not public")
            return first_that_answers(found, self.port, self.timeout)
        except OSError as error:
            raise NewConnectionError(self, f"{self._dns_host}: {error}") from error


def first_that_answers(found: list[str], port: int, timeout: float) -> socket.socket:
    """Raises OSError when none does."""
    for address in found[:-1]:
        with suppress(OSError):
            return create_connection((address, port), timeout)
    return create_connection((found[-1], port), timeout)


def is_fit(address: str) -> bool:
    if settings.SSO_ALLOW_LOOPBACK and ipaddress.ip_address(address.partition("%")[0]).is_loopback:
        return True
    return addresses.is_public(address)


class CheckedHTTP(Checked, HTTPConnection):
    pass


class CheckedHTTPS(Checked, HTTPSConnection):
    pass


class CheckedPool(HTTPConnectionPool):
    ConnectionCls = CheckedHTTP


class CheckedTLSPool(HTTPSConnectionPool):
    ConnectionCls = CheckedHTTPS


class CheckedAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": CheckedPool, "https": CheckedTLSPool}


class CheckedSession(requests.Session):
    """Without the proxies of the environment, with an end to every wait, and TLS but on a machine of one's own."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        self.max_redirects = MOST_REDIRECTS
        self.adapters.clear()
        self.mount("https://", CheckedAdapter())
        if settings.SSO_ALLOW_LOOPBACK:
            self.mount("http://", CheckedAdapter())

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        return super().request(*args, **{"timeout": SECONDS, **kwargs})
