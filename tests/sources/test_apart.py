"""What cannot be interrupted runs where it can be ended."""

from __future__ import annotations

import asyncio
import os
import signal
import time

import pytest

from monitor.errors import ParseError
from monitor.sources import apart as apart_module
from monitor.sources.apart import apart


def refuses(_: int) -> None:
    raise ParseError("the answer is no feed")


def nests(depth: int) -> int:
    return 1 + nests(depth - 1) if depth else 0


def test_what_it_makes_comes_back() -> None:
    assert apart(divmod, 17, 5) == (3, 2)


def test_what_it_refuses_it_refuses_in_the_same_words() -> None:
    with pytest.raises(ParseError, match="the answer is no feed"):
        apart(refuses, 1)


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart_module, "SECONDS", 1.0)
    with pytest.raises(ParseError, match="more than 1 seconds"):
        apart(time.sleep, 600)


async def test_ending_it_does_not_stop_whoever_waits_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A forked child hands the signal that ends it on to its parent's event loop."""
    monkeypatch.setattr(apart_module, "SECONDS", 1.0)
    stopped: list[int] = []
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stopped.append, 1)
    try:
        with pytest.raises(ParseError):
            await asyncio.to_thread(apart, time.sleep, 600)
        await asyncio.sleep(0.1)
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
    assert stopped == []


def test_what_ends_the_process_ends_nothing_else() -> None:
    with pytest.raises(ParseError, match="could not be read"):
        apart(os._exit, 3)


def test_what_takes_all_memory_is_refused() -> None:
    with pytest.raises(ParseError, match="could not be read"):
        apart(bytearray, apart_module.MOST_BYTES + 1)


def test_what_is_nested_too_deeply_is_refused() -> None:
    with pytest.raises(ParseError, match="nested too deeply"):
        apart(nests, 100_000)
