"""The pages as an application that a server runs: each asks the record as it is at that moment."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import resources
from pathlib import PurePosixPath

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitor.errors import StoreError, UsageError
from monitor.history.record import reading
from monitor.ports import Clock
from monitor.settings.load import Settings
from monitor.show.web.ask import Ask
from monitor.show.web.pages import PAGES
from monitor.show.web.view import Page, respond
from monitor.store.database import SqlStore

log = logging.getLogger(__name__)

_VISIT = "last_visit"
_FORMS = (".json", ".csv")


@dataclass(frozen=True, slots=True)
class Pages:
    """Answers requests. Blocking work runs in threads; nothing is written."""

    store: SqlStore
    settings: Settings
    now: Clock

    #: Apart from where feeds are read: a slow page keeps no order waiting.
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=2, thread_name_prefix="pages")
    )

    def site(self) -> Starlette:
        return Starlette(routes=self.routes(), exception_handlers={404: self._nothing})

    def routes(self) -> list[Route]:
        found = [Route("/style.css", _style)]
        for place, page in PAGES.items():
            found += [Route(one, self._handler(page)) for one in _places(place)]
        return found

    def _handler(self, page: Callable[[Ask], Page]) -> Callable[[Request], object]:
        async def handle(request: Request) -> Response:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._answer, page, request)

        return handle

    def _answer(self, page: Callable[[Ask], Page], request: Request) -> Response:
        suffix, path = _form_of(request)
        now = self.now()
        try:
            with reading(self.store) as record:
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
                return respond(found, suffix, _here(request), cookies)
        except UsageError as exc:
            return self._problem(
                str(exc), 404 if request.path_params and not request.query_params else 400, suffix
            )
        except UnicodeEncodeError:
            return self._problem("the address holds half a letter", 400, suffix)
        except StoreError as exc:
            log.warning("page not shown", extra={"reason": str(exc)})
            return self._problem("the database does not answer: try again", 503, suffix)

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


def _visited(request: Request) -> datetime | None:
    """When this reader looked at the overview last; None where that is not known."""
    try:
        at = datetime.fromisoformat(request.cookies.get(_VISIT, ""))
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None


def _cookies(request: Request, now: datetime) -> dict[str, str]:
    return {_VISIT: now.isoformat()} if request.url.path == "/" else {}


async def _style(_: Request) -> Response:
    css = resources.files("monitor.show.web").joinpath("style.css").read_bytes()
    return Response(css, media_type="text/css", headers={"Cache-Control": "max-age=3600"})
