"""The page on which a message is acknowledged: looking at it changes nothing, the button does.

Mail programs and scanners follow links by themselves; only a POST says that a person took it up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from monitor.deliver.links import AcknowledgeLinks
from monitor.errors import StoreError
from monitor.ports import Clock
from monitor.render.message import moment
from monitor.render.page import Page, page_of
from monitor.render.words import message_of
from monitor.store.database import SqlStore

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_ZONE = "America/New_York"


@dataclass(frozen=True, slots=True)
class Acknowledging:
    """`/acknowledge/DELIVERY/SIGNATURE`: GET shows, POST acknowledges; others find nothing."""

    store: SqlStore
    links: AcknowledgeLinks
    now: Clock

    async def show(self, request: Request) -> Response:
        return await self._answer(request, self._look)

    async def take(self, request: Request) -> Response:
        return await self._answer(request, self._take)

    async def _answer(self, request: Request, work: Callable[[str], Page | None]) -> Response:
        name, signature = request.path_params["delivery"], request.path_params["signature"]
        if not self.links.is_signed(name, signature):
            return Response(status_code=404)
        try:
            page = await asyncio.to_thread(work, name)
        except StoreError:
            return Response("The database does not answer: try again.\n", 503)
        if page is None:
            return Response(status_code=404)
        return HTMLResponse(page_of(page), headers=_HEADERS)

    def _look(self, name: str) -> Page | None:
        with self.store.begin() as unit:
            notification = unit.outbox.notification(name)
            taken = unit.outbox.acknowledged(name)
        if notification is None:
            return None
        subject = message_of(notification).subject
        if taken is not None:
            return Page("Acknowledged", subject, _taken_words(*taken), has_button=False)
        words = "Nobody has taken this up yet. If you do, it goes to nobody else."
        return Page("Acknowledge", subject, words, has_button=True)

    def _take(self, name: str) -> Page | None:
        with self.store.begin() as unit:
            notification = unit.outbox.notification(name)
            if notification is not None:
                unit.outbox.acknowledge(name, notification.recipient, self.now())
        return self._look(name)


def _taken_words(at: datetime, by: str) -> str:
    return f"Taken up {moment(at, _ZONE)}{f' by {by}' if by else ''}. It goes to nobody else."
