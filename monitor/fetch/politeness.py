"""One request at a time per host, with a gap between two."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field


@dataclass
class _Host:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: The loop's time from which the next request may go out.
    free_at: float = 0.0


@dataclass
class Politeness:
    """Hands out turns."""

    gap_seconds: float = 1.0
    _hosts: dict[str, _Host] = field(default_factory=dict)

    @contextlib.asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for this host's turn, and hold it."""
        state = self._hosts.setdefault(host, _Host())
        loop = asyncio.get_running_loop()
        async with state.turn:
            await asyncio.sleep(max(0.0, state.free_at - loop.time()))
            try:
                yield
            finally:
                state.free_at = loop.time() + self.gap_seconds
