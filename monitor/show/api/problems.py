"""What a program is told where it gets no answer: problem details (RFC 9457)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from monitor.errors import UsageError
from monitor.normalize.text import plain
from monitor.show.json_out import json_text

#: What we write ourselves, and what others' words come to.
_MOST_WORDS = 600


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no answer. `detail` names the culprit and the remedy."""

    title: str
    status: int
    detail: str
    type: str = "about:blank"


class NoSuchThing(UsageError):
    """What the path names is not there."""


@contextlib.contextmanager
def named_in_path() -> Iterator[None]:
    """What is looked up here stands in the path: where it is not there, the address is not."""
    try:
        yield
    except UsageError as exc:
        raise NoSuchThing(str(exc)) from exc


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """A problem as it is sent."""
    found = Problem(HTTPStatus(status).phrase, status, plain(detail, _MOST_WORDS))
    media_type = "application/problem+json"
    more = {"Cache-Control": "no-store", **(headers or {})}
    return Response(json_text(found), status, more, media_type)


async def unfit(_: Request, exc: Exception) -> Response:
    """What was asked cannot be read."""
    assert isinstance(exc, RequestValidationError)  # noqa: S101
    return problem(422, "; ".join(map(_words, exc.errors()[:5])))


def _words(error: Mapping[str, object]) -> str:
    loc = error["loc"]
    names = [str(part) for part in loc[1:]] if isinstance(loc, tuple) else []
    said = str(error["msg"]).removeprefix("Value error, ")
    return f"{'.'.join(names)}: {said}" if names else said


async def not_there(_: Request, exc: Exception) -> Response:
    """No such address, or no such method."""
    assert isinstance(exc, HTTPException)  # noqa: S101
    words = {404: "there is no such address: see openapi.json", 405: "only GET is answered here"}
    return problem(exc.status_code, words.get(exc.status_code, str(exc.detail)), exc.headers)
