"""Turns: who writes next. In the order in which they asked.

SQLite lets one write at a time, and has those who wait look again and again, at longer and longer
intervals: who writes often then keeps the others out. Within one process nobody needs to look.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Turns:
    """A lock that is handed to whoever waits longest."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    #: Whose turn it is, then those who wait.
    _line: deque[threading.Event] = field(default_factory=deque)

    @contextmanager
    def take(self, seconds: float) -> Iterator[None]:
        """Hold the turn within this block. Raises TimeoutError where it does not come in time."""
        mine = threading.Event()
        with self._lock:
            self._line.append(mine)
            if self._line[0] is mine:
                mine.set()
        try:
            if not mine.wait(seconds):
                raise TimeoutError
            yield
        finally:
            self._leave(mine)

    def _leave(self, mine: threading.Event) -> None:
        with self._lock:
            self._line.remove(mine)
            if self._line:
                self._line[0].set()
