"""What people read about silence: what it was worth, for whom, and from when to when."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import alert as alerts
from monitor.model.alert import CaseRef, DocketRef, Hole, SourceRef, WatchedDocket
from monitor.model.docket import EntryKind, Ruling
from monitor.render.mail import text_of
from monitor.render.message import Message
from monitor.render.words import words_of
from tests.feeds import NOON
from tests.make import DAY, FEED, GAP, HOUR, WATCHED, WHY, caught_up, gap_opened, snapshot

#: Words that vouch for silence.
VOUCHES = ("nothing is missing", "nothing was filed", "No entry")
OTHER = WatchedDocket(CaseRef("roe-v-poe", "Roe v. Poe"), DocketRef("cand", "3:25-cv-01000"))
BASE: dict[str, Any] = {"alert_id": "b", "created_at": NOON, "why": WHY}


def gap_closed(*entry_ids: str, **more: Any) -> alerts.GapClosed:
    values: dict[str, Any] = {"source": FEED, "dockets": (WATCHED,)} | more
    return alerts.GapClosed(
        gap_source_id="court:dcd", gap=GAP, entry_ids=entry_ids, **BASE, **values
    )


def sick(**more: Any) -> alerts.SourceUnhealthy:
    values: dict[str, Any] = {
        "source": FEED,
        "dockets": (WATCHED,),
        "reason": "HTTP 503",
        "since": NOON - HOUR,
        "last_good_at": NOON - DAY,
    } | more
    return alerts.SourceUnhealthy(**BASE, **values)


def well(*, is_whole: bool) -> alerts.SourceRecovered:
    return alerts.SourceRecovered(
        source=FEED,
        dockets=(WATCHED,),
        reason="HTTP 503",
        since=NOON - HOUR,
        is_whole=is_whole,
        **BASE,
    )


def carries_less() -> alerts.CoverageChanged:
    return alerts.CoverageChanged(
        source=FEED, dockets=(WATCHED,), before="all", after="orders", **BASE
    )


def whole(message: Message) -> str:
    """Subject and body in one line."""
    return f"{message.subject} {' '.join(text_of(message).split())}"


def claims(message: Message) -> list[str]:
    """What a message claims about silence, outside of a sentence that denies it."""
    said = whole(message).replace("does not mean that nothing was filed", "")
    return [claim for claim in VOUCHES if claim in said]


# --- silence is vouched for only where it is proved ---


@pytest.mark.parametrize(
    "alert",
    [
        gap_opened(),
        gap_opened(gap=Hole(NOON - DAY, NOON)),
        sick(),
        sick(last_good_at=None, dockets=()),
        well(is_whole=False),
        carries_less(),
        caught_up(gap=GAP, filed=3),
        gap_closed("e1"),
    ],
    ids=lambda alert: alert.topic,
)
def test_where_something_may_be_missing_nothing_is_vouched_for(alert: alerts.SilenceAlert) -> None:
    assert claims(words_of(alert)) == []


def test_a_quiet_outage_without_a_hole_is_vouched_for() -> None:
    said = words_of(caught_up(filed=0))
    assert "nothing was filed" in said.subject
    assert "nothing is missing that it carries" in whole(said)


def test_a_recovery_vouches_for_the_time_before_only_where_it_is_whole() -> None:
    assert claims(words_of(well(is_whole=True))) == ["nothing is missing"]
    assert claims(words_of(well(is_whole=False))) == []


def test_a_sick_source_warns_that_its_silence_proves_nothing() -> None:
    assert "its silence does not mean that nothing was filed" in whole(words_of(sick()))


@settings(deadline=None)
@given(
    st.integers(1, 500),
    st.integers(0, 500),
    st.text("abc “()”.;\n", max_size=40),
    st.timedeltas(timedelta(minutes=1), timedelta(days=400)),
)
def test_a_hole_that_an_outage_left_is_always_named_with_both_ends(
    filed: int, amended: int, reason: str, length: timedelta
) -> None:
    gap = Hole(NOON - length, NOON, reason)
    said = words_of(caught_up(gap=gap, filed=filed, amended=amended))
    assert claims(said) == []
    assert "may be missing" in whole(said)
    assert "07:00 EST" in whole(said)


# --- gaps ---


def test_a_gap_names_its_source_its_ends_its_reason_and_its_dockets() -> None:
    said = words_of(gap_opened(dockets=(WATCHED, OTHER)))
    assert said.subject == "[docket-monitor] Gap in D.D.C. court feed"
    for words in (
        "Sun 1 Mar 2026, 01:00 EST",
        "Mon 2 Mar 2026, 01:00 EST",
        "longer than a day",
        "CTR v. IRS (D.D.C. 1:25-cv-00457); Roe v. Poe (N.D. Cal. 3:25-cv-01000)",
    ):
        assert words in whole(said)


@pytest.mark.parametrize(
    ("source", "end"),
    [
        (FEED, "Mon 2 Mar 2026, 01:00 EST"),
        (SourceRef("court:cand", "N.D. Cal. court feed", "cand"), "Sun 1 Mar 2026, 22:00 PST"),
        (SourceRef("cl", "CourtListener"), "Mon 2 Mar 2026, 06:00 UTC"),
    ],
)
def test_a_gap_is_told_in_the_zone_of_the_court_whose_feed_it_is(
    source: SourceRef, end: str
) -> None:
    assert f"and {end}" in words_of(gap_opened(source=source)).headline


def test_a_gap_that_concerns_no_docket_has_no_empty_row() -> None:
    assert words_of(gap_opened(dockets=())).rows == ()


@pytest.mark.parametrize(
    ("entry_ids", "said"),
    [
        (("e1",), "1 entry of that time was found since: docket-monitor show e1."),
        (("e1", "e2"), "2 entries of that time were found since: docket-monitor show e1 and"),
    ],
)
def test_what_was_found_in_a_gap_is_counted_and_can_be_looked_up(
    entry_ids: tuple[str, ...], said: str
) -> None:
    assert said in whole(words_of(gap_closed(*entry_ids)))


def test_a_gap_where_nothing_was_found_keeps_its_doubt_about_sealed_filings() -> None:
    said = whole(words_of(gap_closed()))
    assert "No entry of that time was found that we had not seen." in said
    assert "stays invisible" in said


def test_a_closed_gap_names_whose_it_was_and_who_filled_it_in() -> None:
    said = words_of(gap_closed(source=SourceRef("cl", "CourtListener", "dcd")))
    assert "court:dcd" in said.subject
    assert "CourtListener" in whole(said)
    assert "CTR v. IRS" in whole(said)


# --- outages ---


def test_an_outage_is_told_with_both_ends_in_the_courts_zone() -> None:
    said = whole(words_of(caught_up()))
    assert "between Mon 2 Mar 2026, 01:00 EST and Mon 2 Mar 2026, 07:00 EST" in said


@pytest.mark.parametrize(("filed", "what"), [(1, "1 new filing"), (12, "12 new filings")])
def test_the_subject_of_an_outage_counts_the_filings(filed: int, what: str) -> None:
    said = words_of(caught_up(filed=filed))
    assert said.subject == f"While we were away: {what} — CTR v. IRS (D.D.C. 25-cv-457)"


def test_a_summary_of_an_older_version_still_tells_its_filings() -> None:
    listed = (
        alerts.ListedFiling(snapshot("e1", "Order"), EntryKind.ORDER, Ruling.DENIED),
        alerts.ListedFiling(
            snapshot("e2", "Notice", entry_number=None),
            EntryKind.NOTICE,
            Ruling.NONE,
            is_amendment=True,
        ),
    )
    items = words_of(caught_up(filings=listed)).items
    assert [item.title for item in items] == [
        "Mon 2 Mar 2026: #10 Order",
        "Mon 2 Mar 2026: amended: Notice",
    ]
    assert all(item.url for item in items)


# --- sick sources ---


def test_a_sick_source_says_why_since_when_and_when_it_was_last_good() -> None:
    assert dict(words_of(sick()).rows) == {
        "Reason": "HTTP 503",
        "Since": "Mon 2 Mar 2026, 06:00 EST",
        "Last good": "Sun 1 Mar 2026, 07:00 EST",
        "Dockets": "CTR v. IRS (D.D.C. 1:25-cv-00457)",
    }


def test_a_source_that_carries_less_says_what_it_carried_and_what_it_carries() -> None:
    said = whole(words_of(carries_less()))
    assert "“all”" in said
    assert "“orders”" in said


@pytest.mark.parametrize("alert", [sick(), well(is_whole=True), carries_less(), gap_opened()])
def test_what_concerns_a_source_stands_under_no_ones_case(alert: alerts.SilenceAlert) -> None:
    assert words_of(alert).subject.startswith("[docket-monitor] ")


@pytest.mark.parametrize(
    "alert", [sick(), well(is_whole=True), carries_less(), gap_opened(), gap_closed(), caught_up()]
)
def test_every_hour_is_told_with_its_zone(alert: alerts.SilenceAlert) -> None:
    far = replace(alert, source=SourceRef("court:hid", "D. Haw. court feed", "hid"))
    said = whole(words_of(far))
    hours = re.findall(r"\b\d\d:\d\d\b(?: (\S+?)[.,;]?(?= |$))?", said)
    assert hours
    assert {zone.rstrip(".,") for zone in hours} == {"HST"}
