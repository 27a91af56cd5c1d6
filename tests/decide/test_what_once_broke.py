"""Faults that were found by asking: what would swallow an order, tell it twice, vouch for too much?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.decide.appeals import follow_appeals
from monitor.decide.compare import Comparison, compare
from monitor.decide.evidence import Evidence
from monitor.decide.filings import tell_baseline, tell_filings
from monitor.decide.look_ups import judge_look_ups
from monitor.decide.outcome import decide, decide_after_failure
from monitor.decide.policy import Policy
from monitor.errors import AskedTooOften
from monitor.match.watchlist import make_watchlist
from monitor.model.alert import CaughtUp, FilingAlert, SourceRecovered
from monitor.model.docket import Document, EntryKind, Sighting
from monitor.model.outcome import Consequences, PollOutcome
from monitor.model.quota import Priority, look_up_source
from monitor.model.reading import Memory, Reading
from monitor.model.source import Claim, SourceState, Window
from monitor.model.subjects import entries_of
from monitor.model.watch import EVERYTHING, Watch
from monitor.schedule import LONGEST_WAIT
from monitor.sources import courtlistener
from tests.decide.test_appeals import EXPECTED, NUMBERED, above, candidate, shown, states
from tests.decide.test_compare import known, remembered, row, seen
from tests.decide.test_press import TITLE, item, press
from tests.feeds import NOON
from tests.make import HOUR, MINUTE, evidence, source, watch

# --- watches ---


def told(given: Evidence) -> tuple[Sequence[FilingAlert], Comparison]:
    found = compare(given.source.source_id, given.reading, given.memory, given.now)
    return tell_filings(given, found), found


def test_a_second_watch_of_the_case_does_not_swallow_what_the_first_would_be_told() -> None:
    old = watch("dcd/1:14-cr-10363-2", number="1:14-cr-10363-2")
    new = watch("dcd/1:14-cr-10363", number="1:14-cr-10363", since=NOON)  # sorts first, just added
    order = seen(docket_number="1:14-cr-10363-2", published_at=NOON - 5 * MINUTE)
    given = evidence(
        Reading(sightings=(order,), window=Window()),
        watches=[new, old],
        memory=Memory(baselines=frozenset({old.watch_id})),
    )
    alerts, _ = told(given)
    assert [a.topic for a in alerts] == ["filed"]


def test_somebody_elses_watch_on_the_whole_court_above_does_not_hide_the_appeal() -> None:
    all_of_cadc = watch("all", number=EVERYTHING, case="other", court_id="cadc")
    assert states(above(shown(), watches=[all_of_cadc])) == [("bound", "26-5006")]


def test_nor_where_the_appeal_is_looked_up() -> None:
    all_of_cadc = watch("all", number=EVERYTHING, case="other", court_id="cadc")
    given = evidence(
        Reading(appeals=(candidate(),)), follows=[EXPECTED], watches=[watch(), all_of_cadc]
    )
    found = compare("s", given.reading, given.memory, given.now)
    assert states(follow_appeals(given, found)) == [("bound", "26-5006")]


def test_another_cases_watch_on_the_same_appeal_hides_it_from_nobody() -> None:
    other = watch("o", number="26-5006", case="other", court_id="cadc")
    assert states(above(shown(), watches=[other])) == [("bound", "26-5006")]


def test_two_entries_of_one_reading_that_name_one_appeal_find_it_once() -> None:
    items = (
        seen("USCA Case Number", 12, text=NUMBERED),
        seen("USCA Case Number", 13, text=NUMBERED + " again"),
    )
    given = evidence(Reading(sightings=items))
    said = follow_appeals(given, compare("court:dcd", given.reading, given.memory, NOON))
    assert len(said.changes) == 1
    assert len(said.alerts) == 1


def test_the_order_of_a_dockets_items_does_not_decide_whether_the_appeal_is_bound() -> None:
    sure, undated = shown(), shown(seq=2, date_filed=None, published_at=None)
    assert states(above(sure, undated)) == states(above(undated, sure)) == [("bound", "26-5006")]


def test_a_text_is_asked_of_a_source_that_somebody_reads() -> None:
    on = watch(number="1:14-cr-10363")
    given = evidence(
        Reading(sightings=(seen(docket_number="1:14-cr-10363-2"),)),
        watches=[on],
        policy=Policy(has_api=True),
    )
    alerts, found = told(given)
    asked = judge_look_ups(given, found, alerts, None).look_ups
    assert {one.source_id for one in asked} <= {look_up_source(on.docket_id)}


def test_nothing_is_asked_for_where_a_whole_court_is_watched() -> None:
    on = watch(number=EVERYTHING)
    given = evidence(Reading(sightings=(seen(),)), watches=[on], policy=Policy(has_api=True))
    alerts, found = told(given)
    assert judge_look_ups(given, found, alerts, None).look_ups == ()


def test_now_watching_lists_no_entry_that_was_merged_away() -> None:
    memory = known(
        seen("Notice", entry_number=None),
        row("ORDER. Status report by Friday.", 48),
        memory=Memory(),
    )
    proof = row("ORDER. Status report by Friday.", 48, entry_keys=("cl:900", "dcd:seq:1:10"))
    given = evidence(
        Reading(sightings=(proof,), window=Window()),
        memory=remembered(memory, Consequences(), proof.source_id),
    )
    given = replace(given, source=replace(given.source, source_id=proof.source_id))
    found = compare(proof.source_id, given.reading, given.memory, given.now)
    (alert,) = tell_baseline(given, found).alerts
    assert len(entries_of(alert)) == 1


# --- filing ---

PAPER = (Document("04500000010"),)
OTHER = "1:25-cv-00999"


def told_of(
    *items: Sighting,
    memory: Memory | None = None,
    now: datetime = NOON,
    watches: Sequence[Watch] | None = None,
) -> tuple[Sequence[FilingAlert], Comparison]:
    given = evidence(Reading(sightings=items), memory=memory, now=now, watches=watches)
    found = compare("court:dcd", given.reading, given.memory, now)
    return tell_filings(given, found), found


def test_a_judgment_that_links_the_paper_of_an_earlier_entry_is_not_swallowed_by_its_id() -> None:
    """The court says by its own running numbers that these are two entries of one docket."""
    first, found = told_of(seen("Notice", 10, documents=PAPER))
    memory = remembered(Memory(baselines=frozenset({"w"})), found.consequences())
    then, _ = told_of(seen("Judgment", 11, documents=PAPER), memory=memory, now=NOON + MINUTE)
    assert then[0].alert_id != first[0].alert_id


@pytest.mark.parametrize("order", [1, -1])
def test_one_ruling_on_two_dockets_is_judged_by_its_weightiest_name(order: int) -> None:
    """Whoever asks for orders is told by `judgement`; it is that of whichever item came last."""
    items = (
        seen("Notice", 10, documents=PAPER),
        seen("Order", 20, docket_number=OTHER, documents=PAPER),
    )
    watches = [watch(), watch("x", number=OTHER)]
    alerts, _ = told_of(
        *items[::order], watches=watches, memory=Memory(baselines=frozenset({"w", "x"}))
    )
    assert alerts[0].judgement.kind is EntryKind.ORDER


@pytest.mark.parametrize("order", [1, -1])
def test_a_docket_named_in_one_item_and_bare_in_another_has_its_caption(order: int) -> None:
    items = (seen("Notice", 10, case_name=""), seen("Order", 11))
    _, found = told_of(*items[::order])
    assert found.dockets["dcd/1:25-cv-00457"].case_name


# --- silence ---

READ = Memory(baselines=frozenset({"w"}))
WL = make_watchlist([watch()])


def poll(state: SourceState, **more: Any) -> PollOutcome:
    return decide(Claim(source(), state, "l"), Reading(**more), READ, WL, Policy(), NOON)


def test_a_feed_that_stands_still_does_not_vouch_for_an_outage() -> None:
    """Told as standing still; then the machine was off for three hours; the feed still stands."""
    built = NOON - 12 * HOUR
    state = SourceState(
        NOON,
        last_good_at=NOON - 3 * HOUR,
        built_at=built,
        covered_until=built,
        unhealthy_since=NOON - 5 * HOUR,
        last_error="the feed stands still",
        window=Window(newest_at=built),
    )
    found = poll(state, built_at=built, total=5, shared=5)
    assert [a.topic for a in found.consequences.alerts] == []


def test_a_verdict_reaches_no_further_than_the_build_that_vouches_for_it() -> None:
    """After five hours away the feed shows the build that was read before: nothing is known since."""
    last = NOON - 5 * HOUR
    state = SourceState(
        NOON, last_good_at=last, built_at=last, covered_until=last, window=Window(newest_at=last)
    )
    found = poll(state, built_at=last, total=5, shared=5)
    assert found.state.covered_until == last
    assert not [a for a in found.consequences.alerts if isinstance(a, CaughtUp) and a.until > last]


def test_a_verdict_ends_with_the_build() -> None:
    last, built = NOON - 5 * HOUR, NOON - 50 * MINUTE
    state = SourceState(
        NOON, last_good_at=last, built_at=last, covered_until=last, window=Window(newest_at=last)
    )
    (verdict,) = poll(state, built_at=built, total=5, shared=5).consequences.alerts
    assert isinstance(verdict, CaughtUp)
    assert verdict.until <= built


def test_an_old_build_from_a_cache_does_not_make_a_recovery_whole() -> None:
    last = NOON - 5 * HOUR
    state = SourceState(
        NOON,
        last_good_at=last,
        built_at=last,
        unhealthy_since=NOON - 4 * HOUR,
        last_error="HTTP 503",
        failures=9,
        window=Window(newest_at=last),
    )
    found = poll(state, built_at=last - 2 * HOUR, total=5, shared=0, is_old=True)
    assert not [
        a for a in found.consequences.alerts if isinstance(a, SourceRecovered) and a.is_whole
    ]


def test_a_narrower_coverage_is_told_though_one_build_between_said_nothing() -> None:
    state = SourceState(
        NOON,
        last_good_at=NOON - 10 * MINUTE,
        built_at=NOON - HOUR,
        window=Window(description="all"),
    )
    silent = poll(
        state, built_at=NOON - 30 * MINUTE, total=5, shared=5, window=Window(description="")
    )
    found = poll(
        silent.state,
        built_at=NOON,
        total=5,
        shared=5,
        description="orders only",
        window=Window(description="orders only"),
    )
    assert [a.topic for a in found.consequences.alerts] == ["coverage_changed"]


def test_an_older_build_from_a_cache_changes_no_coverage() -> None:
    state = SourceState(
        NOON,
        last_good_at=NOON - 10 * MINUTE,
        built_at=NOON - HOUR,
        window=Window(description="all"),
    )
    found = poll(
        state,
        built_at=NOON - 3 * HOUR,
        is_old=True,
        total=5,
        shared=5,
        description="orders only",
        window=Window(description="orders only"),
    )
    assert found.consequences.alerts == ()


def test_a_retry_after_of_eleven_days_does_not_silence_a_source_for_eleven_days() -> None:
    claim = Claim(
        source("cl:entries", courtlistener.ENTRIES), SourceState(NOON), "l", Priority.TEXT
    )
    error = AskedTooOften("https://x", "HTTP 429", retry_after=10.0**6)
    found = decide_after_failure(claim, error, WL, Policy(), NOON)
    assert found.state.next_due_at <= NOON + LONGEST_WAIT


def test_a_feed_whose_date_lies_ahead_vouches_for_nothing_new() -> None:
    last = NOON - HOUR
    state = SourceState(
        NOON, last_good_at=last, built_at=last, covered_until=last, window=Window(newest_at=last)
    )
    found = poll(state, built_at=NOON + 48 * HOUR, total=5, shared=5)
    assert found.state.covered_until == last


# --- news ---


def test_copies_around_the_end_of_a_month_are_told_once() -> None:
    late = datetime(2026, 3, 31, 23, 0, tzinfo=UTC)
    first = item("k1", published_at=late)
    copy = item("k2", f"{TITLE} - Example Post", published_at=late + 2 * HOUR)
    alerts = press(first, copy, now=late + 3 * HOUR).alerts
    assert len({alert.alert_id for alert in alerts}) == 1


def test_a_copy_without_a_time_next_month_is_told_once() -> None:
    late = datetime(2026, 3, 31, 23, 0, tzinfo=UTC)
    first = press(item("k1", published_at=late), now=late)
    again = press(
        item("k2", published_at=None),
        now=late + 2 * HOUR,
        memory=remembered(Memory(), first, "news:press"),
    )
    assert again.alerts[0].alert_id == first.alerts[0].alert_id
