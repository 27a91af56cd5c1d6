"""How a question becomes an answer: who asks, in a thread, with a name for what was answered."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from monitor.errors import StoreError, UsageError
from monitor.history.record import Record, reading
from monitor.model.access import Scope
from monitor.show.api.problems import NoSuchThing, problem
from monitor.show.json_out import json_text
from monitor.show.web.access import Access, NotAllowed, Visitor
from monitor.store.database import SqlStore

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    """The record at this moment, and who asks."""

    record: Record
    now: datetime
    visitor: Visitor

    @property
    def may_see_deliveries(self) -> bool:
        return Scope.DELIVERIES in self.visitor.scopes


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers questions of programs. Blocking work runs in the threads of the pages."""

    store: SqlStore
    access: Access
    threads: Executor

    async def answer(
        self, request: Request, scope: Scope, ask: Callable[[Question], object]
    ) -> Response:
        """What `ask` finds, as JSON; a problem where it cannot be found or may not be seen."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, self._answered, request, scope, ask)

    def _answered(
        self, request: Request, scope: Scope, ask: Callable[[Question], object]
    ) -> Response:
        try:
            with reading(self.store) as record:
                visitor = self.access.visitor(request, record)
                visitor.needs(scope)
                found = ask(Question(record, self.access.now(), visitor))
                return _named(json_text(found), request)
        except NotAllowed as exc:
            asks = {"WWW-Authenticate": "Bearer"} if exc.status == 401 else {}
            return problem(exc.status, str(exc), asks)
        except NoSuchThing as exc:
            return problem(404, str(exc))
        except (UsageError, UnicodeEncodeError) as exc:
            is_half = isinstance(exc, UnicodeEncodeError)
            return problem(400, "the address holds half a letter" if is_half else str(exc))
        except StoreError as exc:
            log.warning("question not answered", extra={"reason": str(exc)})
            return problem(503, "the database does not answer: try again", {"Retry-After": "5"})


def _named(text: str, request: Request) -> Response:
    """The answer, or nothing where he has it already."""
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie"}
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or etag in {one.strip().removeprefix("W/") for one in known.split(",")}:
        return Response(None, 304, headers)
    return Response(text, 200, headers, "application/json")
