"""A page behind a signed link: looking at it changes nothing, its buttons do.

Mail programs and scanners follow links by themselves; only a POST says that a person wants it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from monitor.deliver.links import Purpose, SignedLinks
from monitor.errors import StoreError
from monitor.render.page import Page, page_of

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
#: A form of ours, or the one line of RFC 8058 in whatever form.
_LONGEST_FORM = 4_000
_ACTION = re.compile(rb"(?:^|&)do=([a-z-]{1,40})(?:&|$)")
_ONE_CLICK = re.compile(rb"List-Unsubscribe=One-Click|One-Click\r\n--")
#: What a mail program's own button posts.
ONE_CLICK = "one-click"


class Answer(Protocol):
    """What stands behind links of one purpose. Both are blocking, and None where nothing is."""

    def look(self, delivery_id: str) -> Page | None: ...
    def take(self, delivery_id: str, action: str) -> Page | None: ...


@dataclass(frozen=True, slots=True)
class SignedPages:
    """`/PURPOSE/DELIVERY/SIGNATURE`: GET shows, POST does; whoever made one up finds nothing."""

    links: SignedLinks
    purpose: Purpose
    answer: Answer

    def routes(self) -> Iterator[Route]:
        place = f"/{self.purpose.value}/{{delivery}}/{{signature}}"
        yield Route(place, self.show, methods=["GET"])
        yield Route(place, self.take, methods=["POST"])

    async def show(self, request: Request) -> Response:
        return await self._page(request, self.answer.look)

    async def take(self, request: Request) -> Response:
        form = b""
        async for part in request.stream():
            form += part
            if len(form) > _LONGEST_FORM:
                return Response(status_code=413)
        action = _action_of(form)
        return await self._page(request, lambda name: self.answer.take(name, action))

    async def _page(self, request: Request, work: Callable[[str], Page | None]) -> Response:
        name, signature = request.path_params["delivery"], request.path_params["signature"]
        if not self.links.is_signed(self.purpose, name, signature):
            return Response(status_code=404)
        try:
            page = await asyncio.to_thread(work, name)
        except StoreError:
            return Response("The database does not answer: try again.\n", 503)
        if page is None:
            return Response(status_code=404)
        return HTMLResponse(page_of(page), headers=_HEADERS)


def _action_of(form: bytes) -> str:
    """Which button was pressed; empty for none that is ours."""
    if _ONE_CLICK.search(form):
        return ONE_CLICK
    found = _ACTION.search(form)
    return found[1].decode() if found else ""
