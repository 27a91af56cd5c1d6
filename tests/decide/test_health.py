"""What a source's answers, failures and silences are worth, and what is said of them, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.decide.health import Health, judge_failure, judge_source
from monitor.decide.policy import Policy
from monitor.model.alert import CoverageChanged, GapOpened, SourceRecovered, SourceUnhealthy
from monitor.model.reading import Reading
from monitor.model.source import Source, SourceState, Window
from monitor.model.subjects import case_of, cases_of
from monitor.sources import courtlistener, news_feed
from tests.feeds import NOON
from tests.make import DAY, HOUR, MINUTE, NUMBER, evidence, source, watch

FEED = source()
LISTING = source("cl:entries", courtlistener.ENTRIES, docket_number=NUMBER)
NEWEST = source("cl:atom", courtlistener.ATOM, docket_number=NUMBER)
PUSHED = source("cl:webhook", courtlistener.WEBHOOK)
PRESS = source("news:press", news_feed.NEWS, court_id="")
#: Read ten minutes ago, built half an hour ago, items from an hour ago.
WELL = SourceState(
    NOON,
    last_polled_at=NOON - 10 * MINUTE,
    last_good_at=NOON - 10 * MINUTE,
    built_at=NOON - 30 * MINUTE,
    covered_since=NOON - 9 * DAY,
    covered_until=NOON - 30 * MINUTE,
    window=Window(fingerprints=b"x" * 16, newest_at=NOON - HOUR, description="all"),
)
SICK = replace(WELL, unhealthy_since=NOON - HOUR, failures=4, last_error="HTTP 503")


def good(state: SourceState = WELL, by: Source = FEED, now: datetime = NOON, **more: Any) -> Health:
    values: dict[str, Any] = {"built_at": now - MINUTE, "total": 9, "shared": 3} | more
    return judge_source(evidence(Reading(**values), by=by, state=state, now=now))


def topics(health: Health) -> list[str]:
    return [alert.topic for alert in health.consequences.alerts]


# --- failures ---


def fails(state: SourceState, times: int, *, unhealthy_after: int = 3) -> list[Health]:
    seen = []
    for number in range(times):
        now = NOON + number * HOUR
        policy = Policy(unhealthy_after=unhealthy_after)
        seen.append(judge_failure(evidence(state=state, policy=policy, now=now), f"HTTP 50{number}"))  # fmt: skip
        state = seen[-1].state
    return seen


def test_failures_in_a_row_are_told_once_and_only_after_some() -> None:
    seen = fails(WELL, 30)
    assert [place for place, one in enumerate(seen) if topics(one)] == [2]
    assert topics(seen[2]) == ["source_unhealthy"]
    assert [one.state.failures for one in seen] == list(range(1, 31))


def test_a_failure_says_when_the_source_was_last_read_and_whom_it_concerns() -> None:
    (alert,) = fails(WELL, 1, unhealthy_after=1)[0].consequences.alerts
    assert isinstance(alert, SourceUnhealthy)
    assert (alert.reason, alert.last_good_at) == ("HTTP 500", WELL.last_good_at)
    assert [one.docket.docket_number for one in alert.dockets] == [NUMBER]
    assert cases_of(alert) == {"ctr-v-irs"}
    assert case_of(alert) == ""


def test_a_failure_touches_nothing_that_was_known() -> None:
    after = fails(WELL, 1)[0].state
    assert replace(after, last_polled_at=WELL.last_polled_at, failures=0, last_error="") == WELL


def test_one_good_answer_forgets_failures_that_nobody_was_told_of() -> None:
    tired = fails(WELL, 2)[-1].state
    health = good(tired, now=NOON + 2 * HOUR)
    assert topics(health) == []
    assert (health.state.failures, health.state.last_error) == (0, "")
    assert topics(fails(health.state, 2)[-1]) == []


def test_a_source_that_never_answered_is_told_as_well() -> None:
    (alert,) = fails(SourceState(NOON), 3)[-1].consequences.alerts
    assert isinstance(alert, SourceUnhealthy)
    assert alert.last_good_at is None


# --- recovery ---


def test_a_recovery_is_told_once_with_what_was_wrong() -> None:
    health = good(SICK)
    (alert,) = health.consequences.alerts
    assert isinstance(alert, SourceRecovered)
    assert (alert.reason, alert.since, alert.is_whole) == ("HTTP 503", NOON - HOUR, True)
    assert health.state.unhealthy_since is None
    assert topics(good(health.state, now=NOON + 10 * MINUTE)) == []


def test_a_second_sickness_is_another_one() -> None:
    first = fails(WELL, 3)[-1].consequences.alerts[0]
    second = judge_failure(evidence(state=replace(WELL, failures=2), now=NOON + 2 * DAY), "HTTP 503")  # fmt: skip
    assert first.alert_id != second.consequences.alerts[0].alert_id


def test_a_recovery_behind_a_gap_does_not_say_that_nothing_is_missing() -> None:
    long_ago = NOON - 40 * HOUR
    sick = replace(SICK, built_at=long_ago, last_good_at=long_ago)
    health = good(sick, shared=0, oldest_at=NOON - 20 * HOUR)
    assert topics(health) == ["gap_opened", "source_recovered"]
    recovered = health.consequences.alerts[1]
    assert isinstance(recovered, SourceRecovered)
    assert not recovered.is_whole


def test_a_list_that_recovers_does_not_vouch_for_a_window() -> None:
    (alert,) = good(SICK, LISTING).consequences.alerts
    assert isinstance(alert, SourceRecovered)
    assert not alert.is_whole


# --- complaints about answers that were read ---

#: 2026-03-02 is a Monday; in Washington the Sunday before ends at 05:00 UTC.
SATURDAY = datetime(2026, 3, 7, 17, 0, tzinfo=UTC)
LATE_SUNDAY = datetime(2026, 3, 2, 4, 30, tzinfo=UTC)
STANDING: dict[str, tuple[datetime, timedelta, bool]] = {
    "a Monday, five hours": (NOON, 5 * HOUR, False),
    "a Monday, seven hours": (NOON, 7 * HOUR, True),
    "a Saturday, seven hours": (SATURDAY, 7 * HOUR, False),
    "a Saturday, two days": (SATURDAY, 2 * DAY, True),
    "Monday in London, Sunday in Washington": (LATE_SUNDAY, 7 * HOUR, False),
    "an hour later it is Monday there too": (LATE_SUNDAY + HOUR, 7 * HOUR, True),
}


@pytest.mark.parametrize(("now", "age", "is_told"), STANDING.values(), ids=STANDING)
def test_a_feed_that_is_not_rebuilt_is_told(
    now: datetime, age: timedelta, *, is_told: bool
) -> None:
    state = replace(WELL, built_at=now - age, last_good_at=now - 10 * MINUTE)
    health = good(state, now=now, built_at=now - age)
    assert topics(health) == (["source_unhealthy"] if is_told else [])


def test_a_feed_that_stands_still_is_told_once_and_vouches_for_no_more_than_its_build() -> None:
    built = NOON - 7 * HOUR
    state = replace(WELL, built_at=built, covered_until=built)
    first = good(state, built_at=built)
    again = good(first.state, built_at=built, now=NOON + HOUR)
    assert (topics(first), topics(again)) == (["source_unhealthy"], [])
    assert again.state.covered_until == built
    assert again.state.unhealthy_since == NOON
    recovered = good(again.state, now=NOON + 2 * HOUR)
    assert topics(recovered) == ["source_recovered"]


def test_failures_of_a_feed_that_is_told_as_sick_are_not_told_again() -> None:
    standing = good(replace(WELL, built_at=NOON - 7 * HOUR), built_at=NOON - 7 * HOUR).state
    assert [topics(one) for one in fails(standing, 5)] == [[]] * 5


def test_the_press_and_lists_have_no_build_to_stand_still() -> None:
    built = NOON - 9 * DAY
    for by in (PRESS, LISTING):
        assert topics(good(replace(WELL, built_at=built), by, built_at=built)) == []


@pytest.mark.parametrize(("ahead", "is_told"), [(10 * MINUTE, False), (HOUR, True), (400 * DAY, True)])  # fmt: skip
def test_a_build_that_lies_ahead_is_not_believed(ahead: timedelta, *, is_told: bool) -> None:
    health = good(built_at=NOON + ahead)
    assert topics(health) == (["source_unhealthy"] if is_told else [])
    assert health.state.built_at == (WELL.built_at if is_told else NOON + ahead)
    assert health.state.covered_until is not None
    assert health.state.covered_until <= NOON + 15 * MINUTE


def test_coverage_that_was_claimed_under_a_wrong_clock_is_taken_back() -> None:
    wrong = replace(WELL, covered_until=NOON + 30 * DAY)
    assert good(wrong).state.covered_until == NOON - MINUTE


def test_an_older_build_from_a_cache_takes_nothing_back() -> None:
    health = good(built_at=NOON - 3 * HOUR, is_old=True)
    assert (health.state.built_at, health.state.covered_until) == (WELL.built_at, WELL.covered_until)  # fmt: skip
    assert health.gap is None


def test_what_a_reader_complains_of_is_told_while_it_lasts() -> None:
    first = good(complaint="it lists nothing any more")
    assert topics(first) == ["source_unhealthy"]
    assert first.state.last_error == "it lists nothing any more"
    assert topics(good(first.state, complaint="it lists nothing any more")) == []
    assert topics(good(first.state)) == ["source_recovered"]


def test_a_note_is_kept_and_tells_nobody() -> None:
    health = good(note="CourtListener has no such docket yet")
    assert topics(health) == []
    assert health.state.note == "CourtListener has no such docket yet"
    assert good(health.state).state.note == ""


# --- gaps ---


def away(hours: float, **more: Any) -> Health:
    last = NOON - timedelta(hours=hours)
    state = replace(WELL, built_at=last, last_good_at=last, window=Window(newest_at=last))
    values: dict[str, Any] = {"built_at": NOON, "shared": 0} | more
    return good(state, **values)


def test_a_longer_silence_than_the_feed_shows_is_a_gap() -> None:
    health = away(30, oldest_at=NOON - 23 * HOUR)
    (alert,) = health.consequences.alerts
    assert isinstance(alert, GapOpened)
    assert (alert.gap.from_at, alert.gap.until_at) == (NOON - 30 * HOUR, NOON - 24 * HOUR)
    assert [one.docket.docket_number for one in alert.dockets] == [NUMBER]
    assert health.gap in health.consequences.changes


def test_windows_that_share_an_item_join_however_long_it_was() -> None:
    assert away(30, shared=1).gap is None
    assert away(20, oldest_at=NOON - 23 * HOUR).gap is None


def test_a_feed_that_shows_less_than_a_day_may_have_dropped_something() -> None:
    health = away(20, oldest_at=NOON - 2 * HOUR)
    assert health.gap is not None
    assert (health.gap.from_at, health.gap.until_at) == (NOON - 20 * HOUR, NOON - 2 * HOUR)


def test_after_a_gap_coverage_begins_anew() -> None:
    health = away(30)
    assert health.gap is not None
    assert health.state.covered_since == health.gap.until_at
    assert good(health.state, now=NOON + HOUR).state.covered_since == health.gap.until_at


def test_a_gap_is_told_once() -> None:
    first = away(30)
    again = good(first.state, shared=0, built_at=NOON + HOUR, now=NOON + HOUR, total=0)
    assert topics(again) == []


def test_a_first_reading_has_no_gap_and_vouches_for_the_day_it_shows() -> None:
    health = good(SourceState(NOON), shared=0)
    assert health.consequences.alerts == ()
    assert health.state.covered_since == NOON - DAY
    assert good(SourceState(NOON), LISTING).state.covered_since == NOON


@pytest.mark.parametrize(
    ("total", "shared", "is_gap"), [(30, 0, True), (30, 1, False), (29, 0, False), (0, 0, False)]
)
def test_a_list_of_the_newest_thirty_has_a_gap_where_none_was_seen_before(
    total: int, shared: int, *, is_gap: bool
) -> None:
    assert (good(by=NEWEST, total=total, shared=shared).gap is not None) == is_gap


def test_a_list_of_everything_hides_nothing_however_long_it_was_away() -> None:
    state = replace(WELL, built_at=None, last_good_at=NOON - 90 * DAY)
    assert good(state, LISTING, shared=0, built_at=None).gap is None


# --- what it says that it carries ---


@pytest.mark.parametrize(
    ("before", "after", "is_told"),
    [("all", "orders only", True), ("all", "all", False), ("", "all", False), ("all", "", False)],
)
def test_a_source_that_carries_other_entries_than_before_is_told(
    before: str, after: str, *, is_told: bool
) -> None:
    health = good(replace(WELL, window=Window(description=before)), description=after)
    assert topics(health) == (["coverage_changed"] if is_told else [])
    for alert in health.consequences.alerts:
        assert isinstance(alert, CoverageChanged)
        assert (alert.before, alert.after) == (before, after)


# --- what is pushed ---


def test_what_is_pushed_vouches_for_nothing_and_says_that_it_comes_again() -> None:
    state = replace(SICK, covered_until=None, covered_since=None)
    health = good(state, PUSHED, complaint="odd", description="orders", built_at=NOON + DAY)
    (recovered,) = health.consequences.alerts
    assert isinstance(recovered, SourceRecovered)
    assert not recovered.is_whole
    assert (health.state.covered_since, health.state.covered_until) == (None, None)
    assert (health.state.last_good_at, health.state.failures) == (NOON, 0)
    assert health.state.unhealthy_since is None


# --- what is remembered ---


def test_validators_are_those_of_this_answer_and_a_cursor_is_never_lost() -> None:
    state = replace(WELL, etag='"1"', last_modified="Mon", cursor="c1", incomplete=2)
    after = good(state, etag='"2"', incomplete=3).state
    assert (after.etag, after.last_modified, after.cursor) == ('"2"', "", "c1")
    assert after.incomplete == 5
    assert good(state, cursor="c2").state.cursor == "c2"


def test_whom_it_concerns_is_who_watches_that_court() -> None:
    watches = [watch(), watch("x", case="roe", number="1:25-cv-00999")]
    elsewhere = replace(watch("y", case="acme"), court_id="mad")
    state = replace(WELL, failures=2)
    judged = evidence(state=state, watches=[*watches, elsewhere])
    (alert,) = judge_failure(judged, "HTTP 503").consequences.alerts
    assert cases_of(alert) == {"ctr-v-irs", "roe"}


@pytest.mark.parametrize("reason", ["a\r\nBcc: x@example.org", "<script>", "", "\u202e" * 9])
def test_a_hostile_reason_is_kept_and_breaks_nothing(reason: str) -> None:
    health = judge_failure(evidence(state=replace(WELL, failures=2)), reason)
    assert health.state.last_error == reason
    assert topics(health) == ["source_unhealthy"]


def test_the_weekend_is_that_of_the_court() -> None:
    now = datetime(2026, 3, 6, 16, 0, tzinfo=UTC)  # Friday in Washington, Saturday in Guam
    built = now - 7 * HOUR
    state = replace(WELL, built_at=built, last_good_at=now - MINUTE)
    guam = source("court:gud", court_id="gud")
    assert topics(good(state, guam, now=now, built_at=built)) == []
    assert topics(good(state, FEED, now=now, built_at=built)) == ["source_unhealthy"]


# --- sources that come and go ---

PATIENT = Policy(unhealthy_after=3, unhealthy_for=15 * MINUTE)


def failing(state: SourceState, begins: datetime, minutes: int, step: int = 5) -> list[int]:
    """After how many minutes of failures it was told; it is read again every `step` minutes."""
    told = []
    for minute in range(0, minutes, step):
        now = begins + minute * MINUTE
        proof = evidence(state=state, policy=PATIENT, now=now)
        health = judge_failure(proof, "HTTP 503", now + step * MINUTE)
        state = health.state
        told += [minute] if topics(health) else []
    return told


def test_a_short_failure_is_no_sickness() -> None:
    state = replace(WELL, last_good_at=NOON)
    assert failing(state, NOON, 10) == []
    assert failing(state, NOON, 120) == [10], "the next look would come too late"


def test_who_is_asked_again_only_much_later_is_told_of_now() -> None:
    state = replace(WELL, last_good_at=NOON, failures=2)
    proof = evidence(state=state, policy=PATIENT, now=NOON + MINUTE)
    assert topics(judge_failure(proof, "HTTP 429", NOON + DAY)) == ["source_unhealthy"]
    assert topics(judge_failure(proof, "HTTP 503", NOON + 5 * MINUTE)) == []


@pytest.mark.parametrize("field", ["last_good_at", "recovered_at"])
def test_a_moment_of_a_wrong_clock_excuses_nothing(field: str) -> None:
    ahead = {"last_good_at": NOON, field: NOON + 30 * DAY}
    assert failing(replace(WELL, **ahead), NOON, 120) == [10]  # type: ignore[arg-type]


def test_who_was_never_read_well_has_no_grace() -> None:
    assert failing(replace(WELL, last_good_at=None), NOON, 60) == [10]


def test_a_source_that_comes_and_goes_is_given_more_time() -> None:
    health = good(SICK, now=NOON)
    assert topics(health) == ["source_recovered"]
    assert failing(health.state, NOON, 180) == [55]
    later = good(health.state, now=NOON + 7 * HOUR).state
    assert failing(later, NOON + 7 * HOUR, 180) == [10]


def test_what_recovered_is_remembered_while_it_is_well() -> None:
    well = good(SICK, now=NOON).state
    assert well.recovered_at == NOON
    assert good(well, now=NOON + HOUR).state.recovered_at == NOON
