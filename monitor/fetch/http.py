"""Fetch over HTTP: streamed, capped, timed, redirects checked hop by hop."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from monitor.errors import (
    AddressRefused,
    AskedTooOften,
    FetchError,
    SourceRefused,
    SourceUnreachable,
)
from monitor.fetch.politeness import Politeness
from monitor.passwords import hide_passwords, without_password
from monitor.ports import Fetched, NotModified, Request
from monitor.schedule import retry_after

_REDIRECTS = {301, 302, 303, 307, 308}
_MOST_REDIRECTS = 5
#: Asking again soon does not help. A 404 is not among them: courts in maintenance answer so.
_REFUSALS = {400, 401, 402, 403, 405, 406, 410, 451}


@dataclass
class HttpFetcher:
    """Asks for pages. Raises SourceRefused or SourceUnreachable, and nothing else on purpose.

    `token` is CourtListener's, sent to `token_host` only. Sizes are bytes, times seconds.
    """

    client: httpx.AsyncClient
    politeness: Politeness = field(default_factory=Politeness)
    token: str = ""
    token_host: str = ""
    allow_http: bool = False
    most_bytes: int = 32_000_000
    #: What a gzip stream may weigh before it is unpacked.
    most_compressed_bytes: int = 16_000_000
    total_seconds: float = 90.0

    async def fetch(self, request: Request) -> Fetched | NotModified:
        """Ask once, following a few redirects; each hop is checked like the first."""
        url = _url(request.url)
        for _ in range(_MOST_REDIRECTS + 1):
            self._check(url)
            async with self.politeness.turn(url.host):
                answer = await self._ask(url, request)
            if not isinstance(answer, httpx.URL):
                return answer
            if url.scheme == "https" and answer.scheme == "http":
                raise SourceRefused(
                    hide_passwords(str(url)),
                    f"it leads from https to plain http ({hide_passwords(str(answer))})",
                )
            url = answer
        raise SourceRefused(request.url, f"more than {_MOST_REDIRECTS} redirects")

    def _check(self, url: httpx.URL) -> None:
        if url.scheme not in {"https", "http"} or not url.host:
            raise SourceRefused(
                hide_passwords(str(url)), "only http and https addresses can be read"
            )
        if url.scheme == "http" and not self.allow_http:
            raise SourceRefused(
                hide_passwords(str(url)),
                "plain http is not allowed; use https or set fetch.allow_http: true",
            )
        if url.userinfo:
            raise SourceRefused(str(url.copy_with(userinfo=b"")), "a URL must not hold a password")

    async def _ask(self, url: httpx.URL, request: Request) -> Fetched | NotModified | httpx.URL:
        where = hide_passwords(str(url))
        try:
            # A server that drips one byte a second defeats read timeouts.
            async with (
                asyncio.timeout(self.total_seconds),
                self.client.stream("GET", url, headers=self._headers(url, request)) as response,
            ):
                return await self._answer(where, request, response)
        except TimeoutError as exc:
            raise SourceUnreachable(
                where, f"no whole answer within {self.total_seconds:g} seconds"
            ) from exc
        except AddressRefused as exc:
            raise SourceRefused(where, str(exc)) from exc
        except httpx.TimeoutException as exc:
            raise SourceUnreachable(where, f"timed out ({type(exc).__name__})") from exc
        except httpx.HTTPError as exc:
            raise SourceUnreachable(where, str(exc) or type(exc).__name__) from exc
        except httpx.InvalidURL as exc:
            raise SourceRefused(where, f"not a URL: {exc}") from exc
        except UnicodeEncodeError as exc:
            # Its text would repeat the header, which may be the token.
            raise SourceRefused(where, "a header holds characters that none can hold") from exc

    def _headers(self, url: httpx.URL, request: Request) -> dict[str, str]:
        headers = {}
        if request.accept:
            headers["Accept"] = request.accept
        # What a server marks in other letters cannot be sent back to it.
        if request.etag.isascii() and request.etag:
            headers["If-None-Match"] = request.etag
        if request.last_modified.isascii() and request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        # The token goes to its own host only, whatever a redirect or a "next" link says.
        if request.is_metered and self.token and url.netloc.decode() == self.token_host:
            headers["Authorization"] = f"Token {self.token}"
        return headers

    async def _answer(
        self, where: str, request: Request, response: httpx.Response
    ) -> Fetched | NotModified | httpx.URL:
        status = response.status_code
        if status == 304 and (request.etag or request.last_modified):
            return NotModified()
        if status in _REDIRECTS and "location" in response.headers:
            return response.url.join(response.headers["location"])
        if status != 200:
            raise await _failure(where, response)
        return Fetched(
            body=await self._body(where, response),
            content_type=response.headers.get("content-type", ""),
            etag=response.headers.get("etag", ""),
            last_modified=response.headers.get("last-modified", ""),
            served_at=_served_at(response.headers.get("date", "")),
        )

    async def _body(self, where: str, response: httpx.Response) -> bytes:
        encoding = response.headers.get("content-encoding", "").strip().lower()
        chunks = response.aiter_raw(65_536)
        if encoding in {"", "identity"}:
            return await _plain_body(where, chunks, self.most_bytes)
        if encoding in {"gzip", "x-gzip"}:
            most = self.most_compressed_bytes
            return await _gzip_body(where, chunks, most, self.most_bytes)
        raise SourceUnreachable(where, f"it came encoded as {encoding!r}, which we did not ask for")


def _served_at(raw: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(raw)
    except (ValueError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _url(raw: str) -> httpx.URL:
    try:
        return httpx.URL(raw)
    except httpx.InvalidURL as exc:
        # The reason repeats a piece of the address, which may be one of a password.
        raise SourceRefused(without_password(raw), "not a URL") from exc


async def _plain_body(where: str, chunks: AsyncIterator[bytes], most: int) -> bytes:
    # The length header may be absent or a lie, so count what arrives.
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > most:
            raise _too_long(where, most)
    return bytes(body)


#: How a member of a gzip stream begins. Source: RFC 1952.
_GZIP = b"\x1f\x8b"


async def _gzip_body(where: str, chunks: AsyncIterator[bytes], packed: int, most: int) -> bytes:
    """Unpack while it arrives, so that a small answer cannot grow without limit."""
    body = bytearray()
    received = 0
    unpacker = zlib.decompressobj(wbits=31)
    behind = b""
    try:
        async for chunk in chunks:
            received += len(chunk)
            if received > packed:
                raise _too_long(where, packed)
            rest = behind + chunk
            while rest:
                if unpacker.eof:
                    rest = rest.lstrip(b"\0")
                    if not rest.startswith(_GZIP[: len(rest)]):
                        return bytes(body)  # padding: zeros, or an end of line
                    if len(rest) < len(_GZIP):
                        break
                    # A gzip stream may have several members.
                    unpacker = zlib.decompressobj(wbits=31)
                body += unpacker.decompress(rest, most + 1 - len(body))
                if len(body) > most:
                    raise _too_long(where, most)
                rest = unpacker.unconsumed_tail or unpacker.unused_data
            behind = rest
    except zlib.error as exc:
        raise SourceUnreachable(where, f"its gzip stream is broken: {exc}") from exc
    if not unpacker.eof:
        raise SourceUnreachable(where, "its gzip stream is cut off")
    return bytes(body)


def _too_long(where: str, most: int) -> FetchError:
    return SourceUnreachable(where, f"its answer is longer than {most:,} bytes")


async def _failure(where: str, response: httpx.Response) -> FetchError:
    status = response.status_code
    said = await _said(response)
    reason = f"HTTP {status} {response.reason_phrase}".strip() + (f": {said}" if said else "")
    wait = retry_after(response.headers.get("retry-after", ""), datetime.now(UTC))
    if status == 429:
        return AskedTooOften(where, reason, wait, status)
    if status in _REFUSALS:
        return SourceRefused(where, reason, wait, status)
    if 200 <= status < 300:
        reason = f"HTTP {status} without the page (a challenge for browsers, perhaps)"
    return SourceUnreachable(where, reason, wait, status)


async def _said(response: httpx.Response) -> str:
    """The first words of an error answer of an API; nothing of a page."""
    if "json" not in response.headers.get("content-type", ""):
        return ""
    if response.headers.get("content-encoding", ""):
        return ""
    async for chunk in response.aiter_raw(300):
        return " ".join(chunk[:300].decode("utf-8", "replace").split())
    return ""
