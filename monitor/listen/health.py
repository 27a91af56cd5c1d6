"""Whether the daemon progresses, for whoever watches it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

#: Whoever asks waits no longer.
_PATIENCE_SECONDS = 5.0
#: What is wrong, in words; empty where nothing is.
Question = Callable[[], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Health:
    """`/healthz`: polls and deliveries progress. `/readyz`: the database can be written."""

    why_stuck: Question
    why_not_ready: Question

    async def healthz(self, _: Request) -> Response:
        return await _answer(self.why_stuck)

    async def readyz(self, _: Request) -> Response:
        return await _answer(self.why_not_ready)


async def _answer(question: Question) -> Response:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            wrong = await question()
    except TimeoutError:
        wrong = f"no answer within {_PATIENCE_SECONDS:g} seconds: the database is busy or gone"
    except Exception as exc:  # whatever it is, we are not well
        wrong = f"{type(exc).__name__}: {exc}"
    return JSONResponse({"ok": not wrong, "reason": wrong}, 503 if wrong else 200)
