"""When a source is asked again and a delivery tried again, for all intervals and chances."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.fields import parse_duration
from monitor.schedule import (
    LONGEST_REST,
    LONGEST_WAIT,
    REFUSED_REST,
    next_attempt,
    next_poll,
    next_poll_after_failure,
    retry_after,
)
from tests.feeds import NOON

CHANCE = st.floats(0, 1)
COUNT = st.integers(1, 10_000)
EVERY = st.timedeltas(timedelta(seconds=1), parse_duration("30d"))
ASKED = st.none() | st.floats(0, 1e9)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@settings(deadline=None)
@given(EVERY, CHANCE)
def test_a_good_source_is_read_again_about_one_interval_later(
    every: timedelta, chance: float
) -> None:
    rest = next_poll(NOON, every, chance) - NOON
    assert every * 0.89 <= rest <= every * 1.11
    assert rest > timedelta()


@settings(deadline=None)
@given(EVERY, COUNT, CHANCE, ASKED, st.booleans())
def test_a_source_that_fails_rests_and_is_never_given_up(
    every: timedelta, failures: int, chance: float, asked: float | None, refused: bool
) -> None:
    due = next_poll_after_failure(NOON, every, failures, chance, retry_after=asked, refused=refused)
    most = LONGEST_WAIT if asked is not None else (REFUSED_REST if refused else LONGEST_REST) * 1.25
    assert MINUTE * 0.75 <= (due - NOON) <= most


@settings(deadline=None)
@given(EVERY, COUNT, CHANCE, st.floats(0, 86_400), st.booleans())
def test_what_a_source_asks_for_is_obeyed(
    every: timedelta, failures: int, chance: float, asked: float, refused: bool
) -> None:
    due = next_poll_after_failure(NOON, every, failures, chance, retry_after=asked, refused=refused)
    assert due >= NOON + timedelta(seconds=asked)


@settings(deadline=None)
@given(EVERY, CHANCE)
def test_a_source_that_goes_on_failing_is_asked_ever_more_rarely(
    every: timedelta, chance: float
) -> None:
    dues = [next_poll_after_failure(NOON, every, n, chance) for n in range(1, 20)]
    assert all(one <= other for one, other in pairwise(dues))
    # A court shows a day: a dozen failures must not cost one.
    assert dues[-1] - NOON <= timedelta(hours=3)


@settings(deadline=None)
@given(EVERY, st.integers(2, 500), CHANCE)
def test_a_refusal_is_believed_at_its_second_time(
    every: timedelta, failures: int, chance: float
) -> None:
    first = next_poll_after_failure(NOON, every, 1, chance, refused=True)
    later = next_poll_after_failure(NOON, every, failures, chance, refused=True)
    assert first - NOON <= 2 * MINUTE
    assert later - NOON >= 4 * HOUR


@settings(deadline=None)
@given(COUNT, CHANCE, ASKED)
def test_a_delivery_is_tried_again_within_a_day(
    attempts: int, chance: float, asked: float | None
) -> None:
    rest = next_attempt(NOON, attempts, chance, asked) - NOON
    assert timedelta(seconds=3) <= rest <= timedelta(days=1)
    assert rest >= timedelta(seconds=min(asked or 0, 86_400))
    if asked is None:
        assert rest <= 1.25 * HOUR


@settings(deadline=None)
@given(CHANCE)
def test_the_first_tries_of_a_delivery_are_close_and_the_later_ones_rare(chance: float) -> None:
    dues = [next_attempt(NOON, n, chance) for n in range(1, 20)]
    assert all(one <= other for one, other in pairwise(dues))
    assert dues[0] - NOON < 10 * SECOND
    assert dues[-1] - NOON >= 45 * MINUTE


@settings(deadline=None)
@given(st.integers(0, 10**40))
def test_a_wait_in_seconds_is_bounded_however_long_it_is_written(seconds: int) -> None:
    said = retry_after(f" {seconds} ", NOON)
    assert said is not None
    assert said == seconds or (seconds > 1e6 and said >= 1e6)
    assert next_attempt(NOON, 1, 0.5, said) <= NOON + timedelta(days=1)


@settings(deadline=None)
@given(st.datetimes(datetime(1970, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_wait_until_a_date_is_counted_from_now_and_the_past_is_no_wait(at: datetime) -> None:
    said = retry_after(format_datetime(at, usegmt=True), NOON)
    assert said == max(0.0, (at.replace(microsecond=0) - NOON).total_seconds())


@pytest.mark.parametrize(
    "raw",
    ["", " ", "soon", "-5", "1.5", "1e3", "0x10", "²", "120, 240", "nan", "inf", "\x00", "120\x00"]
    + ["Thu, 99 Jan 2026 00:00:00 GMT", "2026-01-01T00:02:00Z", "Thu", "\u202e021", "🕛"]
    + ["Thu, 01 Jan 2026 25:00:00 GMT", "Thu, 01 Jan 99999 00:00:00 GMT"],
)
def test_a_header_that_says_no_wait_is_no_wait(raw: str) -> None:
    assert retry_after(raw, NOON) is None


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_header_makes_a_wait_that_cannot_be_waited(raw: str) -> None:
    said = retry_after(raw, NOON)
    due = next_poll_after_failure(NOON, HOUR, 1, 0.5, retry_after=said)
    assert NOON < due <= NOON + LONGEST_WAIT
