"""Digests and quiet hours hold, and drop nothing: every alert arrives once, and when it was asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.dispatch import Dispatcher
from monitor.errors import DeliveryPostponed
from monitor.model.alert import Alert
from monitor.model.delivery import Hold, Notification, Rule
from monitor.model.docket import EntryKind
from monitor.model.timing import Every, Hours, Pace
from monitor.route.bundle import Bundling
from monitor.route.timing import quiet_until
from monitor.store.database import SqlStore, open_store
from tests.contract.test_dispatch import Office
from tests.make import DENIED, HOUR, MINUTE, ORDER, amended, filed

NEW_YORK = ZoneInfo("America/New_York")
DAILY = Pace(Every.DAY, at=time(8))
WEEKLY = Pace(Every.WEEK, weekday=0, at=time(8))
NIGHT = Hours(begins=time(22), ends=time(7))
DIGEST = Rule("digest", ("desk",), pace=DAILY)
#: A Wednesday at ten in the morning, in the recipient's town.
TEN = datetime(2026, 3, 4, 10, tzinfo=NEW_YORK).astimezone(UTC)


def at(*parts: int) -> datetime:
    return datetime(2026, *parts, tzinfo=NEW_YORK).astimezone(UTC)  # type: ignore[arg-type,misc]


def told_at(office: Office, moment: datetime, *alerts: Alert) -> None:
    office.now = moment
    office.found(*(replace(alert, created_at=moment) for alert in alerts))


def dispatcher(office: Office, *rules: Rule, hours: Hours | None = None) -> Dispatcher:
    given = {"desk": hours or Hours()}
    return replace(office.dispatcher(*rules), bundling=Bundling(timedelta(seconds=90), hours=given))


@pytest.fixture
def office(store: SqlStore) -> Office:
    return Office(store, TEN)


async def test_a_digest_gathers_what_comes_in_until_its_time(office: Office) -> None:
    lanes = dispatcher(office, DIGEST)
    for hour in (10, 15, 20):
        told_at(office, at(3, 4, hour), filed(f"f{hour}", f"e{hour}"))
        await lanes.drain()
    office.now = at(3, 5, 7, 59)
    assert await lanes.drain() == 0
    office.now = at(3, 5, 8)
    assert await lanes.drain() == 1
    assert office.desk.told == [["f10", "f15", "f20"]]
    told_at(office, at(3, 5, 8), filed("f8", "e8"))
    assert await lanes.drain() == 0
    office.now = at(3, 6, 8)
    await lanes.drain()
    assert office.desk.told[1:] == [["f8"]]


async def test_a_day_on_which_nothing_came_in_has_no_digest(office: Office) -> None:
    lanes = dispatcher(office, DIGEST)
    office.now = at(3, 9, 8)
    assert await lanes.drain() == 0


async def test_a_digest_that_fell_due_while_nobody_was_there_is_sent_at_once(
    office: Office,
) -> None:
    told_at(office, TEN, filed("f1", "e1"))
    await dispatcher(office, DIGEST).drain()
    office.now = at(3, 7, 16)
    await dispatcher(office, DIGEST).drain()
    assert office.desk.told == [["f1"]]


async def test_each_recipient_has_its_own_pace(office: Office) -> None:
    lanes = dispatcher(office, DIGEST, Rule("all", ("hook",)))
    told_at(office, TEN, filed("f1", "e1"))
    await lanes.drain()
    assert office.hook.told == [["f1"]]
    assert office.desk.told == []


async def test_of_two_rules_the_more_pressing_one_sends(office: Office) -> None:
    now = Rule("orders", ("desk",), kinds=("order",))
    told_at(office, TEN, filed("f1", "e1"))
    await dispatcher(office, DIGEST, now).drain()
    assert office.desk.told == [["f1"]]
    assert office.desk.accepted[0].alerts[0].rule == "digest"


async def test_a_window_begins_with_the_first_and_sends_all(office: Office) -> None:
    lanes = dispatcher(office, replace(DIGEST, pace=Pace(Every.WINDOW, 10 * MINUTE)))
    for minute in (0, 4, 9):
        told_at(office, TEN + minute * MINUTE, filed(f"f{minute}", f"e{minute}"))
        await lanes.drain()
    office.now = TEN + 10 * MINUTE
    await lanes.drain()
    assert office.desk.told == [["f0", "f4", "f9"]]
    told_at(office, TEN + 11 * MINUTE, filed("f11", "e11"))
    assert await lanes.drain() == 0


async def test_what_may_not_wait_takes_its_filing_out_of_the_digest(office: Office) -> None:
    denials = Rule("denials", ("desk",), rulings=("denied",), certainty="certain", kinds=("order",))
    motion = replace(ORDER, kind=EntryKind.MOTION)
    lanes = dispatcher(office, denials, replace(DIGEST, to=("desk",)))
    told_at(office, TEN, filed("f1", "e1", judgement=motion), filed("f2", "e2", judgement=motion))
    assert await lanes.drain() == 0
    told_at(office, TEN + HOUR, amended("a1", "e1", amends="f1", judgement=DENIED))
    await lanes.drain()
    assert office.desk.told == [["f1", "a1"]]
    office.now = at(3, 5, 8)
    await lanes.drain()
    assert office.desk.told == [["f1", "a1"], ["f2"]]
    names = [one.delivery_id for one in office.desk.accepted]
    assert len(set(names)) == 2


async def test_a_digest_whose_only_filing_left_it_is_not_sent(office: Office) -> None:
    urgent = Rule("denials", ("desk",), rulings=("denied",), kinds=("order",), is_urgent=True)
    motion = replace(ORDER, kind=EntryKind.MOTION)
    lanes = dispatcher(office, urgent, DIGEST)
    told_at(office, TEN, filed("f1", "e1", judgement=motion))
    await lanes.drain()
    told_at(office, TEN + HOUR, amended("a1", "e1", amends="f1", judgement=DENIED))
    await lanes.drain()
    office.now = at(3, 6, 9)
    await lanes.drain()
    assert office.desk.told == [["f1", "a1"]]
    assert len(office.states()) == 1


async def test_a_change_of_what_waits_in_a_digest_waits_with_it(office: Office) -> None:
    lanes = dispatcher(office, DIGEST)
    told_at(office, TEN, filed("f1", "e1"))
    await lanes.drain()
    told_at(office, TEN + HOUR, amended("a1", "e1", amends="f1"))
    assert await lanes.drain() == 0
    office.now = at(3, 5, 8)
    await lanes.drain()
    assert office.desk.told == [["f1", "a1"]]


# --- quiet hours ---


async def test_what_comes_in_at_night_is_told_in_the_morning_together(office: Office) -> None:
    lanes = dispatcher(office, Rule("all", ("desk",)), hours=NIGHT)
    for hour in (22, 23):
        told_at(office, at(3, 4, hour, 30), filed(f"f{hour}", f"e{hour}"))
        assert await lanes.drain() == 0
    told_at(office, at(3, 5, 3), filed("f3", "e3"))
    assert await lanes.drain() == 0
    office.now = at(3, 5, 7)
    await lanes.drain()
    assert office.desk.told == [["f22", "f23", "f3"]]


async def test_what_is_urgent_is_told_at_night(office: Office) -> None:
    urgent = Rule("orders", ("desk",), kinds=("order",), is_urgent=True)
    lanes = dispatcher(office, urgent, Rule("all", ("desk",)), hours=NIGHT)
    motion = replace(ORDER, kind=EntryKind.MOTION)
    told_at(office, at(3, 4, 23), filed("f1", "e1"), filed("f2", "e2", judgement=motion))
    await lanes.drain()
    assert office.desk.told == [["f1"]]
    office.now = at(3, 5, 7)
    await lanes.drain()
    assert office.desk.told == [["f1"], ["f2"]]


async def test_what_waits_for_its_text_beyond_ten_waits_until_morning(office: Office) -> None:
    lanes = dispatcher(office, Rule("all", ("desk",)), hours=NIGHT)
    late = at(3, 4, 21, 59)
    told_at(office, late, filed("f1", "e1", text_expected_until=late + 2 * MINUTE))
    await lanes.drain()
    assert [one.hold for one in office.held()] == [Hold.QUIET]
    office.now = at(3, 4, 22, 1)
    assert await lanes.drain() == 0


async def test_a_digest_of_a_holiday_waits_until_it_is_over(office: Office) -> None:
    hours = Hours(holidays=frozenset({at(3, 5, 12).date()}))
    lanes = dispatcher(office, DIGEST, hours=hours)
    told_at(office, TEN, filed("f1", "e1"))
    await lanes.drain()
    office.now = at(3, 5, 23, 59)
    assert await lanes.drain() == 0
    office.now = at(3, 6, 0)
    await lanes.drain()
    assert office.desk.told == [["f1"]]


async def test_a_channel_that_is_down_at_ten_is_not_tried_at_midnight(office: Office) -> None:
    lanes = dispatcher(office, Rule("all", ("desk",)), hours=NIGHT)
    office.desk.answers = [DeliveryPostponed("busy", retry_after=1800)]
    told_at(office, at(3, 4, 21, 50), filed("f1", "e1"))
    await lanes.drain()
    office.now = at(3, 5, 6, 59)
    assert await lanes.drain() == 0
    office.now = at(3, 5, 7)
    await lanes.drain()
    assert office.desk.told == [["f1"]]


@pytest.mark.parametrize("day", [(3, 8), (11, 1)], ids=["spring", "autumn"])
async def test_on_the_day_the_clock_is_changed_one_digest_is_due_and_the_night_is_quiet(
    office: Office, day: tuple[int, int]
) -> None:
    lanes = dispatcher(office, DIGEST, hours=NIGHT)
    begins = at(*day, 0) - 4 * HOUR
    sent: list[datetime] = []
    for hour in range(30):
        told_at(office, begins + hour * HOUR, filed(f"f{hour}", f"e{hour}"))
        sent += [office.now] * await lanes.drain()
    assert sent == [at(*day, 8)]


# --- whatever happens ---

PACES = st.sampled_from([Pace(), Pace(Every.HOUR), DAILY, WEEKLY, Pace(Every.WINDOW, 20 * MINUTE)])
RULES = st.builds(
    Rule,
    name=st.sampled_from(["one", "two"]),
    to=st.sampled_from([("desk",), ("hook",), ("desk", "hook")]),
    kinds=st.sampled_from([(), ("order",), ("motion",)]),
    pace=PACES,
    is_urgent=st.booleans(),
)
NIGHTS = st.sampled_from(
    [Hours(), NIGHT, Hours(begins=time(7), ends=time(9), weekdays=frozenset({5, 6}))]
)
STEPS = st.lists(
    st.tuples(
        st.integers(1, 900),
        st.lists(
            st.tuples(st.integers(0, 4), st.sampled_from([EntryKind.ORDER, EntryKind.MOTION])),
            max_size=3,
        ),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@settings(deadline=None, max_examples=40)
@given(st.lists(RULES, min_size=1, max_size=3), NIGHTS, STEPS)
async def test_every_alert_arrives_once_and_never_at_a_quiet_hour(
    rules: list[Rule], hours: Hours, steps: list[tuple[int, list[tuple[int, EntryKind]], bool]]
) -> None:
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder)}/m.db")
        office = Office(store, TEN)
        lanes = replace(
            office.dispatcher(*rules),
            bundling=Bundling(timedelta(seconds=90), hours={"desk": hours, "hook": hours}),
        )
        first: dict[int, str] = {}
        found: list[tuple[str, str]] = []
        sent: list[tuple[datetime, Notification]] = []
        for minutes, news, is_down in steps:
            office.now += minutes * MINUTE
            alerts: list[Alert] = []
            for number, kind in news:
                name, judged = f"a{len(found)}", replace(ORDER, kind=kind)
                found.append((name, kind.value))
                entry_id = f"e{number}"
                alerts.append(
                    amended(name, entry_id, amends=first[number], judgement=judged)
                    if number in first
                    else filed(name, entry_id, judgement=judged)
                )
                first.setdefault(number, name)
            told_at(office, office.now, *alerts)
            office.desk.answers = [DeliveryPostponed("down")] if is_down else []
            await _drained(office, lanes, sent)
        for _ in range(9 * 24):
            office.now += HOUR
            await _drained(office, lanes, sent)
        for recipient, one in (("desk", office.desk), ("hook", office.hook)):
            counts = Counter(name for told in one.told for name in told)
            wanted = {
                name
                for rule in rules
                for name, kind in found
                if recipient in rule.to and (not rule.kinds or kind in rule.kinds)
            }
            assert set(counts.values()) <= {1}
            assert wanted <= set(counts)
            assert all(told.alerts for told in one.accepted)
        for moment, notification in sent:
            assert notification.is_urgent or quiet_until(hours, moment) == moment
        assert set(office.states().values()) <= {"sent"}
        store.close()


async def _drained(
    office: Office, lanes: Dispatcher, sent: list[tuple[datetime, Notification]]
) -> None:
    before = [(one, len(one.accepted)) for one in (office.desk, office.hook)]
    await lanes.drain()
    sent += [(office.now, told) for one, count in before for told in one.accepted[count:]]
