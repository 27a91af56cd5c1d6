"""Writers of one process take turns, in the order in which they asked."""

from __future__ import annotations

import threading

import pytest

from monitor.store.turns import Turns

SOON = 10.0


def _in_line(turns: Turns, count: int) -> None:
    """Wait until so many hold the turn or wait for it."""
    pause = threading.Event()
    while len(turns._line) < count:
        pause.wait(0.001)


def _writer(turns: Turns, name: int, order: list[int]) -> threading.Thread:
    def write() -> None:
        with turns.take(SOON):
            order.append(name)

    thread = threading.Thread(target=write)
    thread.start()
    return thread


def test_those_who_wait_come_in_the_order_in_which_they_asked() -> None:
    turns, order, threads = Turns(), list[int](), list[threading.Thread]()
    with turns.take(SOON):
        for name in range(20):
            threads.append(_writer(turns, name, order))
            _in_line(turns, name + 2)
        assert order == []
    for thread in threads:
        thread.join(SOON)
    assert order == list(range(20))


def test_who_writes_again_and_again_keeps_nobody_out() -> None:
    turns, order = Turns(), list[int]()
    with turns.take(SOON):
        waiting = _writer(turns, 1, order)
        _in_line(turns, 2)
    with turns.take(SOON):
        assert order == [1], "the other one asked before we asked again"
    waiting.join(SOON)


def test_a_turn_that_does_not_come_in_time_is_given_up() -> None:
    turns = Turns()
    with turns.take(SOON), pytest.raises(TimeoutError), turns.take(0.01):
        pytest.fail("two hold the turn")
    with turns.take(0):
        pass


def test_a_turn_ends_with_an_error_too() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="broken"), turns.take(SOON):
        raise ValueError("broken")
    with turns.take(0):
        pass
