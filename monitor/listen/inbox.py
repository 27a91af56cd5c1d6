"""What is posted is kept in one durable write before it is answered.

Those who post at the same time share a write, and none of them waits for what the daemon reads or
tells meanwhile but for the moment in which that commits.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from monitor.errors import StoreError
from monitor.model.push import Push
from monitor.ports import PushStore

log = logging.getLogger(__name__)

#: Bytes of bodies that may wait for one write.
_MOST_BYTES = 200_000_000


class InboxFull(Exception):
    """More came in than can be written down now: the sender repeats it."""


@dataclass
class Inbox:
    """Keeps what is posted. One thread writes, apart from the daemon's own."""

    store: PushStore
    _thread: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="inbox")
    )
    _waiting: list[tuple[Push, asyncio.Future[None]]] = field(default_factory=list)
    _bytes: int = 0
    _writing: asyncio.Task[None] | None = None

    async def keep(self, push: Push) -> None:
        """Return when it is on disk. Raises StoreError where it cannot be, InboxFull."""
        if self._bytes + len(push.body) > _MOST_BYTES:
            raise InboxFull
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((push, done))
        self._bytes += len(push.body)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write(), name="inbox")
        await done

    async def _write(self) -> None:
        try:
            while self._waiting:
                some, self._waiting = self._waiting, []
                await self._write_some(some)
        finally:
            self._writing = None

    async def _write_some(self, some: list[tuple[Push, asyncio.Future[None]]]) -> None:
        loop = asyncio.get_running_loop()
        pushes = [push for push, _ in some]
        failed: Exception | None = None
        try:
            await loop.run_in_executor(self._thread, self._add, pushes)
        except StoreError as exc:
            failed = exc
        except Exception as bug:
            log.exception("inbox broke")
            failed = StoreError(str(bug))
        self._bytes -= sum(len(push.body) for push in pushes)
        for _, done in some:
            if not done.done():
                done.set_exception(failed) if failed else done.set_result(None)

    def _add(self, pushes: list[Push]) -> None:
        with self.store.begin() as unit:
            unit.pushes.add(pushes)

    async def close(self) -> None:
        if self._writing is not None:
            await self._writing
        self._thread.shutdown(wait=True)
