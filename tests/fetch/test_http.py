"""Fetching from real servers on loopback, good and bad."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from monitor.errors import FetchError, SourceRefused, SourceUnreachable
from monitor.fetch.addresses import is_public
from monitor.fetch.guard import GuardedBackend, make_client
from monitor.fetch.http import HttpFetcher
from monitor.fetch.politeness import Politeness
from monitor.ports import Fetched, NotModified, Request
from monitor.schedule import retry_after

Answer = Callable[[bytes], bytes | list[bytes]]


@asynccontextmanager
async def serving(answer: Answer, *, drip: float = 0) -> AsyncIterator[str]:
    """Answers each request with raw bytes, in pieces if it is a list."""

    running: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            said = answer(await reader.readuntil(b"\r\n\r\n"))
            for piece in said if isinstance(said, list) else [said]:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(drip)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client had enough
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


def http(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\n{lines}Connection: close\r\n\r\n".encode() + body


async def fetch(url: str, *, private: bool = True, **more: object) -> Fetched | NotModified:
    request = more.pop("request", Request(url))
    client = make_client(user_agent="test (me@example.org)", allow_private=private, read_seconds=1)
    options = {"allow_http": True, "politeness": Politeness(0), "total_seconds": 5.0} | more
    try:
        return await HttpFetcher(client, **options).fetch(request)  # type: ignore[arg-type]
    finally:
        await client.aclose()


async def test_a_page_comes_whole_with_its_validators() -> None:
    asked: list[bytes] = []

    def answer(request: bytes) -> bytes:
        asked.append(request)
        return http(gzip.compress(b"hello"), content_encoding="gzip", etag='"1"')

    async with serving(answer) as url:
        got = await fetch(url)
    assert got == Fetched(b"hello", etag='"1"')
    assert b"User-Agent: test (me@example.org)" in asked[0]
    assert b"Accept-Encoding: gzip\r\n" in asked[0]
    assert b"HTTP/1.1" in asked[0]


PADDING = {
    "zeros": b"\0" * 512,
    "an end of line": b"\r\n",
    "one byte": b"\n",
    "half of what begins a member": b"\x1f",
    "other bytes": b"trailing",
    "a second member": gzip.compress(b""),
    "a member and zeros": gzip.compress(b"") + b"\0" * 9,
}


@pytest.mark.parametrize("padding", PADDING.values(), ids=PADDING)
async def test_what_stands_behind_a_gzip_stream_is_padding_or_a_member(padding: bytes) -> None:
    body = gzip.compress(b"hello") + padding
    async with serving(lambda _r: http(body, content_encoding="gzip")) as url:
        assert (await fetch(url)) == Fetched(b"hello")


async def test_not_modified_is_believed_only_where_validators_were_sent() -> None:
    async with serving(lambda _r: http(status="304 Not Modified")) as url:
        assert await fetch(url, request=Request(url, etag='"1"')) == NotModified()
        with pytest.raises(SourceUnreachable):
            await fetch(url)


BAD: dict[str, Answer] = {
    "a bomb": lambda _r: http(gzip.compress(b"\0" * 9_000_000), content_encoding="gzip"),
    "too long": lambda _r: http(b"x" * 300_000),
    "a gzip and a member that is none": lambda _r: http(
        gzip.compress(b"hello") + b"\x1f\x8b\x08\x00", content_encoding="gzip"
    ),
    "a cut gzip": lambda _r: http(gzip.compress(b"hello" * 999)[:-9], content_encoding="gzip"),
    "no gzip": lambda _r: http(b"plain", content_encoding="gzip"),
    "another encoding": lambda _r: http(b"x", content_encoding="br"),
    "shorter than it said": lambda _r: http(b"x", content_length="100"),
    "500": lambda _r: http(status="500 Oh"),
    "202, a challenge": lambda _r: http(status="202 Accepted"),
    "not http": lambda _r: b"SSH-2.0\r\n",
    "nothing": lambda _r: b"",
}


@pytest.mark.parametrize("answer", BAD.values(), ids=BAD)
async def test_a_bad_answer_is_a_failure_and_no_content(answer: Answer) -> None:
    async with serving(answer) as url:
        with pytest.raises(SourceUnreachable):
            await fetch(url, most_bytes=200_000)


async def test_a_server_that_drips_is_left_in_the_end() -> None:
    pieces = [http(), *[b"x"] * 100]
    async with serving(lambda _r: pieces, drip=0.2) as url:
        with pytest.raises(SourceUnreachable, match="no whole answer"):
            await fetch(url, total_seconds=0.8)


@pytest.mark.parametrize("status", ["400 Bad", "404 Not Found", "410 Gone", "429 Slow", "503 Oh"])
async def test_a_failure_says_its_status(status: str) -> None:
    """What is not there (any more) is known by it, and not asked for again."""
    async with serving(lambda _r: http(status=status)) as url:
        with pytest.raises(FetchError) as error:
            await fetch(url)
    assert error.value.status == int(status[:3])


@pytest.mark.parametrize("status", ["400 Bad", "401 No", "403 Forbidden", "410 Gone"])
async def test_a_refusal_is_permanent(status: str) -> None:
    async with serving(lambda _r: http(status=status)) as url:
        with pytest.raises(SourceRefused):
            await fetch(url)


async def test_429_says_how_long_to_wait() -> None:
    said = b'{"detail": "Request was throttled."}'
    headers = {"retry_after": "77", "content_type": "application/json"}
    async with serving(lambda _r: http(said, "429 Slow", **headers)) as url:
        with pytest.raises(SourceUnreachable, match="throttled") as caught:
            await fetch(url)
    assert caught.value.retry_after == 77


async def test_redirects_are_followed_a_few_times_only() -> None:
    async with serving(lambda _r: http(status="302 Found", location="/again")) as url:
        with pytest.raises(SourceRefused, match="more than 5 redirects"):
            await fetch(url)


async def test_a_redirect_into_the_private_net_is_refused() -> None:
    for place in ("http://169.254.169.254/", "http://127.0.0.1:1/", "file:///etc/passwd"):
        with pytest.raises(FetchError):
            await fetch(place, private=False)


async def test_the_token_goes_to_its_own_host_only() -> None:
    asked: list[bytes] = []

    def elsewhere(request: bytes) -> bytes:
        asked.append(request)
        return http(b"{}")

    async with serving(elsewhere) as other:

        def here(request: bytes) -> bytes:
            asked.append(request)
            return http(status="302 Found", location=f"{other}/x")

        async with serving(here) as url:
            request = Request(url, is_metered=True)
            host = url.removeprefix("http://")
            await fetch(url, request=request, token="secret", token_host=host)
    assert b"Authorization: Token secret" in asked[0]
    assert b"secret" not in asked[1]


async def test_plain_http_needs_leave() -> None:
    with pytest.raises(SourceRefused, match="allow_http"):
        await fetch("http://example.org/", allow_http=False)


async def test_the_guard_is_really_asked() -> None:
    client = make_client(user_agent="x", allow_private=False)
    backend = client._transport._pool._network_backend  # type: ignore[attr-defined]
    assert isinstance(backend, GuardedBackend)
    await client.aclose()


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "::1"]
    + ["fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1"]
    + ["64:ff9b:1::1", "100.64.0.1", "255.255.255.255", "ff02::1", "192.0.0.8", "fec0::1"],
)
def test_private_addresses_in_every_dress(address: str) -> None:
    assert not is_public(address)


def test_public_addresses() -> None:
    assert all(map(is_public, ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"]))


async def test_one_request_at_a_time_per_host() -> None:
    busy = most = 0
    turns = Politeness(gap_seconds=0.01)

    async def ask(host: str) -> None:
        nonlocal busy, most
        async with turns.turn(host):
            busy += 1
            most = max(most, busy)
            await asyncio.sleep(0.01)
            busy -= 1

    await asyncio.gather(*(ask("a") for _ in range(5)))
    assert most == 1


def test_retry_after_in_both_forms() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert retry_after("Thu, 01 Jan 2026 00:02:00 GMT", now) == 120
    assert retry_after("soon", now) is None
