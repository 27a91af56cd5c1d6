"""No name, number, redirect or second answer of a name server leads into our own network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpcore
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import AddressRefused, SourceRefused, SourceUnreachable
from monitor.fetch.addresses import is_public
from monitor.fetch.guard import GuardedBackend, make_client
from monitor.fetch.http import HttpFetcher
from monitor.fetch.politeness import Politeness
from monitor.ports import Fetched, Request
from tests.fetch.test_http import http, serving

PUBLIC = "93.184.216.34"


# --- addresses ---

IN_IPV6: Mapping[str, Callable[[int], int]] = {
    "mapped": lambda v4: (0xFFFF << 32) | v4,
    "6to4": lambda v4: (0x2002 << 112) | (v4 << 80) | 1,
    "nat64": lambda v4: (0x64FF9B << 96) | v4,
}
V4 = st.ip_addresses(v=4)


@settings(deadline=None)
@given(V4, st.sampled_from(sorted(IN_IPV6)))
def test_an_address_inside_another_is_judged_by_itself(
    inner: ipaddress.IPv4Address, dress: str
) -> None:
    outer = ipaddress.IPv6Address(IN_IPV6[dress](int(inner)))
    for spelling in (outer.compressed, outer.exploded, outer.exploded.upper()):
        assert is_public(spelling) == is_public(str(inner))


PRIVATE_NETWORKS = [
    *["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"],
    *["172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"],
    *["198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
    *["::/96", "::1/128", "64:ff9b:1::/48", "100::/64", "2001:db8::/32", "fc00::/7", "fe80::/10"],
    *["fec0::/10", "ff00::/8", "::ffff:0:0:0/96"],
]


@settings(deadline=None)
@given(st.sampled_from(PRIVATE_NETWORKS).flatmap(lambda net: st.ip_addresses(network=net)))
def test_no_address_of_a_private_network_is_public(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    assert not is_public(str(address))
    assert not is_public(address.exploded)


@pytest.mark.parametrize("zone", ["%eth0", "%1", "%25lo", "%"])
def test_a_zone_changes_nothing(zone: str) -> None:
    assert not is_public(f"fe80::1{zone}")
    assert not is_public(f"::ffff:127.0.0.1{zone}")


# --- connections ---


@dataclass
class Wire(httpcore.AsyncNetworkBackend):
    """Stands for the network: every public address is the server on loopback."""

    port: int
    dead: frozenset[str] = frozenset()
    asked: list[tuple[str, int]] = field(default_factory=list)

    async def connect_tcp(self, host: str, port: int, *more: Any) -> httpcore.AsyncNetworkStream:
        self.asked.append((host, port))
        if host in self.dead:
            raise httpcore.ConnectError("refused")
        return await httpcore.AnyIOBackend().connect_tcp("127.0.0.1", self.port, *more)

    async def sleep(self, seconds: float) -> None:
        raise NotImplementedError


Names = dict[str, list[list[str]]]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """A name server: name -> its answers, one after the other, the last one for ever."""
    answers: Names = {}
    real = socket.getaddrinfo

    def ask(host: Any, port: Any, *_args: Any, **_more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name not in answers:
            flags = 0 if name.lower() == "localhost" else socket.AI_NUMERICHOST
            return real(host, port, type=socket.SOCK_STREAM, flags=flags)
        found = answers[name].pop(0) if len(answers[name]) > 1 else answers[name][0]
        kinds = [socket.AF_INET6 if ":" in ip else socket.AF_INET for ip in found]
        rows = zip(kinds, found, strict=True)
        return [(kind, socket.SOCK_STREAM, 6, "", (ip, port)) for kind, ip in rows]

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    return answers


@asynccontextmanager
async def fetching(
    port: int, dead: frozenset[str] = frozenset()
) -> AsyncIterator[tuple[HttpFetcher, Wire]]:
    """A fetcher that may reach the open internet only, and the wire beneath it."""
    client = make_client(user_agent="test", allow_private=False, read_seconds=2)
    wire = Wire(port, dead)
    client._transport._pool._network_backend._real = wire  # type: ignore[attr-defined]
    yield HttpFetcher(client, Politeness(0), allow_http=True, total_seconds=10), wire
    await client.aclose()


def _port(url: str) -> int:
    return int(url.rpartition(":")[2])


LOOPBACKS = [
    *["127.0.0.1", "localhost", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1"],
    *["0177.0.0.1", "017700000001", "0", "0.0.0.0", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]"],
    *["[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]"],
    *["[2002:7f00:1::]", "127.0.0.1.", "LOCALHOST", "127.000.000.001", "[fe80::1%25lo]"],
    *["１２７.0.0.1", "ⓛocalhost", "127。0。0。1"],  # read as digits, letters, stops
]


@pytest.mark.parametrize("host", LOOPBACKS)
async def test_no_spelling_of_this_machine_is_connected_to(host: str, names: Names) -> None:
    reached: list[bytes] = []

    def answer(request: bytes) -> bytes:
        reached.append(request)
        return http(b"ours")

    async with serving(answer) as url, fetching(_port(url)) as (fetcher, wire):
        with pytest.raises((SourceRefused, SourceUnreachable)):
            await fetcher.fetch(Request(f"http://{host}:{_port(url)}/"))
    assert (reached, wire.asked) == ([], [])


async def test_a_refusal_names_the_address_and_the_setting(names: Names) -> None:
    names["intranet.example"] = [["10.0.0.7"]]
    async with fetching(1) as (fetcher, _):
        with pytest.raises(SourceRefused, match=r"10\.0\.0\.7.*allow_private_addresses"):
            await fetcher.fetch(Request("http://intranet.example/"))


@pytest.mark.parametrize(
    "answer",
    [["10.0.0.7"], [PUBLIC, "10.0.0.7"], ["::1"], [PUBLIC, "fd00::1"], ["169.254.169.254"]]
    + [["::ffff:192.168.0.1"], ["fe80::1%eth0", PUBLIC]],
)
async def test_one_private_address_among_a_names_answers_refuses_them_all(
    names: Names, answer: list[str]
) -> None:
    names["feeds.example"] = [answer]
    async with fetching(1) as (fetcher, wire):
        with pytest.raises(SourceRefused):
            await fetcher.fetch(Request("http://feeds.example/"))
    assert wire.asked == []


async def test_the_number_that_was_checked_is_the_one_connected_to(names: Names) -> None:
    names["feeds.example"] = [[PUBLIC], ["127.0.0.1"]]
    async with serving(lambda _r: http(b"ok")) as url, fetching(_port(url)) as (fetcher, wire):
        assert await fetcher.fetch(Request("http://feeds.example:8080/")) == Fetched(b"ok")
        assert wire.asked == [(PUBLIC, 8080)]
        # The name turned meanwhile: each connection is checked anew.
        with pytest.raises(SourceRefused):
            await fetcher.fetch(Request("http://feeds.example:8080/"))
    assert wire.asked == [(PUBLIC, 8080)]


async def test_a_dead_address_leaves_the_next_one_to_try(names: Names) -> None:
    names["feeds.example"] = [["2606:4700::1111", PUBLIC, PUBLIC]]
    dead = frozenset({"2606:4700::1111"})
    async with (
        serving(lambda _r: http(b"ok")) as url,
        fetching(_port(url), dead) as (fetcher, wire),
    ):
        assert await fetcher.fetch(Request("http://feeds.example/")) == Fetched(b"ok")
    assert [host for host, _ in wire.asked] == ["2606:4700::1111", PUBLIC]


@pytest.mark.parametrize("answers", [{}, {"feeds.example": [[]]}])
async def test_a_name_without_an_address_is_tried_again_later(names: Names, answers: Names) -> None:
    names |= answers
    async with fetching(1) as (fetcher, _):
        with pytest.raises(SourceUnreachable):
            await fetcher.fetch(Request("http://feeds.example/"))


# --- redirects ---

INWARD = [
    *["http://127.0.0.1:{port}/", "//127.0.0.1:{port}/", "http://localhost:{port}/"],
    *["http://intranet.example/", "http://[::1]:{port}/", "http://[::ffff:7f00:1]:{port}/"],
    *["http://2130706433:{port}/", "file:///etc/passwd", "ftp://feeds.example/"],
    *[
        "http://user:hunter2@feeds.example/",
        "javascript:alert(1)",
        "gopher://x/1",
    ],
]


@pytest.mark.parametrize("target", INWARD)
async def test_a_redirect_inward_is_refused_and_not_followed(names: Names, target: str) -> None:
    names |= {"feeds.example": [[PUBLIC]], "intranet.example": [["192.168.0.1"]]}
    reached: list[bytes] = []
    where = ""

    def answer(request: bytes) -> bytes:
        reached.append(request)
        return http(status="302 Found", location=where)

    async with serving(answer) as url, fetching(_port(url)) as (fetcher, wire):
        where = target.format(port=_port(url))
        with pytest.raises(SourceRefused) as caught:
            await fetcher.fetch(Request("http://feeds.example/"))
    assert len(reached) == len(wire.asked) == 1
    assert "hunter2" not in str(caught.value)


async def test_the_token_stays_with_its_host_and_port(names: Names) -> None:
    names |= {"cl.example": [[PUBLIC]], "evil.cl.example": [[PUBLIC]]}
    reached: list[bytes] = []
    hops = ["http://cl.example:81/", "http://evil.cl.example/", "http://cl.example/back"]

    def answer(request: bytes) -> bytes:
        reached.append(request)
        return http(status="307 Over", location=hops.pop(0)) if hops else http(b"ok")

    async with serving(answer) as url, fetching(_port(url)) as (fetcher, _):
        fetcher.token, fetcher.token_host = "t0k3n", "cl.example"
        await fetcher.fetch(Request("http://cl.example/", is_metered=True))
        await fetcher.fetch(Request("http://cl.example/", is_metered=False))
    carried = [b"t0k3n" in request for request in reached]
    assert carried == [True, False, False, True, False]


@pytest.mark.parametrize(
    "url",
    ["http://x\r\ny/", "http://x y/", "http:/x", "", "//x/", "http://x:port/", "http://\x00/"],
)
async def test_what_is_no_address_is_refused_and_never_asked(url: str, names: Names) -> None:
    async with fetching(1) as (fetcher, wire):
        with pytest.raises((SourceRefused, SourceUnreachable)):
            await fetcher.fetch(Request(url))
    assert wire.asked == []


async def test_a_socket_of_this_machine_is_refused() -> None:
    with pytest.raises(AddressRefused):
        await GuardedBackend(allow_private=False).connect_unix_socket("/run/docker.sock")


async def test_where_private_addresses_are_allowed_our_own_network_can_be_read() -> None:
    client = make_client(user_agent="test", allow_private=True)
    async with serving(lambda _r: http(b"ours")) as url:
        fetcher = HttpFetcher(client, Politeness(0), allow_http=True)
        assert await fetcher.fetch(Request(url)) == Fetched(b"ours")
    await client.aclose()


async def test_proxies_of_the_environment_are_passed_by(
    names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    names["feeds.example"] = [[PUBLIC]]
    async with serving(lambda _r: http(b"ok")) as url, fetching(_port(url)) as (fetcher, wire):
        assert await fetcher.fetch(Request("http://feeds.example/")) == Fetched(b"ok")
    assert wire.asked == [(PUBLIC, 80)]
