"""A dead man's switch: somebody else is told that we live, and misses it when we don't."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import httpx

from monitor.errors import AddressRefused

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Asks a URL while there is nothing wrong; its silence is the alarm."""

    #: Whoever knows it can speak for us: it stands in no log.
    url: str = field(repr=False)
    client: httpx.AsyncClient
    #: What stands still, in words; empty while all progresses.
    wrong: Callable[[], Awaitable[str]]

    async def beat(self) -> bool:
        """Whether it was asked, and answered 2xx."""
        reason = await self.wrong()
        if reason:
            log.error("no heartbeat", extra={"reason": reason})
            return False
        try:
            async with self.client.stream("GET", self.url) as answer:
                status = answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL, AddressRefused) as exc:
            log.warning("heartbeat not taken", extra={"reason": type(exc).__name__})
            return False
        if not 200 <= status < 300:
            log.warning("heartbeat not taken", extra={"reason": f"HTTP {status}"})
            return False
        return True
