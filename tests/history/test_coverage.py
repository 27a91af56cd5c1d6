"""What silence is worth: who saw a docket from when to when, and what nobody could see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from monitor.diff.coverage import Span
from monitor.errors import SourceUnreachable
from monitor.history import coverage as coverage_of
from monitor.history.answers import CoverageStatement, SeenBy
from monitor.history.record import reading
from monitor.model.change import GapClosed, GapOpened
from monitor.model.docket import Sighting
from monitor.model.outcome import Consequences, PollOutcome
from monitor.model.reading import Reading
from monitor.model.source import Source, Traits, Window
from monitor.model.watch import EVERYTHING, Watch, WatchState
from monitor.poll import claim_due
from monitor.sources.court_rss import COURT_RSS
from monitor.sources.courtlistener import DOCUMENTS, ENTRIES, WEBHOOK
from monitor.sources.news_feed import NEWS
from monitor.store.database import SqlStore
from tests.contract.test_healing import NUMBER, WATCH, Readings, conclude
from tests.feeds import NOON
from tests.history.test_paging import keep
from tests.make import DAY, HOUR, MINUTE, docket, entry

#: A day in Washington, and when it begins: long before anything was read.
SINCE = date(2026, 2, 25)
ASKED = datetime(2026, 2, 25, 5, 0, tzinfo=UTC)


@pytest.fixture
def readings(store: SqlStore) -> Readings:
    """A court that nobody has read yet, and a watch of one docket."""
    found = Readings(store)
    sources(found, court=COURT_RSS)
    with store.begin() as unit:
        unit.watches.put(WATCH)
    return found


def sources(readings: Readings, **kinds: Traits) -> None:
    some = [
        Source(
            name,
            traits,
            "https://x",
            timedelta(minutes=10),
            court_id="dcd",
            docket_number="" if traits.carries_whole_court else NUMBER,
        )
        for name, traits in kinds.items()
    ]
    with readings.store.begin() as unit:
        unit.sources.put(some, readings.now)


def reads(readings: Readings, name: str, at: datetime, *watches: Watch, **more: Any) -> PollOutcome:
    """A whole reading of a source, at this moment; a court's feed was built just then."""
    readings.now = at - timedelta(minutes=10)
    built_at = more.pop("built_at", at if name.startswith("court") else None)
    read = Reading(**{"window": Window(), "built_at": built_at} | more)
    return conclude(readings, name, read, watches or (WATCH,))


def fails(readings: Readings, name: str, at: datetime) -> None:
    readings.now = at - timedelta(minutes=10)
    down: Any = SourceUnreachable("https://x", "HTTP 503")
    conclude(readings, name, down)


def close_gap(readings: Readings, gap: GapOpened, at: datetime) -> None:
    with readings.store.begin() as unit:
        (claim,) = claim_due(unit, at, 1, 60, [gap.source_id])
        closed = GapClosed(gap.source_id, gap.from_at, gap.until_at, gap.reason)
        unit.save(
            PollOutcome(
                gap.source_id, claim.lease, at, claim.state, Consequences(changes=(closed,))
            )
        )


def statements(
    store: SqlStore, now: datetime, since: date = SINCE, case_id: str = ""
) -> tuple[CoverageStatement, ...]:
    with reading(store) as record:
        return coverage_of.coverage(record, since, now, case_id)


def statement(readings: Readings, now: datetime, since: date = SINCE) -> CoverageStatement:
    (found,) = statements(readings.store, now, since)
    return found


def spans(said: CoverageStatement, source_id: str = "court") -> list[tuple[datetime, datetime]]:
    (seen,) = [one for one in said.seen_by if one.source_id == source_id]
    return [(span.since, span.until) for span in seen.spans]


def holes(said: CoverageStatement) -> list[tuple[datetime, datetime]]:
    return [(period.since, period.until) for period in said.not_visible]


# --- who saw it ---


def test_what_nobody_read_nobody_saw(readings: Readings) -> None:
    said = statement(readings, NOON)
    assert said.seen_by == ()
    assert said.asked == Span(ASKED, NOON)
    assert holes(said) == [(ASKED, NOON)]


def test_a_source_that_never_answered_vouches_for_nothing(readings: Readings) -> None:
    fails(readings, "court", NOON)
    said = statement(readings, NOON)
    assert said.seen_by == ()
    assert holes(said) == [(ASKED, NOON)]


def test_a_courts_feed_shows_the_day_before_its_first_reading(readings: Readings) -> None:
    reads(readings, "court", NOON)
    said = statement(readings, NOON)
    assert spans(said) == [(NOON - DAY, NOON)]
    assert holes(said) == [(ASKED, NOON - DAY)]


