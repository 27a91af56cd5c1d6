"""Who asks, and what he may see: this machine, a reader who logged in, a proxy's word, a token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from itsdangerous import BadData, URLSafeSerializer
from starlette.requests import Request

from monitor.history.record import Record
from monitor.model.access import Reader, Scope
from monitor.normalize.text import plain
from monitor.ports import Clock
from monitor.settings.listening import ListenConfig
from monitor.show.credentials import token_hash

SESSION = "session"
_THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


class NotAllowed(Exception):
    """He may not see this. `status` is HTTP's; the message says what to do."""

    def __init__(self, message: str, status: int) -> None:
        self.status = status
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks; without a name: somebody at this machine."""

    name: str
    scopes: frozenset[Scope]

    def needs(self, scope: Scope) -> None:
        """Raises NotAllowed for what he may not see."""
        if scope not in self.scopes:
            raise NotAllowed(f"this token has no scope {scope.value!r}", 403)


@dataclass(frozen=True, slots=True)
class Access:
    """Lets in whom the configuration lets in."""

    config: ListenConfig
    #: Signs sessions; empty where there is no login of our own.
    secret: str
    now: Clock

    @property
    def has_login(self) -> bool:
        """Whether there is a form to log in with."""
        return self.config.login is not None and self.config.login.secret is not None

    def visitor(self, request: Request, record: Record) -> Visitor:
        """Raises NotAllowed for whoever may not come in."""
        login = self.config.login
        if raw := request.headers.get("authorization"):
            return self._by_token(raw, record)
        if login is not None and login.secret is not None:
            return self._logged_in(request, record)
        self._check_host(request)
        if login is None or login.proxy_header is None:
            return Visitor("", frozenset(Scope))
        return self._named_by_proxy(request, login.proxy_header)

    def _by_token(self, raw: str, record: Record) -> Visitor:
        kind, _, shown = raw.partition(" ")
        token = record.unit.access.token(token_hash(shown.strip()))
        if kind.lower() != "bearer" or token is None:
            raise NotAllowed("no such token is known: `docket-monitor token add` makes one", 401)
        if token.expires_at is not None and token.expires_at <= self.now():
            raise NotAllowed(
                "this token has expired: `docket-monitor token add` makes a new one", 401
            )
        return Visitor(token.name, frozenset(token.scopes))

    def _check_host(self, request: Request) -> None:
        # A site from elsewhere can let its own name lead here; the browser still says that name.
        asked_for = _without_port(request.headers.get("host", ""))
        if asked_for not in {*_THIS_MACHINE, self.config.host, *self.config.names}:
            raise NotAllowed(
                f"these pages are not served as {plain(asked_for, 80)!r}: write the name in "
                "`listen: {names: […]}`",
                403,
            )

    def _named_by_proxy(self, request: Request, header: str) -> Visitor:
        trusted = [ip_network(one) for one in self.config.trusted_proxies]
        peer = ip_address(request.scope["peer"])
        if not any(peer in network for network in trusted):
            raise NotAllowed("only a proxy of `trusted_proxies` may ask for these pages", 403)
        name = plain(request.headers.get(header, ""), 80)
        if not name:
            raise NotAllowed(f"the proxy names nobody: it sends no {header}", 401)
        return Visitor(name, frozenset(Scope))

    def _logged_in(self, request: Request, record: Record) -> Visitor:
        name = self.reader_of(request, record)
        if not name:
            raise NotAllowed("log in first", 401)
        return Visitor(name, frozenset(Scope))

    def reader_of(self, request: Request, record: Record) -> str:
        """Who is logged in; empty for nobody."""
        session = self._session(request.cookies.get(SESSION, ""))
        reader = record.unit.access.reader(session.name) if session else None
        # Whoever changed his password, logged out or was removed is out everywhere.
        if session is None or reader is None or session.begun_at < reader.sessions_from:
            return ""
        return reader.name

    def begin_session(self, reader: Reader) -> tuple[str, int]:
        """What his browser shows from now on, and for how many seconds."""
        length = self.config.login.session if self.config.login else timedelta()
        begun = self.now()
        signed = self._signer().dumps(
            [reader.name, begun.isoformat(), (begun + length).isoformat()]
        )
        return str(signed), int(length.total_seconds())

    def _session(self, raw: str) -> _Session | None:
        """None for what we did not sign, and for what has ended."""
        try:
            name, begun_at, ends = self._signer().loads(raw)
        except BadData:
            return None
        is_over = datetime.fromisoformat(ends) <= self.now()
        return None if is_over else _Session(name, datetime.fromisoformat(begun_at))

    def _signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt="docket-monitor session")


@dataclass(frozen=True, slots=True)
class _Session:
    name: str
    begun_at: datetime


def is_own_form(request: Request) -> bool:
    """Whether a form was sent by a page of ours: another site's says its own address."""
    origin = urlsplit(request.headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc == request.headers.get("host", "")


def _without_port(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
