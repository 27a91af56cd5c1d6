"""Entries state, restate and cancel hearings and deadlines; each matter stands in a calendar once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from monitor.model.docket import DocketEntry
from monitor.render.ics import ics_of
from monitor.stated.calendar import CalendarItem, CalendarLine, docket_calendar
from tests.make import entry

HEARING = "Motion Hearing set for 3/18/2026 at 10:00 AM in Courtroom 24A before Judge X."


def said(number: int, text: str) -> DocketEntry:
    return replace(
        entry(), entry_id=f"e{number}", entry_number=number, text=text, date_filed=date(2026, 3, 4)
    )


def calendar(*texts: str) -> tuple[CalendarItem, ...]:
    return docket_calendar(said(number, text) for number, text in enumerate(texts, 1))


def test_a_matter_that_is_restated_stands_there_once_and_cites_the_latest_entry() -> None:
    (first,) = calendar(HEARING)
    (item,) = calendar(
        HEARING, "Set/Reset Hearings: Motion Hearing set for 3/18/2026 before Judge X."
    )
    assert item.entry.entry_id == "e2"
    assert item.stated.time == time(10), "what only the first one says is kept"
    assert item.uid == first.uid, "calendars know it by this name"


def test_a_hearing_that_moves_is_cancelled_where_it_was() -> None:
    items = calendar(
        HEARING, "MINUTE ORDER: the Motion Hearing is reset from 3/18/2026 to 4/2/2026 at 11:00 AM."
    )
    assert [(one.day, one.is_cancelled) for one in items] == [
        (date(2026, 3, 18), True),
        (date(2026, 4, 2), False),
    ]
    assert items[0].cancelled_by is not None
    assert items[0].cancelled_by.entry_id == "e2"


def test_a_cancellation_that_names_the_day_alone_is_of_the_one_matter_of_that_day() -> None:
    (item,) = calendar(HEARING, "MINUTE ORDER: The hearing set for 3/18/2026 is VACATED.")
    assert item.is_cancelled


def test_what_is_set_again_stands_again() -> None:
    (item,) = calendar(HEARING, "The Motion Hearing set for 3/18/2026 is VACATED.", HEARING)
    assert not item.is_cancelled


def test_two_papers_due_on_one_day_are_two() -> None:
    items = calendar("Responses due by 3/20/2026. Joint Status Report due by 3/20/2026.")
    assert len(items) == len({one.uid for one in items}) == 2


def test_one_deadline_that_is_vacated_leaves_the_other_of_its_day() -> None:
    items = calendar(
        "Responses due by 3/20/2026. Joint Status Report due by 3/20/2026.",
        "MINUTE ORDER: the Joint Status Report due by 3/20/2026 is VACATED.",
    )
    assert [one.is_cancelled for one in items if "Report" in one.stated.what] == [True]
    assert [one.is_cancelled for one in items if "Report" not in one.stated.what] == [False]


def line(**more: object) -> CalendarLine:
    values: dict[str, object] = {
        "case_id": "ctr-v-irs",
        "case_label": "CTR v. IRS",
        "docket_id": "dcd/1:25-cv-00457",
        "court_id": "dcd",
        "docket_number": "1:25-cv-00457",
        "kind": "hearing",
        "day": date(2026, 3, 18),
        "time": time(10),
        "what": "Motion Hearing",
        "place": "Courtroom 24A",
        "is_cancelled": False,
        "words": HEARING,
        "entry_id": "e1",
        "entry_number": 12,
        "date_filed": date(2026, 3, 4),
        "url": "https://ecf.dcd.uscourts.gov/doc1/1",
        "uid": "u1",
        "cancelled_by": "",
    }
    return CalendarLine(**(values | more))  # type: ignore[arg-type]


def events_of(name: str, *lines: CalendarLine) -> list[Any]:
    return Calendar.from_ical(ics_of(name, lines)).walk("VEVENT")


def test_a_hearing_is_at_the_hour_of_the_court_and_cites_its_entry() -> None:
    (event,) = events_of("CTR v. IRS", line())
    assert event["DTSTART"].dt.isoformat() == "2026-03-18T14:00:00+00:00"
    assert event["SUMMARY"] == "Motion Hearing — CTR v. IRS (D.D.C. 25-cv-457)"
    assert "Stated by entry 12, filed 2026-03-04" in event["DESCRIPTION"]
    assert "Unofficial" in event["DESCRIPTION"]
    assert event["LOCATION"] == "Courtroom 24A"
    assert ics_of("x", [line()]) == ics_of("x", [line()]), "the same days make the same file"


def test_a_deadline_is_a_whole_day_and_says_its_hour() -> None:
    due = line(kind="deadline", what="Response", time=time(17), is_cancelled=True)
    (event,) = events_of("x", due)
    assert event["DTSTART"].dt == date(2026, 3, 18)
    assert event["SUMMARY"].startswith("CANCELLED: Due by 17:00: Response — ")
    assert event["STATUS"] == "CANCELLED"


def test_what_stands_is_never_confirmed_and_a_doubt_is_said() -> None:
    (event,) = events_of("x", line())
    assert event["STATUS"] == "TENTATIVE"
    assert "may have moved" not in event["DESCRIPTION"]
    (event,) = events_of("x", line(is_doubtful=True, doubted_by="e9", doubted_by_number=19))
    assert event["STATUS"] == "TENTATIVE"
    assert event["SUMMARY"].startswith("DOUBTFUL: Motion Hearing — ")
    assert "Entry 19 may have moved or cancelled it" in event["DESCRIPTION"]


def test_an_address_of_several_lines_is_left_out() -> None:
    (event,) = events_of("x", line(url="https://x/\r\nATTACH:evil"))
    assert "URL" not in event


HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_words_become_another_event(what: str, words: str, label: str) -> None:
    evil = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil"
    lines = [line(what=what + evil, words=words + evil, case_label=label + evil, place=evil + what)]
    events = events_of(label + evil, *lines)
    assert [str(event["UID"]) for event in events] == ["u1@docket-monitor"]


def test_where_it_is_open_which_of_two_is_vacated_both_stand_and_it_is_said() -> None:
    items = calendar(
        "Responses due by 3/20/2026. Joint Status Report due by 3/20/2026.",
        "MINUTE ORDER: the deadline of 3/20/2026 is VACATED.",
    )
    assert sorted((one.stated.what, one.is_cancelled) for one in items) == [
        ("Joint Status Report", False),
        ("Responses", False),
        ("deadline", True),
    ]
    assert sum(one.is_doubtful for one in items) == 2
