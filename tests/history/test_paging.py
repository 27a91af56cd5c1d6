"""The listing page by page: every entry once, in one order, and no more read than is shown."""

from __future__ import annotations

import base64
import itertools
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.classify.entry import judged
from monitor.errors import UsageError
from monitor.history import entries as history
from monitor.history.answers import EntryLine
from monitor.history.questions import Cursor, EntryQuery, read_cursor
from monitor.history.record import reading
from monitor.model.docket import Docket, DocketEntry
from monitor.model.outcome import Consequences
from monitor.model.watch import Watch
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.make import DAY, HOUR, docket, entry

MARCH = date(2026, 3, 2)
#: One store serves every example: each has a docket of its own.
ON_ONE_STORE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
#: More than any test has: a cursor that stands still must not hang it.
_MOST_PAGES = 200
_dockets = itertools.count(1)


def keep(
    store: SqlStore,
    *entries: DocketEntry,
    dockets: Sequence[Docket] = (docket(),),
    watches: Sequence[Watch] = (),
    are_judged: bool = True,
) -> None:
    """Store entries, as a poll would."""
    stored = tuple(judged(one) if are_judged else one for one in entries)
    with store.begin() as unit:
        unit.entries.save(Consequences(dockets=tuple(dockets), entries=stored))
        for watch in watches:
            unit.watches.put(watch)


def listed(store: SqlStore, **asked: Any) -> list[str]:
    """The ids of what a question finds, newest first."""
    with reading(store) as record:
        return [line.entry_id for line in history.page(record, EntryQuery(**asked)).entries]


def pages(store: SqlStore, query: EntryQuery, sizes: Iterator[int]) -> Iterator[list[EntryLine]]:
    """Page after page, each asked for with the word that the one before ended with."""
    word = ""
    for _ in range(_MOST_PAGES):
        cursor = read_cursor(word) if word else None
        with reading(store) as record:
            page = history.page(record, replace(query, cursor=cursor, limit=next(sizes)))
        yield list(page.entries)
        word = page.next_cursor
        if not word:
            return
    pytest.fail("the pages never end")


#: Few values, so that most entries share their day, their time and their number with another.
SORTED_BY = st.tuples(
    st.none() | st.sampled_from([MARCH, MARCH + DAY, date(1, 1, 1)]),
    st.none() | st.sampled_from([NOON, NOON + timedelta(microseconds=1), NOON - DAY]),
    st.none() | st.integers(0, 2),
)
SIZES = st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple)


def a_docket(
    sorted_by: Sequence[tuple[date | None, datetime | None, int | None]],
) -> tuple[Docket, list[DocketEntry]]:
    number = next(_dockets)
    on = docket(f"1:25-cv-{number:05d}")
    return on, [
        entry(
            f"{number:05x}{place:03x}",
            docket_id=on.docket_id,
            date_filed=day,
            published_at=at,
            entry_number=printed,
        )
        for place, (day, at, printed) in enumerate(sorted_by)
    ]


@ON_ONE_STORE
@given(st.lists(SORTED_BY, max_size=14), SIZES)
def test_pages_of_any_size_show_every_entry_once_and_in_order(
    store: SqlStore,
    sorted_by: list[tuple[date | None, datetime | None, int | None]],
    sizes: tuple[int, ...],
) -> None:
    on, entries = a_docket(sorted_by)
    keep(store, *entries, dockets=[on])
    query = EntryQuery(docket_number=on.docket_number)
    shown = [line.entry_id for page in pages(store, query, itertools.cycle(sizes)) for line in page]
    assert shown == listed(store, docket_number=on.docket_number)
    assert sorted(shown) == sorted(one.entry_id for one in entries)


