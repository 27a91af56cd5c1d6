"""When does a window join the last one?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.diff.coverage import find_gap, find_list_gap
from monitor.model.source import SourceState, Window
from tests.feeds import NOON

HOUR = timedelta(hours=1)
BEFORE = SourceState(NOON, last_good_at=NOON, built_at=NOON, window=Window(newest_at=NOON - HOUR))


@pytest.mark.parametrize(("hours", "is_gap"), [(1, False), (23, False), (25, True), (70, True)])
def test_a_feed_of_a_day_joins_within_a_day(hours: int, is_gap: bool) -> None:
    built = NOON + hours * HOUR
    # The newest item of the last window is still there while it is not a day old.
    shared = int(hours < 23)
    gap = find_gap("s", BEFORE, built, total=9, shared=shared, oldest_at=built - 23 * HOUR)
    assert (gap is not None) == is_gap


def test_an_empty_feed_within_a_day_is_no_gap() -> None:
    quiet = replace(BEFORE, window=Window())
    assert find_gap("s", quiet, NOON + 20 * HOUR, total=0, shared=0, oldest_at=None) is None


def test_thirty_entries_of_which_none_is_known_leave_a_gap() -> None:
    state = SourceState(NOON, last_good_at=NOON, window=Window(fingerprints=b"x" * 16))
    later = NOON + 48 * HOUR
    assert find_list_gap("s", state, later, total=30, shared=0, length=30) is not None
    assert find_list_gap("s", state, later, total=30, shared=1, length=30) is None
    assert find_list_gap("s", state, later, total=12, shared=0, length=30) is None
    assert (
        find_list_gap("s", replace(state, window=Window()), later, total=30, shared=0, length=30)
        is None
    )
