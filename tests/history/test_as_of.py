"""The dockets as they stood on a day: what came later is left out, and what changed is undone."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.history import entries as history
from monitor.history.answers import EntryLine
from monitor.history.questions import AsOf, EntryQuery
from monitor.history.record import reading
from monitor.model.docket import Sighting
from monitor.model.reading import Reading
from monitor.model.source import ShownItem, Window
from monitor.store.database import SqlStore
from tests.contract.test_healing import Readings, conclude, row, stub
from tests.feeds import NOON
from tests.history.test_paging import keep, listed, pages
from tests.make import DAY, docket, entry

MARCH_2 = date(2026, 3, 2)
#: When that day ends in Washington.
MIDNIGHT = datetime(2026, 3, 3, 5, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def readings(store: SqlStore) -> Readings:
    found = Readings(store)
    found.begin()
    return found


def read_at(readings: Readings, at: datetime, name: str, *seen: Sighting) -> None:
    readings.now = at - 10 * MINUTE  # a reading takes place ten minutes after the one before
    readings.read(name, *seen)


def withdraw_at(readings: Readings, at: datetime, *keys: str) -> None:
    """The feed shows something older, and these no more."""
    readings.now = at - 10 * MINUTE
    window = Window(shown=(ShownItem("ff", "dcd:seq:1:99", NOON),))
    conclude(readings, "court", Reading(vanished=keys, window=window))


def stood(store: SqlStore, as_of: AsOf | None, *, kinds: tuple[str, ...] = ()) -> list[EntryLine]:
    with reading(store) as record:
        return list(history.lines(record, EntryQuery(as_of=as_of, kinds=kinds)))


def the_entry(readings: Readings, as_of: AsOf | None) -> EntryLine:
    (line,) = stood(readings.store, as_of)
    return line


# --- the end of a day, where the court is ---

ENDS = {
    "Washington in winter": ("dcd", MARCH_2, MIDNIGHT),
    "Washington in summer": (
        "dcd",
        date(2026, 7, 1),
        datetime(2026, 7, 2, 4, 0, tzinfo=UTC),
    ),
    "the day on which clocks go forward": (
        "dcd",
        date(2026, 3, 8),
        datetime(2026, 3, 9, 4, 0, tzinfo=UTC),
    ),
    "the day on which they go back": (
        "dcd",
        date(2026, 11, 1),
        datetime(2026, 11, 2, 5, 0, tzinfo=UTC),
    ),
    "Hawaii": ("hid", MARCH_2, datetime(2026, 3, 3, 10, 0, tzinfo=UTC)),
    "Guam": ("gud", MARCH_2, datetime(2026, 3, 2, 14, 0, tzinfo=UTC)),
    "a court that we do not know": ("nowhere", MARCH_2, datetime(2026, 3, 3, tzinfo=UTC)),
}


@pytest.mark.parametrize(("court_id", "day", "end"), ENDS.values(), ids=ENDS)
def test_a_day_ends_at_midnight_where_the_court_is(
    store: SqlStore, court_id: str, day: date, end: datetime
) -> None:
    on = docket(court_id=court_id)
    in_time = entry("in-time", docket_id=on.docket_id, first_seen_at=end - timedelta(seconds=1))
    too_late = entry("too-late", docket_id=on.docket_id, first_seen_at=end + timedelta(seconds=1))
    keep(store, in_time, too_late, dockets=[on])
    assert listed(store, as_of=day) == ["in-time"]
    assert set(listed(store, as_of=day + DAY)) == {"in-time", "too-late"}
    assert listed(store, as_of=day - DAY) == []


def test_one_day_ends_at_several_moments(store: SqlStore) -> None:
    dockets = {court_id: docket(court_id=court_id) for court_id in ("dcd", "hid", "gud")}
    at = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)
    entries = [
        entry(name, docket_id=on.docket_id, first_seen_at=at) for name, on in dockets.items()
    ]
    keep(store, *entries, dockets=list(dockets.values()))
    assert listed(store, as_of=MARCH_2) == ["hid"]
    assert set(listed(store, as_of=MARCH_2 + DAY)) == {"hid", "dcd", "gud"}


def test_a_moment_is_a_moment_in_every_court(store: SqlStore) -> None:
    dockets = {court_id: docket(court_id=court_id) for court_id in ("dcd", "hid", "gud")}
    entries = [
        entry(name, docket_id=on.docket_id, first_seen_at=NOON) for name, on in dockets.items()
    ]
    keep(store, *entries, dockets=list(dockets.values()))
    assert set(listed(store, as_of=NOON)) == set(dockets)
    assert listed(store, as_of=NOON - timedelta(microseconds=1)) == []


def test_an_entry_filed_long_ago_and_seen_later_did_not_stand_there(store: SqlStore) -> None:
    keep(store, entry(date_filed=date(2020, 1, 1), first_seen_at=MIDNIGHT + DAY))
    assert listed(store, as_of=MARCH_2) == []
    assert listed(store, as_of=MARCH_2, until=date(2020, 1, 1)) == []


# --- what changed since ---


@pytest.mark.parametrize(("after", "is_there"), [(-MINUTE, True), (MINUTE, False)])
def test_a_text_that_came_around_midnight(
    readings: Readings, after: timedelta, is_there: bool
) -> None:
    read_at(readings, NOON, "court", stub(10))
    read_at(readings, MIDNIGHT + after, "cl", row(9, "ORDER denying the motion", 10))
    assert the_entry(readings, None).text == "ORDER denying the motion"
    assert the_entry(readings, MARCH_2).text == ("ORDER denying the motion" if is_there else "")
    assert the_entry(readings, MARCH_2 + DAY).text == "ORDER denying the motion"


def test_an_order_is_judged_by_the_words_that_stood_there(readings: Readings) -> None:
    read_at(readings, NOON, "court", stub(10))
    read_at(readings, MIDNIGHT + MINUTE, "cl", row(9, "ORDER denying the motion to stay", 10))
    read_at(
        readings, MIDNIGHT + DAY + MINUTE, "cl", row(9, "ORDER granting the motion to stay", 10)
    )
    rulings = [the_entry(readings, MARCH_2 + n * DAY).ruling for n in range(3)]
    assert rulings == ["none", "denied", "granted"]
    headlines = [the_entry(readings, MARCH_2 + n * DAY).headline for n in range(3)]
    assert headlines == ["Order", "Order: DENIED", "Order: GRANTED"]


def test_events_and_a_number_that_came_later_are_taken_off(readings: Readings) -> None:
    read_at(readings, NOON, "court", stub(10))
    later = [stub(10), replace(stub(10, "Order Vacating"), sighting_key="second")]
    read_at(readings, MIDNIGHT + MINUTE, "court", *later)
    read_at(readings, MIDNIGHT + 30 * MINUTE, "cl", row(9, "", 10, entry_number=48))
    now, then = the_entry(readings, None), the_entry(readings, MARCH_2)
    assert (set(now.event_names), now.entry_number) == ({"Order", "Order Vacating"}, 48)
    assert (then.event_names, then.entry_number) == (("Order",), None)


def test_what_was_withdrawn_later_stood_there(readings: Readings) -> None:
    read_at(readings, NOON, "court", stub(10))
    withdraw_at(readings, MIDNIGHT + MINUTE, "dcd:seq:1:10")
    assert the_entry(readings, None).is_withdrawn
    assert not the_entry(readings, MARCH_2).is_withdrawn
    read_at(readings, MIDNIGHT + DAY + MINUTE, "court", stub(10))
    assert not the_entry(readings, None).is_withdrawn
    days = [the_entry(readings, MARCH_2 + n * DAY).is_withdrawn for n in range(3)]
    assert days == [False, True, False]


def test_several_changes_of_one_day_are_all_undone(readings: Readings) -> None:
    read_at(readings, NOON, "court", stub(10))
    for n, words in enumerate(("granting", "denying", "granting", "vacating")):
        read_at(readings, MIDNIGHT + (n + 1) * MINUTE, "cl", row(9, f"ORDER {words} it", 10))
    assert the_entry(readings, MARCH_2).text == ""
    assert the_entry(readings, MIDNIGHT + 2 * MINUTE).text == "ORDER denying it"
    assert the_entry(readings, MIDNIGHT + 3 * MINUTE).text == "ORDER granting it"


def test_kinds_are_asked_of_what_stood_there(readings: Readings) -> None:
    """A notice that turned out to be an order was a notice on the day before."""
    read_at(readings, NOON, "court", stub(10, "Notice"))
    read_at(readings, MIDNIGHT + MINUTE, "cl", row(9, "ORDER denying the motion", 10))
    store = readings.store
    assert len(stood(store, None, kinds=("order",))) == 1
    assert stood(store, MARCH_2, kinds=("order",)) == []
    assert [line.kind for line in stood(store, MARCH_2, kinds=("notice",))] == ["notice"]
    assert stood(store, MARCH_2 + DAY, kinds=("notice",)) == []


def test_an_order_undone_of_its_hostile_text_comes_back_whole(readings: Readings) -> None:
    text = "ORDER\r\nX-Header: 1\n\u202e<b>denying</b> \x1f it"
    read_at(readings, NOON, "cl", row(9, text, 10))
    read_at(readings, MIDNIGHT + MINUTE, "cl", row(9, "ORDER granting it", 10))
    assert the_entry(readings, MARCH_2).text == text


# --- any timeline, at any moment ---


def _words(lines: Sequence[EntryLine]) -> list[tuple[object, ...]]:
    return [
        (
            line.entry_id,
            frozenset(line.event_names),
            line.text,
            line.entry_number,
            line.is_withdrawn,
            (line.kind, line.ruling, line.is_dispositive),
        )
        for line in sorted(lines, key=lambda line: line.entry_id)
    ]


@pytest.mark.parametrize("seed", range(4))
def test_every_moment_of_a_docket_can_be_looked_back_to(readings: Readings, seed: int) -> None:
    chance = random.Random(seed)
    events = ("Order", "Notice of Appearance", "Order Vacating", "Motion to Stay")
    texts = ("", "ORDER denying it", "ORDER granting it", "NOTICE of filing", "MOTION to Stay")
    snapshots: list[tuple[datetime, list[tuple[object, ...]]]] = []
    shown: set[str] = set()
    for step in range(14):
        at, number = NOON + (step + 1) * timedelta(hours=5), chance.randrange(10, 14)
        match chance.randrange(4):
            case 0 | 1:
                event = chance.choice(events)
                key = f"{number}:{event}"
                shown.add(key)
                read_at(readings, at, "court", replace(stub(number, event), sighting_key=key))
            case 2:
                text = f"{chance.choice(texts)} {number}".strip()
                read_at(readings, at, "cl", row(number, text, number))
            case _:
                withdraw_at(readings, at, *sorted(shown))
                shown.clear()
        snapshots.append((at, _words(stood(readings.store, None))))
    assert any(line[4] for _, lines in snapshots for line in lines)
    for at, lines in snapshots:
        assert _words(stood(readings.store, at)) == lines
        assert _words(stood(readings.store, at + MINUTE)) == lines


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_pages_of_a_past_day_show_all_that_stood_there_once(readings: Readings, size: int) -> None:
    numbers = range(10, 30)
    read_at(readings, NOON, "court", *(stub(n) for n in numbers if n % 3))
    read_at(readings, MIDNIGHT + MINUTE, "court", *(stub(n) for n in numbers))
    texts = [row(n, f"MOTION number {n}", n) for n in numbers if n % 2]
    read_at(readings, MIDNIGHT + 30 * MINUTE, "cl", *texts)
    query = EntryQuery(as_of=MARCH_2)
    shown = [one for some in pages(readings.store, query, itertools.repeat(size)) for one in some]
    assert shown == stood(readings.store, MARCH_2)
    assert len({line.entry_id for line in shown}) == len([n for n in numbers if n % 3])
    assert {line.text for line in shown} == {""}


@pytest.mark.parametrize("size", [1, 4])
def test_pages_of_a_kind_on_a_past_day_skip_what_became_it_later(
    readings: Readings, size: int
) -> None:
    numbers = range(10, 30)
    read_at(readings, NOON, "court", *(stub(n, "Order" if n % 5 else "Notice") for n in numbers))
    became = [row(n, "ORDER denying it", n) for n in numbers if not n % 5]
    read_at(readings, MIDNIGHT + MINUTE, "cl", *became)
    query = EntryQuery(as_of=MARCH_2, kinds=("order",))
    shown = [one for some in pages(readings.store, query, itertools.repeat(size)) for one in some]
    assert len(shown) == len({line.entry_id for line in shown}) == 16
    assert len(stood(readings.store, None, kinds=("order",))) == 20


def test_as_of_today_is_what_stands(readings: Readings) -> None:
    read_at(readings, NOON, "court", stub(10), stub(11, "Motion to Stay"))
    read_at(readings, NOON + DAY, "cl", row(9, "ORDER denying it", 10))
    assert stood(readings.store, readings.now) == stood(readings.store, None)
    assert stood(readings.store, date(2100, 1, 1)) == stood(readings.store, None)
