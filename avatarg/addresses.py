"""Which addresses belong to the internet at large, and are no way into somebody's own network."""

import ipaddress
import socket

NAT64 = ipaddress.ip_network("64:ff9b::/96")
UNICAST = ipaddress.ip_network("2000::/3")
RESERVED = tuple(
    ipaddress.ip_network(network)
    for network in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
"""Protocol assignments with Teredo among them, relays and 6to4, documentation: what `is_global` may let pass."""


def is_public(address: str) -> bool:
    """Of the forms of IPv6 that carry an address of IPv4, only NAT64's counts, and is as public as what it carries:
    that is how a network without IPv4 reaches the rest. Raises ValueError for what is no address.
    """
    one = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(one, ipaddress.IPv6Address):
        if one in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(one) & 0xFFFFFFFF)))
        if one not in UNICAST:
            return False
    return one.is_global and not one.is_multicast and not any(one in network for network in RESERVED)


def addresses_of(host: str, port: int) -> list[str]:
    """All that a host has. Raises OSError when it is not known."""
    try:
        return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except UnicodeError as error:
        raise OSError(f"{host!r} is no name of a host") from error