def test_a_whole_list_shows_everything_before_it(readings: Readings) -> None:
    sources(readings, cl=ENTRIES)
    reads(readings, "cl", NOON)
    said = statement(readings, NOON + HOUR)
    assert [(one.source_id, one.is_whole_list) for one in said.seen_by] == [("cl", True)]
    assert holes(said) == [(NOON, NOON + HOUR)]


def test_what_was_read_up_to_now_leaves_nothing_out(readings: Readings) -> None:
    sources(readings, cl=ENTRIES)
    reads(readings, "cl", NOON)
    for hours in range(4):
        reads(readings, "court", NOON + hours * HOUR)
    said = statement(readings, NOON + 3 * HOUR)
    assert spans(said) == [(NOON - DAY, NOON + 3 * HOUR)]
    assert holes(said) == []


def test_a_list_that_was_read_in_part_is_no_list(readings: Readings) -> None:
    sources(readings, cl=ENTRIES)
    reads(readings, "cl", NOON, window=None, is_partial=True, cursor="more")
    said = statement(readings, NOON)
    assert said.seen_by == ()
    assert holes(said) == [(ASKED, NOON)]


@pytest.mark.parametrize("kind", [WEBHOOK, DOCUMENTS, NEWS], ids=lambda kind: kind.kind)
def test_what_shows_no_whole_vouches_for_nothing(readings: Readings, kind: Traits) -> None:
    sources(readings, other=kind)
    seen = Sighting("other", "k", "dcd", NUMBER, entry_keys=("cl:9",), text="ORDER denying it")
    sightings = (seen,) if kind.shows_filings else ()
    reads(readings, "other", NOON, sightings=sightings, window=Window())
    said = statement(readings, NOON)
    assert said.seen_by == ()
    assert holes(said) == [(ASKED, NOON)]


def test_a_feed_says_what_it_carries(readings: Readings) -> None:
    carries = "Docket entries of type: orders, opinions"
    reads(readings, "court", NOON, window=Window(description=carries), description=carries)
    (seen,) = statement(readings, NOON).seen_by
    assert seen == SeenBy("court", "", carries, (Span(NOON - DAY, NOON),), is_whole_list=False)


# --- what nobody saw ---


def test_since_the_last_good_reading_nothing_is_visible(readings: Readings) -> None:
    reads(readings, "court", NOON)
    for hours in (1, 2, 3):
        fails(readings, "court", NOON + hours * HOUR)
    said = statement(readings, NOON + 3 * HOUR)
    assert spans(said) == [(NOON - DAY, NOON)]
    assert holes(said)[-1] == (NOON, NOON + 3 * HOUR)


def test_an_outage_that_the_next_window_bridges_hides_nothing(readings: Readings) -> None:
    reads(readings, "court", NOON)
    fails(readings, "court", NOON + 5 * HOUR)
    reads(readings, "court", NOON + 20 * HOUR)
    said = statement(readings, NOON + 20 * HOUR)
    assert spans(said) == [(NOON - DAY, NOON + 20 * HOUR)]
    assert holes(said) == [(ASKED, NOON - DAY)]


def test_an_outage_of_days_leaves_a_hole(readings: Readings) -> None:
    reads(readings, "court", NOON)
    reads(readings, "court", NOON + 3 * DAY)
    said = statement(readings, NOON + 3 * DAY)
    assert spans(said) == [(NOON - DAY, NOON), (NOON + 2 * DAY, NOON + 3 * DAY)]
    assert holes(said) == [(ASKED, NOON - DAY), (NOON, NOON + 2 * DAY)]
    assert said.gaps_looked_into == ()


def test_two_outages_leave_two_holes(readings: Readings) -> None:
    for days in (0, 3, 6):
        reads(readings, "court", NOON + days * DAY)
    said = statement(readings, NOON + 6 * DAY)
    assert holes(said)[1:] == [(NOON, NOON + 2 * DAY), (NOON + 3 * DAY, NOON + 5 * DAY)]


def test_a_gap_that_another_source_fills_in_is_visible(readings: Readings) -> None:
    sources(readings, cl=ENTRIES)
    reads(readings, "cl", NOON)
    reads(readings, "court", NOON)
    reads(readings, "court", NOON + 3 * DAY)
    reads(readings, "cl", NOON + 3 * DAY)
    said = statement(readings, NOON + 3 * DAY)
    assert len(spans(said)) == 2
    assert holes(said) == []


def test_a_gap_that_was_looked_into_stays_a_hole_of_its_feed(readings: Readings) -> None:
    reads(readings, "court", NOON)
    outcome = reads(readings, "court", NOON + 3 * DAY)
    (gap,) = [c for c in outcome.consequences.changes if isinstance(c, GapOpened)]
    at = NOON + 3 * DAY + HOUR
    close_gap(readings, gap, at)
    said = statement(readings, NOON + 3 * DAY)
    (looked,) = said.gaps_looked_into
    assert (looked.source_id, looked.since, looked.until) == ("court", NOON, NOON + 2 * DAY)
    assert looked.at == at
    assert holes(said)[-1] == (NOON, NOON + 2 * DAY)