@ON_ONE_STORE
@given(st.lists(SORTED_BY, max_size=10), st.lists(SORTED_BY, max_size=10), st.integers(1, 3))
def test_what_is_filed_between_pages_moves_nothing(
    store: SqlStore,
    sorted_by: list[tuple[date | None, datetime | None, int | None]],
    later: list[tuple[date | None, datetime | None, int | None]],
    size: int,
) -> None:
    on, entries = a_docket([*sorted_by, *later])
    before, after = entries[: len(sorted_by)], entries[len(sorted_by) :]
    keep(store, *before, dockets=[on])
    query = EntryQuery(docket_number=on.docket_number)
    shown: list[str] = []
    for page in pages(store, query, itertools.repeat(size)):
        shown += [line.entry_id for line in page]
        if after:
            keep(store, after.pop(), dockets=[on])
    old = {one.entry_id for one in before}
    assert len(shown) == len(set(shown))
    assert old <= set(shown)
    everything = listed(store, docket_number=on.docket_number)
    assert shown == [name for name in everything if name in set(shown)]


def test_newest_first_and_what_has_no_day_time_or_number_last(store: SqlStore) -> None:
    places: dict[str, tuple[date | None, datetime | None, int | None]] = {
        "later-day": (MARCH + DAY, None, None),
        "later-time": (MARCH, NOON + HOUR, 1),
        "higher": (MARCH, NOON, 11),
        "lower": (MARCH, NOON, 9),
        "unnumbered": (MARCH, NOON, None),
        "no-time": (MARCH, None, 12),
        "no-day": (None, NOON + DAY, 13),
        "nothing": (None, None, None),
    }
    stored = [
        entry(name, date_filed=day, published_at=at, entry_number=number)
        for name, (day, at, number) in places.items()
    ]
    keep(store, *reversed(stored))
    assert listed(store) == list(places)


def test_the_last_page_says_that_it_is_the_last(store: SqlStore) -> None:
    keep(store, *(entry(f"e{n}", entry_number=n) for n in range(6)))
    with reading(store) as record:
        whole = history.page(record, EntryQuery())
        exact = history.page(record, EntryQuery(limit=6))
        short = history.page(record, EntryQuery(limit=5))
        after = history.page(record, EntryQuery(limit=5, cursor=read_cursor(short.next_cursor)))
    assert (whole.next_cursor, exact.next_cursor, after.next_cursor) == ("", "", "")
    assert [line.entry_id for line in after.entries] == ["e0"]


def test_an_empty_record_has_one_empty_page(store: SqlStore) -> None:
    with reading(store) as record:
        page = history.page(record, EntryQuery(limit=50))
        assert (page.entries, page.next_cursor) == ((), "")
        assert list(history.lines(record, EntryQuery())) == []


def test_a_page_is_of_what_was_asked_for(store: SqlStore) -> None:
    kinds = itertools.cycle((("Order",), ("Motion to Stay",)))
    keep(store, *(entry(f"e{n:02}", events=next(kinds), entry_number=n) for n in range(30)))
    query = EntryQuery(kinds=("order",), words=("order",))
    found = [line for page in pages(store, query, itertools.repeat(4)) for line in page]
    assert [line.entry_number for line in found] == list(range(28, -1, -2))
    assert {line.kind for line in found} == {"order"}


def test_an_entry_that_leaves_the_record_ends_no_listing(store: SqlStore) -> None:
    """A page may have ended with an entry that turned out to be another one."""
    some = [entry(f"e{n}", entry_number=n) for n in range(4)]
    keep(store, *some)
    with reading(store) as record:
        word = history.page(record, EntryQuery(limit=2)).next_cursor
    keep(store, replace(some[2], merged_into="e3"))
    assert listed(store, cursor=read_cursor(word)) == ["e1", "e0"]


# --- how much is read ---


@dataclass
class Counted:
    statements: int = 0
    rows: int = 0


@contextmanager
def counting(store: SqlStore) -> Iterator[Counted]:
    """Counts statements, and the rows that they brought."""
    counted = Counted()

    def row(_cursor: Any, values: Any) -> Any:
        counted.rows += 1
        return values

    def before(_c: Any, cursor: Any, *_: Any) -> None:
        counted.statements += 1
        if store.engine.dialect.name == "sqlite":
            cursor.row_factory = row

    def after(_c: Any, cursor: Any, *_: Any) -> None:
        counted.rows += max(0, cursor.rowcount)

    sa.event.listen(store.engine, "before_cursor_execute", before)
    sa.event.listen(store.engine, "after_cursor_execute", after)
    try:
        yield counted
    finally:
        sa.event.remove(store.engine, "before_cursor_execute", before)
        sa.event.remove(store.engine, "after_cursor_execute", after)


