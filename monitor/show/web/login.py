"""The form to log in with, and how often somebody may guess."""

from __future__ import annotations

import asyncio
import logging
import time
from concurrent.futures import Executor
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import parse_qs

from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from monitor.errors import StoreError
from monitor.history.record import reading
from monitor.model.access import Reader
from monitor.normalize.text import plain
from monitor.show.credentials import is_name, is_password
from monitor.show.web.access import SESSION, Access, is_own_form
from monitor.show.web.view import Page, respond
from monitor.store.database import SqlStore

log = logging.getLogger(__name__)

#: A form of two fields is no longer.
_MOST_BYTES = 8_000


@dataclass(frozen=True, slots=True)
class Guesses:
    """Wrong passwords: five from an address in a quarter of an hour, a hundred at a name in one."""

    _limiter: MovingWindowRateLimiter = field(
        default_factory=lambda: MovingWindowRateLimiter(MemoryStorage())
    )
    _of_address = RateLimitItemPerMinute(5, 15)
    _of_name = RateLimitItemPerHour(100)

    def wait(self, address: str, name: str) -> int:
        """For how many seconds nobody may guess from here, or at this name; 0 for at once."""
        asked = ((self._of_address, _network(address)), (self._of_name, name))
        ends = [
            self._limiter.get_window_stats(item, key).reset_time
            for item, key in asked
            if not self._limiter.test(item, key)
        ]
        return max(1, int(max(ends) - time.time()) + 1) if ends else 0

    def failed(self, address: str, name: str) -> None:
        self._limiter.hit(self._of_address, _network(address))
        self._limiter.hit(self._of_name, name)


def _network(address: str) -> str:
    """Whoever has one address of IPv6 has as many as he likes of its network."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(ip_network((found, 64), strict=False))
    return address


@dataclass(frozen=True, slots=True)
class Login:
    """`/login` and `/logout`. Passwords are checked in a thread: it takes long, by intention."""

    store: SqlStore
    access: Access
    threads: Executor
    guesses: Guesses = field(default_factory=Guesses)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def routes(self) -> list[Route]:
        return [
            Route("/login", self._show, methods=["GET"]),
            Route("/login", self._take, methods=["POST"]),
            Route("/logout", self._leave, methods=["POST"]),
        ]

    async def _show(self, request: Request) -> Response:
        return _form(local_path(request.query_params.get("next", "/")))

    async def _take(self, request: Request) -> Response:
        fields = await _fields(request)
        name, password = fields.get("name", "")[:200], fields.get("password", "")
        onward = local_path(fields.get("next", "/"))
        if not is_own_form(request):
            return _form(onward, "The form was not sent by this page. Log in here.", 403)
        # One after the other: else many at once would be more than five.
        async with self.turn:
            return await self._tried(request, name, password, onward)

    async def _tried(self, request: Request, name: str, password: str, onward: str) -> Response:
        address = request.client.host if request.client else ""
        if seconds := self.guesses.wait(address, name):
            return _too_many(onward, seconds)
        loop = asyncio.get_running_loop()
        try:
            reader = await loop.run_in_executor(self.threads, self._reader, name, password)
        except StoreError as exc:
            log.warning("login not checked", extra={"reason": str(exc)})
            return _form(onward, "The database does not answer: try again.", 503)
        if reader is None:
            self.guesses.failed(address, name)
            log.warning("login refused", extra={"reader": plain(name, 60), "address": address})
            return _form(onward, "This name and password do not belong together.", 401)
        return self._let_in(request, reader, onward)

    def _reader(self, name: str, password: str) -> Reader | None:
        """The reader whose password this is."""
        found = None
        if is_name(name):
            with reading(self.store) as record:
                found = record.unit.access.reader(name)
        is_his = is_password(found.password_hash if found else None, password)
        return found if is_his else None

    def _let_in(self, request: Request, reader: Reader, onward: str) -> Response:
        signed, seconds = self.access.begin_session(reader)
        response = RedirectResponse(onward, 303)
        response.set_cookie(
            SESSION,
            signed,
            max_age=seconds,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return response

    async def _leave(self, request: Request) -> Response:
        if not is_own_form(request):
            return _form("/", "The form was not sent by this page.", 403)
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self.threads, self._end_sessions, request)
        except StoreError as exc:
            log.warning("not logged out", extra={"reason": str(exc)})
            return _form("/", "The database does not answer: you are not logged out.", 503)
        response = RedirectResponse("/login", 303)
        response.delete_cookie(SESSION)
        return response

    def _end_sessions(self, request: Request) -> None:
        """All of this reader's: what somebody copied from his browser opens nothing more."""
        with reading(self.store) as record:
            name = self.access.reader_of(request, record)
        if name:
            with self.store.begin() as unit:
                unit.access.end_sessions(name, self.access.now())


async def _fields(request: Request) -> dict[str, str]:
    """What stands in the form; nothing where it is longer than a form is."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            return {}
    found = parse_qs(body.decode("utf-8", "replace"), max_num_fields=10)
    return {name: values[0] for name, values in found.items()}


def local_path(raw: str) -> str:
    """Where to go after the login: a page of ours, else the first one.

    >>> local_path("/cases/x?kind=order"), local_path("//evil.org"), local_path("/\\\\evil.org")
    ('/cases/x?kind=order', '/', '/')
    """
    is_ours = raw.startswith("/") and raw[1:2] not in {"/", "\\"} and raw.isprintable()
    return raw if is_ours else "/"


def _too_many(onward: str, seconds: int) -> Response:
    minutes = -(-seconds // 60)
    response = _form(onward, f"Too many attempts. Try again in {minutes} min.", 429)
    response.headers["Retry-After"] = str(seconds)
    return response


def _form(onward: str, error: str = "", status: int = 200) -> Response:
    page = Page("login.html.j2", "Log in", None, (), {"onward": onward, "error": error}, status)
    return respond(page, "", "/login", {})
