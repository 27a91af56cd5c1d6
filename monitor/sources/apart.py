"""Work on fetched bytes that nobody can interrupt, in a process that can be ended.

A thread that parses cannot be stopped: a feed made for it would hold a reader for ever, and what
waits behind it. Starting a process costs a fifth of a second; news feeds are few and change
seldom, and the courts' own grammar, which is linear, stays in the daemon.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Callable
from concurrent.futures import TimeoutError as OutOfTime
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, concurrent

from monitor.errors import ParseError

P = ParamSpec("P")
T = TypeVar("T")

#: A feed of five megabytes takes two seconds.
SECONDS = 20.0
MOST_BYTES = 2 * 1024**3
_SPAWN = multiprocessing.get_context("spawn")


def apart(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a function of a module makes of its arguments, in a process of its own.

    Raises ParseError where that takes more than SECONDS, more memory than MOST_BYTES, or ends the
    process.
    """
    # A forked child shares the pipe by which asyncio learns of signals: ending it would stop us.
    # pebble's types call the key `mp_context`, which it does not read.
    begin = concurrent.process(timeout=SECONDS, context=_SPAWN)  # type: ignore[call-overload]
    future = begin(_bounded)(work, *args, **kwargs)
    try:
        result: T = future.result()
    except OutOfTime:
        raise ParseError(f"it took more than {SECONDS:g} seconds to read") from None
    except (ProcessExpired, MemoryError) as exc:
        raise ParseError(f"it could not be read: {str(exc) or type(exc).__name__}") from exc
    return result


def _bounded(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such bound
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    try:
        return work(*args, **kwargs)
    except RecursionError as exc:
        raise ParseError("it is nested too deeply") from exc