def test_a_feed_that_stands_still_vouches_until_it_was_built(readings: Readings) -> None:
    reads(readings, "court", NOON)
    for hours in (4, 8, 12):
        reads(readings, "court", NOON + hours * HOUR, built_at=NOON + HOUR)
    said = statement(readings, NOON + 12 * HOUR)
    assert spans(said) == [(NOON - DAY, NOON + HOUR)]
    assert holes(said)[-1] == (NOON + HOUR, NOON + 12 * HOUR)


def test_a_build_date_that_lies_ahead_makes_nothing_visible(readings: Readings) -> None:
    reads(readings, "court", NOON)
    reads(readings, "court", NOON + HOUR, built_at=NOON + 400 * DAY)
    said = statement(readings, NOON + 9 * DAY)
    assert spans(said)[-1][1] <= NOON + HOUR
    assert holes(said)[-1] == (spans(said)[-1][1], NOON + 9 * DAY)


def test_a_source_that_rests_vouches_for_what_it_showed(readings: Readings) -> None:
    reads(readings, "court", NOON)
    with readings.store.begin() as unit:
        unit.sources.disable_except([])
    said = statement(readings, NOON + DAY)
    assert spans(said) == [(NOON - DAY, NOON)]
    assert holes(said)[-1] == (NOON, NOON + DAY)


# --- for whom ---


def test_a_watch_that_came_later_counts_from_its_own_first_reading(readings: Readings) -> None:
    late = replace(WATCH, watch_id="late", case_id="late", docket_number="1:25-cv-00999")
    for days in range(4):
        reads(readings, "court", NOON + days * DAY)
    with readings.store.begin() as unit:
        unit.watches.put(late)
    reads(readings, "court", NOON + 4 * DAY, WATCH, late)
    by_case = {one.case_id: one for one in statements(readings.store, NOON + 4 * DAY)}
    assert spans(by_case["case"]) == [(NOON - DAY, NOON + 4 * DAY)]
    assert spans(by_case["late"]) == [(NOON + 3 * DAY, NOON + 4 * DAY)]
    assert holes(by_case["late"]) == [(ASKED, NOON + 3 * DAY)]


def test_a_source_that_another_watch_needs_is_no_source_of_this_one(readings: Readings) -> None:
    other = replace(WATCH, watch_id="w2", case_id="other", court_id="cadc", docket_number="26-1")
    with readings.store.begin() as unit:
        unit.watches.put(other)
    reads(readings, "court", NOON, WATCH, other)
    by_case = {one.case_id: one for one in statements(readings.store, NOON)}
    assert len(by_case["case"].seen_by) == 1
    assert by_case["other"].seen_by == ()
    assert [one.case_id for one in statements(readings.store, NOON, case_id="other")] == ["other"]


def test_of_what_is_not_watched_now_no_silence_is_vouched_for(readings: Readings) -> None:
    reads(readings, "court", NOON)
    with readings.store.begin() as unit:
        unit.watches.set_state(WATCH.watch_id, WatchState.REMOVED)
    (said,) = statements(readings.store, NOON, case_id=WATCH.case_id)
    assert said.seen_by == ()
    assert holes(said) == [(ASKED, NOON)]


def test_a_watch_that_was_removed_and_added_again_begins_anew(readings: Readings) -> None:
    reads(readings, "court", NOON)
    with readings.store.begin() as unit:
        unit.watches.set_state(WATCH.watch_id, WatchState.REMOVED)
    reads(readings, "court", NOON + 12 * HOUR, replace(WATCH, state=WatchState.REMOVED))
    reads(readings, "court", NOON + 30 * HOUR, replace(WATCH, state=WatchState.REMOVED))
    back = NOON + 4 * DAY
    with readings.store.begin() as unit:
        unit.watches.forget_baselines(WATCH.watch_id, back)
        unit.watches.put(WATCH)
    assert statement(readings, back).seen_by == ()
    reads(readings, "court", back)
    assert holes(statement(readings, back)) == [(ASKED, back - DAY)]


def test_a_paused_watch_is_read_and_its_silence_vouched_for(readings: Readings) -> None:
    resting = replace(WATCH, state=WatchState.PAUSED)
    reads(readings, "court", NOON, resting)
    with readings.store.begin() as unit:
        unit.watches.set_state(WATCH.watch_id, WatchState.PAUSED)
    said = statement(readings, NOON)
    assert (said.state, len(said.seen_by)) == ("paused", 1)


# --- which part of the time ---

