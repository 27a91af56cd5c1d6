"""The pages as an application that a server runs: each asks the record as it is at that moment."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import resources
from pathlib import PurePosixPath
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from monitor.errors import StoreError, UsageError
from monitor.history.days import is_within_bounds
from monitor.history.record import Record, reading
from monitor.model.access import Scope
from monitor.ports import Clock
from monitor.settings.listening import ListenConfig
from monitor.settings.load import Settings
from monitor.show.api.answering import Answering
from monitor.show.api.app import PLACE, make_api
from monitor.show.web.access import Access, NotAllowed, Visitor
from monitor.show.web.ask import Ask
from monitor.show.web.login import Login
from monitor.show.web.pages import PAGES
from monitor.show.web.view import Page, respond
from monitor.store.database import SqlStore

log = logging.getLogger(__name__)

_VISIT = "last_visit"
_FORMS = (".json", ".csv")


@dataclass(frozen=True, slots=True)
class Pages:
    """Answers requests. Blocking work runs in threads; only a logout writes."""

    store: SqlStore
    settings: Settings
    now: Clock

    #: Apart from where feeds are read: a slow page keeps no order waiting.
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=2, thread_name_prefix="pages")
    )

    @property
    def access(self) -> Access:
        """Who may come in, as the configuration says."""
        config = self.settings.config.listen or ListenConfig()
        return Access(config, self.settings.secrets.get("listen.login", ""), self.now)

    def site(self) -> Starlette:
        return Starlette(routes=self.routes(), exception_handlers={404: self._nothing})

    def routes(self) -> list[BaseRoute]:
        found: list[BaseRoute] = [Route("/style.css", _style), Route("/icon.svg", _icon)]
        for place, page in PAGES.items():
            found += [Route(one, self._handler(page)) for one in _places(place)]
        answering = Answering(self.store, self.access, self._threads)
        found.append(_mounted(make_api(answering, self.settings)))
        if self.access.has_login:
            found += Login(self.store, self.access, self._threads).routes()
        return found

    def _handler(self, page: Callable[[Ask], Page]) -> Callable[[Request], object]:
        async def handle(request: Request) -> Response:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._answer, page, request)

        return handle

    def _answer(self, page: Callable[[Ask], Page], request: Request) -> Response:
        suffix, path = _form_of(request)
        now = self.now()
        if "\0" in "".join((*path.values(), *request.query_params.values())):
            return self._problem("the address holds a sign that no text has", 400, suffix)
        try:
            with reading(self.store) as record:
                visitor = self._let_in(request, record)
                ask = Ask(
                    record=record,
                    settings=self.settings,
                    now=now,
                    params=dict(request.query_params),
                    path=path,
                    last_visit=_visited(request),
                )
                found = page(ask)
                cookies = _cookies(request, now)
                reader = visitor.name if self.access.has_login else ""
                return respond(found, suffix, _here(request), cookies, reader)
        except NotAllowed as exc:
            return self._refused(exc, request, suffix)
        except UsageError as exc:
            return self._problem(
                str(exc), 404 if request.path_params and not request.query_params else 400, suffix
            )
        except UnicodeEncodeError:
            return self._problem("the address holds half a letter", 400, suffix)
        except StoreError as exc:
            log.warning("page not shown", extra={"reason": str(exc)})
            return self._problem("the database does not answer: try again", 503, suffix)

    def _let_in(self, request: Request, record: Record) -> Visitor:
        """Raises NotAllowed for whoever may not see everything."""
        visitor = self.access.visitor(request, record)
        for scope in Scope:
            visitor.needs(scope)
        return visitor

    def _refused(self, exc: NotAllowed, request: Request, suffix: str) -> Response:
        """A person is led to the form, a program is told."""
        if exc.status == 401 and self.access.has_login and not suffix:
            return RedirectResponse(f"/login?{urlencode({'next': _asked(request)})}", 303)
        return self._problem(str(exc), exc.status, suffix)

    def _problem(self, words: str, status: int, suffix: str) -> Response:
        page = Page(
            "problem.html.j2",
            "This cannot be shown",
            {"error": words},
            (),
            {"words": words},
            status,
        )
        return respond(page, ".json" if suffix else "", "/", {})

    async def _nothing(self, request: Request, _: Exception) -> Response:
        return self._problem("there is no such page", 404, _form_of(request)[0])


def _mounted(api: Starlette) -> Mount:
    """The API at its place, whatever stands behind that: also a line's end is its to refuse."""
    found = Mount(PLACE, api)
    found.path_regex = re.compile(f"^{PLACE}/(?P<path>.*)$", re.DOTALL)
    return found


def _places(place: str) -> list[str]:
    """A page under its address, and in its other forms."""
    if place == "/":
        return ["/", "/overview.json", "/overview.csv"]
    if "{" in place:
        return [place]
    return [place, *(f"{place}{form}" for form in _FORMS)]


def _form_of(request: Request) -> tuple[str, Mapping[str, str]]:
    """The form that is asked for, and the names in the path without it."""
    suffix = next((form for form in _FORMS if request.url.path.endswith(form)), "")
    names = {name: str(value).removesuffix(suffix) for name, value in request.path_params.items()}
    return suffix, names


def _here(request: Request) -> str:
    """The address of this page, as other forms of it are linked."""
    path = PurePosixPath(request.url.path)
    name = "/overview" if str(path) == "/" else str(path)
    return name + (f"?{request.url.query}" if request.url.query else "")


def _asked(request: Request) -> str:
    """The path that was asked for, as a login leads back to it."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _visited(request: Request) -> datetime | None:
    """When this reader looked at the overview last; None where that is not known."""
    try:
        at = datetime.fromisoformat(request.cookies.get(_VISIT, ""))
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo and is_within_bounds(at) else None


def _cookies(request: Request, now: datetime) -> dict[str, str]:
    return {_VISIT: now.isoformat()} if request.url.path == "/" else {}


async def _style(_: Request) -> Response:
    return _file("style.css", "text/css")


async def _icon(_: Request) -> Response:
    return _file("icon.svg", "image/svg+xml")


def _file(name: str, media_type: str) -> Response:
    found = resources.files("monitor.show.web").joinpath(name).read_bytes()
    return Response(found, media_type=media_type, headers={"Cache-Control": "max-age=3600"})
