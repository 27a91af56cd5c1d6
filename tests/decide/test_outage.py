"""After an outage: one verdict for each case, and none where nobody was away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from monitor.decide.health import Health
from monitor.decide.outage import away_since, catch_up
from monitor.model.alert import CaseRef, CaughtUp, FilingAlert
from monitor.model.change import GapOpened
from monitor.model.delivery import MOST_SINGLE
from monitor.model.outcome import Consequences
from monitor.model.reading import Memory, Reading
from monitor.model.source import Source, SourceState
from monitor.sources import courtlistener, news_feed
from tests.feeds import NOON
from tests.make import (
    DAY,
    HOUR,
    MINUTE,
    NUMBER,
    amended,
    evidence,
    filed,
    gap_opened,
    source,
    watch,
)

FEED = source()
LISTING = source("cl:entries", courtlistener.ENTRIES, docket_number=NUMBER)
PRESS = source("news:press", news_feed.NEWS)
PUSHED = source("cl:webhook", courtlistener.WEBHOOK)
ROE = CaseRef("roe", "Roe v. Doe")
HOLE = GapOpened("court:dcd", NOON - 40 * HOUR, NOON - DAY, "longer than a day")


def was_away(source_: Source = FEED, ago: timedelta = 6 * HOUR) -> bool:
    return away_since(source_, SourceState(NOON, last_good_at=NOON - ago), NOON) is not None


@pytest.mark.parametrize(
    ("every", "ago", "expected"),
    [
        (10 * MINUTE, 2 * HOUR, False),
        (10 * MINUTE, 2 * HOUR + MINUTE, True),
        (HOUR, 3 * HOUR, False),
        (HOUR, 3 * HOUR + MINUTE, True),
        (DAY, 2 * DAY, False),
    ],
)
def test_a_source_was_away_when_it_missed_its_turns_for_hours(
    every: timedelta, ago: timedelta, *, expected: bool
) -> None:
    assert was_away(replace(FEED, every=every), ago) == expected


def test_only_what_is_asked_and_shows_filings_can_have_been_away() -> None:
    assert was_away(LISTING)
    assert not was_away(PRESS)
    assert not was_away(PUSHED)


def test_a_source_that_was_never_read_was_not_away() -> None:
    assert away_since(FEED, SourceState(NOON), NOON) is None


def verdicts(
    told: Sequence[FilingAlert] = (),
    *,
    by: Source = FEED,
    ago: timedelta = 6 * HOUR,
    gap: GapOpened | None = None,
    is_said: bool = False,
    **more: Any,
) -> list[CaughtUp]:
    state = SourceState(NOON, last_good_at=NOON - ago, built_at=NOON - ago)
    judged = evidence(Reading(built_at=NOON), by=by, state=state, **more)
    said = Consequences(alerts=(gap_opened(),) if is_said else ())
    after = replace(state, covered_until=NOON)
    alerts = catch_up(judged, told, Health(after, said, gap)).alerts
    return [alert for alert in alerts if isinstance(alert, CaughtUp)]


def flood(count: int = MOST_SINGLE + 1, **more: Any) -> list[FilingAlert]:
    return [filed(f"a{n}", f"e{n}", **more) for n in range(count)]


def test_after_a_quiet_outage_the_silence_is_vouched_for() -> None:
    (verdict,) = verdicts()
    assert (verdict.filed, verdict.amended, verdict.gap) == (0, 0, None)
    assert verdict.since == NOON - 6 * HOUR
    assert verdict.docket.docket_number == NUMBER


def test_nobody_who_was_not_away_gets_a_verdict() -> None:
    assert verdicts(ago=HOUR) == []
    assert verdicts(flood(), ago=HOUR) == []


def test_filings_and_amendments_are_counted_each_for_its_case() -> None:
    ours: list[FilingAlert] = [filed("a", "e1"), filed("b", "e2"), amended("c", "e3")]
    told = [*ours, filed("d", "e4", case=ROE)]
    watches = [watch(), watch("x", case="roe")]
    found = verdicts(told, watches=watches, memory=Memory(baselines=frozenset({"w", "x"})))
    counts = {one.case.case_id: (one.filed, one.amended) for one in found}
    assert counts == {"ctr-v-irs": (2, 1), "roe": (1, 0)}


def test_a_verdict_is_not_repeated_where_the_recovery_was_told() -> None:
    assert verdicts(is_said=True) == []
    assert verdicts(flood(MOST_SINGLE), is_said=True) == []


def test_who_asked_for_filings_only_hears_of_the_gap_by_the_verdict() -> None:
    (verdict,) = verdicts(gap=HOLE, is_said=True)
    assert verdict.gap is not None


def test_a_flood_is_summed_up_though_the_gap_was_told_and_names_the_hole() -> None:
    (verdict,) = verdicts(flood(), gap=HOLE, is_said=True)
    assert verdict.filed == MOST_SINGLE + 1
    assert verdict.gap is not None
    assert (verdict.gap.from_at, verdict.gap.until_at) == (HOLE.from_at, HOLE.until_at)


def test_a_list_cannot_vouch_for_silence_but_sums_up_a_flood() -> None:
    assert verdicts(by=LISTING) == []
    assert verdicts(flood(MOST_SINGLE), by=LISTING) == []
    (verdict,) = verdicts(flood(), by=LISTING)
    assert verdict.filed == MOST_SINGLE + 1


def test_a_list_sums_up_only_the_cases_that_the_flood_concerns() -> None:
    watches = [watch(), watch("x", case="roe")]
    memory = Memory(baselines=frozenset({"w", "x"}))
    found = verdicts(flood(), by=LISTING, watches=watches, memory=memory)
    assert [one.case.case_id for one in found] == ["ctr-v-irs"]


def test_a_watch_that_began_during_the_outage_is_not_vouched_for() -> None:
    assert verdicts(memory=Memory()) == []


def test_a_case_with_many_watches_gets_one_verdict() -> None:
    watches = [watch(), watch("x", number="1:25-cv-00999")]
    assert len(verdicts(watches=watches, memory=Memory(baselines=frozenset({"w", "x"})))) == 1


def test_two_outages_are_two_verdicts_and_one_outage_is_one() -> None:
    (one,), (again,), (other,) = verdicts(), verdicts(), verdicts(ago=7 * HOUR)
    assert one.alert_id == again.alert_id != other.alert_id