def test_a_page_of_fifty_reads_no_more_of_a_long_docket(store: SqlStore) -> None:
    keep(store, *(entry(f"{n:06x}", keys=(f"k{n}",), entry_number=n) for n in range(120)))
    with reading(store) as record, counting(store) as short:
        history.page(record, EntryQuery(limit=50))
    keep(store, *(entry(f"{n:06x}", keys=(f"k{n}",), entry_number=n) for n in range(120, 2000)))
    with reading(store) as record, counting(store) as long:
        first = history.page(record, EntryQuery(limit=50))
    with reading(store) as record, counting(store) as deep:
        history.page(record, EntryQuery(limit=50, cursor=read_cursor(first.next_cursor)))
    assert short.rows < 50 * 5
    assert (long.statements, long.rows) == (short.statements, short.rows)
    assert (deep.statements, deep.rows) == (short.statements, short.rows)


def test_who_stops_early_makes_nobody_read_the_rest(store: SqlStore) -> None:
    keep(store, *(entry(f"{n:06x}", entry_number=n) for n in range(1500)))
    with reading(store) as record, counting(store) as few:
        some = list(itertools.islice(history.lines(record, EntryQuery()), 3))
    with reading(store) as record:
        everything = list(history.lines(record, EntryQuery()))
    assert [line.entry_number for line in some] == [1499, 1498, 1497]
    assert [line.entry_number for line in everything] == list(range(1499, -1, -1))
    assert few.rows < 1500


# --- the word that a page ends with ---

MOMENTS = st.datetimes(timezones=st.just(UTC))
CURSORS = st.builds(
    Cursor,
    st.none() | st.dates(),
    st.none() | MOMENTS,
    st.none() | st.integers(0, 2**31 - 1),
    st.text(max_size=30),
)


@given(CURSORS)
def test_a_cursor_comes_back_as_it_was_and_may_stand_in_an_address(cursor: Cursor) -> None:
    word = cursor.dump()
    assert read_cursor(word) == cursor
    assert re.fullmatch(r"[A-Za-z0-9_-]+", word)


def a_word(place: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


BROKEN = {
    "nothing": "",
    "a word of somebody": "next",
    "not even an address": "page=2&limit=50",
    "HTML": "<script>alert(1)</script>",
    "other letters": "\u202eруссkий",
    "control characters": "\x00\r\nSet-Cookie: a=b",
    "cut off": Cursor(MARCH, NOON, 10, "e1").dump()[:-9],
    "doubled": Cursor(MARCH, NOON, 10, "e1").dump() * 2,
    "a list that is too short": a_word(["2026-03-02", None, 10]),
    "a list that is too long": a_word(["2026-03-02", None, 10, "e1", 1]),
    "an object": a_word({"date_filed": 1, "published_at": 2, "entry_number": 3, "entry_id": 4}),
    "a number": a_word(7),
    "null": a_word(None),
    "a day that does not exist": a_word(["2026-02-30", None, 10, "e1"]),
    "a day that is a number": a_word([20260302, None, 10, "e1"]),
    "a time that is none": a_word(["2026-03-02", "noon", 10, "e1"]),
    "a number that is a word": a_word(["2026-03-02", None, "ten", "e1"]),
    "a number that is a list": a_word(["2026-03-02", None, [10], "e1"]),
}


@pytest.mark.parametrize("word", BROKEN.values(), ids=BROKEN)
def test_a_broken_cursor_is_refused(word: str) -> None:
    with pytest.raises(UsageError, match="cursor"):
        read_cursor(word)


@given(st.text(max_size=60))
def test_no_word_makes_reading_a_cursor_fail_otherwise(word: str) -> None:
    with suppress(UsageError):
        read_cursor(word)
