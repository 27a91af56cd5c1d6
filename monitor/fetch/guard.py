"""Refuse to talk to private addresses, checked on the address that is connected to.

A name can be made to resolve to anything, and differently a second later: so the name is
resolved here, every address is checked, and the connection goes to the number that was checked.
"""

from __future__ import annotations

import asyncio
import functools
import socket
import ssl
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx

from monitor.errors import AddressRefused
from monitor.fetch.addresses import is_public


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to public addresses only, or to any where private ones are allowed."""

    def __init__(self, *, allow_private: bool) -> None:
        self._real = httpcore.AnyIOBackend()
        self._allow_private = allow_private

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        if self._allow_private:
            return await self._real.connect_tcp(host, port, timeout, local_address, socket_options)
        addresses = await _resolve(host, port, timeout)
        for address in addresses:
            if not is_public(address):
                raise AddressRefused(
                    f"{host} leads to {address}, which is not a public address; if it is meant, "
                    "set fetch.allow_private_addresses: true"
                )
        return await self._connect_any(addresses, port, timeout, local_address, socket_options)

    async def _connect_any(
        self, addresses: list[str], port: int, timeout: float | None, *more: Any
    ) -> httpcore.AsyncNetworkStream:
        for address in addresses[:-1]:
            try:
                return await self._real.connect_tcp(address, port, timeout, *more)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._real.connect_tcp(addresses[-1], port, timeout, *more)

    async def connect_unix_socket(self, *_args: Any, **_more: Any) -> httpcore.AsyncNetworkStream:
        raise AddressRefused("a unix socket is not a public address")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


async def _resolve(host: str, port: int, timeout: float | None) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(timeout):
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except TimeoutError as exc:
        raise httpcore.ConnectTimeout(f"the name {host} was not resolved in time") from exc
    except (OSError, UnicodeError) as exc:
        raise httpcore.ConnectError(f"the name {host} does not resolve: {exc}") from exc
    if not found:
        raise httpcore.ConnectError(f"the name {host} has no address")
    return list(dict.fromkeys(str(info[4][0]) for info in found))


@functools.cache
def _trusted() -> ssl.SSLContext:
    """The usual authorities, loaded once: each copy of them costs megabytes."""
    return httpx.create_ssl_context(trust_env=False)


def make_client(
    *,
    user_agent: str,
    allow_private: bool,
    connect_seconds: float = 10.0,
    read_seconds: float = 30.0,
    tls: ssl.SSLContext | None = None,
) -> httpx.AsyncClient:
    """A client that cannot be led to private addresses: HTTP/1.1, no redirects, no proxies.

    Proxies from the environment are ignored: behind one, no address could be checked.
    """
    transport = httpx.AsyncHTTPTransport(
        verify=tls or _trusted(),
        trust_env=False,
        limits=httpx.Limits(max_connections=20, max_keepalive_connections=0),
    )
    # httpx has no public way to give a backend; a test proves that this one is asked.
    transport._pool._network_backend = GuardedBackend(allow_private=allow_private)
    return httpx.AsyncClient(
        transport=transport,
        timeout=httpx.Timeout(read_seconds, connect=connect_seconds),
        headers={"User-Agent": user_agent, "Accept-Encoding": "gzip"},
        follow_redirects=False,
        trust_env=False,
    )
