"""Which addresses are of the open internet, of our own network, or of this machine."""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import urlsplit

#: A name of letters, digits and hyphens; its last part is no number.
_PLAIN = re.compile(r"(?:[a-z0-9_-]{1,63}\.){0,30}[a-z][a-z0-9_-]{0,62}", re.IGNORECASE | re.ASCII)
#: Ranges that carry an IPv4 address inside an IPv6 one: the inner address must be public too.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NEVER = (
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("192.88.99.0/24"),
    ipaddress.ip_network("192.0.0.0/24"),
    ipaddress.ip_network("fec0::/10"),
)


def is_public(address: str) -> bool:
    """Whether this address is one of the open internet.

    >>> is_public("8.8.8.8"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and (inner := _inner_address(ip)) is not None:
        return is_public(str(inner))
    if any(ip in network for network in _NEVER if network.version == ip.version):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _inner_address(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    teredo = ip.teredo[1] if ip.teredo else None
    return ip.ipv4_mapped or ip.sixtofour or teredo


def host_of(url: str) -> str:
    """The host of a web address."""
    return (urlsplit(url).hostname or "").rstrip(".")


def can_be_asked(url: str) -> bool:
    """Whether the client that asks takes this address: a name of another script may be none."""
    if "[" not in url and _PLAIN.fullmatch(host_of(url)):
        return True
    import httpx  # most names are plain, and need not wait for it

    try:
        host = httpx.URL(url).raw_host.decode("ascii")
    except httpx.InvalidURL:
        return False
    return _number_of(host) is not None or all(0 < len(one) < 64 for one in host.split("."))


def leads_inside(host: str) -> bool:
    """Whether a host is, in whatever spelling, an address that is not public.

    Other names are not looked up: where they lead is checked when they are asked.

    >>> leads_inside("127.1"), leads_inside("localhost"), leads_inside("hooks.example.org")
    (True, True, False)
    """
    address = _number_of(host)
    return is_loopback(host) if address is None else not is_public(address)


def is_loopback(host: str) -> bool:
    """Whether what is sent to this host stays on this machine."""
    address = _number_of(host)
    if address is None:
        return host.lower() == "localhost" or host.lower().endswith(".localhost")
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return (mapped or ip).is_loopback


def _number_of(host: str) -> str | None:
    """The address that a host is the number of (127.1 and 0x7f000001 are); None for a name."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), None, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError, ValueError):
        return None
    return str(found[0][4][0]) if found else None