BEGINS = {
    "Washington in winter": ("dcd", date(2026, 3, 2), datetime(2026, 3, 2, 5, 0, tzinfo=UTC)),
    "Washington in summer": ("dcd", date(2026, 7, 1), datetime(2026, 7, 1, 4, 0, tzinfo=UTC)),
    "Hawaii": ("hid", date(2026, 3, 2), datetime(2026, 3, 2, 10, 0, tzinfo=UTC)),
    "Guam": ("gud", date(2026, 3, 2), datetime(2026, 3, 1, 14, 0, tzinfo=UTC)),
}


@pytest.mark.parametrize(("court_id", "since", "at"), BEGINS.values(), ids=BEGINS)
def test_a_day_begins_where_the_court_is(
    store: SqlStore, court_id: str, since: date, at: datetime
) -> None:
    keep(store, watches=[replace(WATCH, court_id=court_id)])
    (said,) = statements(store, at + DAY, since)
    assert (said.asked.since, said.asked.until) == (at, at + DAY)


def test_what_was_seen_before_is_cut_off_where_the_question_begins(readings: Readings) -> None:
    reads(readings, "court", NOON)
    reads(readings, "court", NOON + 12 * HOUR)
    said = statement(readings, NOON + 12 * HOUR, since=date(2026, 3, 2))
    assert spans(said) == [(NOON - 7 * HOUR, NOON + 12 * HOUR)]
    assert holes(said) == []


# --- what was seen ---

ACTS = {
    "order": entry("order", "ORDER denying it", entry_number=50),
    "opinion": entry("opinion", "MEMORANDUM OPINION", events=["Memorandum & Opinion"]),
    "judgment": entry("judgment", "", events=["Judgment"], entry_number=53),
    "motion": entry("motion", "MOTION to Stay", events=["Motion to Stay"], entry_number=54),
    "notice": entry("notice", "", events=["Notice of Appearance"], entry_number=57),
}


def test_the_courts_acts_are_named_and_nothing_else(readings: Readings) -> None:
    elsewhere = entry("elsewhere", docket_id="dcd/1:25-cv-00999")
    keep(
        readings.store,
        *ACTS.values(),
        replace(ACTS["order"], entry_id="double", merged_into="order"),
        elsewhere,
        dockets=[docket(), docket("1:25-cv-00999")],
    )
    said = statement(readings, NOON)
    assert set(said.orders) == {"order", "opinion", "judgment"}
    assert len(said.orders) == 3


def test_acts_are_named_from_the_day_asked_for_the_newest_first(readings: Readings) -> None:
    days = {"old": date(2026, 2, 24), "first": SINCE, "new": date(2026, 3, 1)}
    keep(
        readings.store,
        *(entry(name, date_filed=day, entry_number=None) for name, day in days.items()),
        entry("undated", date_filed=None, published_at=None, first_seen_at=ASKED),
        entry("undated-old", date_filed=None, published_at=None, first_seen_at=ASKED - MINUTE),
    )
    assert statement(readings, NOON).orders == ("new", "first", "undated")


def test_a_watch_of_a_whole_court_names_the_acts_of_every_docket(readings: Readings) -> None:
    everything = replace(WATCH, docket_number=EVERYTHING)
    keep(
        readings.store,
        entry("here"),
        entry("there", docket_id="dcd/1:25-cv-00999"),
        entry("hawaii", docket_id="hid/1:25-cv-00457"),
        dockets=[docket(), docket("1:25-cv-00999"), docket(court_id="hid")],
        watches=[everything],
    )
    assert set(statement(readings, NOON).orders) == {"here", "there"}


def test_numbers_that_nobody_showed_are_named(readings: Readings) -> None:
    keep(readings.store, *ACTS.values(), entry("unnumbered", entry_number=None))
    keep(readings.store, replace(ACTS["order"], entry_id="g", entry_number=90, merged_into="order"))
    keep(readings.store, replace(ACTS["opinion"], entry_number=51))
    assert statement(readings, NOON).entry_numbers_not_seen == ((52, 52), (55, 56))


def test_running_numbers_that_nobody_showed_are_named(readings: Readings) -> None:
    keys = {f"e{n}": (f"dcd:seq:225292:{n}",) for n in (10, 11, 14)}
    keep(
        readings.store,
        *(entry(name, keys=some, entry_number=None) for name, some in keys.items()),
        entry("other", keys=("cl:99",), entry_number=None),
    )
    said = statement(readings, NOON)
    assert said.sequence_numbers_not_seen == ((12, 13),)
    assert said.entry_numbers_not_seen == ()


def test_nothing_seen_misses_no_number(readings: Readings) -> None:
    said = statement(readings, NOON)
    assert (said.orders, said.entry_numbers_not_seen, said.sequence_numbers_not_seen) == (
        (),
        (),
        (),
    )
