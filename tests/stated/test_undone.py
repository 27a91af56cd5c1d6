"""Later entries move and cancel what earlier ones set; where that is open, both stand, and it is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.docket import DocketEntry
from monitor.stated.calendar import CalendarItem, docket_calendar
from monitor.stated.undone import undone
from tests.make import entry

FILED = date(2026, 3, 4)
HEARING = "Motion Hearing set for 3/18/2026 at 10:00 AM in Courtroom 24A before Judge X."
STATUS = "Status Conference set for 4/8/2026 at 11:00 AM before Judge X."
RESPONSE = "Responses due by 3/20/2026."


def said(number: int, text: str, filed: date = FILED) -> DocketEntry:
    return replace(
        entry(), entry_id=f"e{number}", entry_number=100 + number, text=text, date_filed=filed
    )


def calendar(*texts: str) -> tuple[CalendarItem, ...]:
    return docket_calendar(said(number, text) for number, text in enumerate(texts, 1))


def brief(*texts: str) -> list[str]:
    """What stands in the end: the day, and "?" where it is doubted."""
    stand = (one for one in calendar(*texts) if not one.is_cancelled)
    return [f"{one.day:%m-%d}{'?' if one.is_doubtful else ''}" for one in stand]


MOVED = {
    # Hearings that move: the earlier day falls.
    "ORDER: the motion hearing is continued from March 18 to March 25, 2026 at 2:00 PM.": ["03-25"],
    "ORDER granting motion to continue hearing from March 18, 2026 to March 25, 2026.": ["03-25"],
    "Set/Reset Hearings: Motion Hearing reset for 3/25/2026 at 10:00 AM.": ["03-25"],
    "Reset Hearings: Motion Hearing set for 3/25/2026 at 10:00 AM.": ["03-25"],
    "NOTICE RESCHEDULING HEARING: Motion Hearing set for 3/25/2026 at 10:00 AM.": ["03-25"],
    "The hearing is rescheduled to March 25, 2026 at 9:00 a.m.": ["03-25"],
    "The motion hearing is VACATED and reset to 3/25/2026 at 10:00 AM.": ["03-25"],
    "ORDER granting 9 Motion to Continue Motion Hearing. Motion Hearing set for 3/25/2026.": [
        "03-25"
    ],
    "The Telephonic Motion Hearing is advanced to 3/11/2026 at 10:00 AM.": ["03-11"],
    # Without a day.
    "MINUTE ORDER: The motion hearing is VACATED.": [],
    "MINUTE ORDER vacating the motion hearing.": [],
    "NOTICE CANCELLING MOTION HEARING.": [],
    "The motion hearing is rescheduled at a date to be determined.": [],
    "The hearing is adjourned sine die.": [],
    "The motion hearing will not be held.": [],
    "The hearing set for March 18 is VACATED.": [],
    "The 3/18 motion hearing is CANCELLED.": [],
    "ORDER granting 9 Motion to Vacate Hearing.": [],
    "ORDER: the motion to vacate the motion hearing is GRANTED.": [],
    "ORDER VACATING all hearings and deadlines.": [],
    "All dates are hereby VACATED.": [],
    "The motion is denied as moot and the hearing set for 3/18/2026 is VACATED.": [],
    "The hearing set for 3/18/2026 is VACATED and the motion is denied as moot.": [],
    "The Court will not be able to hold the motion hearing scheduled for March 18, 2026.": [],
    # It stands.
    "ORDER granting 9 Motion to Continue Status Conference to March 18.": ["03-18"],
    "ORDER terminating this adversary proceeding.": ["03-18"],
    "This case is referred for the purpose of holding proceedings.": ["03-18"],
    "ORDER: 9 MOTION to Stay Case is denied as moot.": ["03-18"],
    "ORDER denying 9 Motion to Continue. The hearing set for 3/18/2026 will not be vacated.": [
        "03-18"
    ],
    "The Court declines to vacate the 3/18/2026 hearing.": ["03-18"],
    "ORDER denying 9 Motion to Continue the 3/18/2026 Motion Hearing.": ["03-18"],
    "ORDER denying motion to continue hearing from March 18, 2026 to March 25, 2026.": ["03-18"],
    "ORDER denying motion to continue hearing from March 18 to March 25.": ["03-18"],
    "ORDER denying as moot 9 Motion to Vacate the Motion Hearing.": ["03-18"],
    "ORDER: the motion hearing shall not be continued.": ["03-18"],
    "MOTION to Vacate Motion Hearing by Acme.": ["03-18"],
    "Acme requests that the motion hearing be vacated.": ["03-18"],
    "If the parties settle, the motion hearing will be vacated.": ["03-18"],
    "ORDER: the hearing exhibit list is STRICKEN.": ["03-18"],
    "ORDER: the judgment entered after the hearing is VACATED.": ["03-18"],
    "The hearing set for 3/18/2026 is converted to a telephonic hearing.": ["03-18"],
    "The motion hearing is converted to telephonic.": ["03-18"],
    "The status conference is VACATED.": ["03-18"],
    "All deadlines are VACATED.": ["03-18"],
    "Status Conference reset for 3/25/2026.": ["03-18", "03-25"],
    "Set/Reset Hearings as to Jane Roe: Status Conference set for 3/25/2026.": ["03-18", "03-25"],
    # Open: both stand, and the earlier one is doubted.
    "Set/Reset Hearings: Motion Hearing set for 3/25/2026 at 10:00 AM.": ["03-18?", "03-25"],
    "The motion hearing is continued.": ["03-18?"],
    "VACATING 8 Order setting motion hearing.": ["03-18?"],
    "All hearings are VACATED except as to Jane Roe.": ["03-18?"],
    "The case is STAYED pending appeal.": ["03-18?"],
    "Motion Hearing set for 3/18/2026 at 2:00 PM.": ["03-18?", "03-18"],
}


@pytest.mark.parametrize(("text", "stand"), MOVED.items())
def test_a_hearing_that_is_set_and_what_a_later_entry_says_of_it(
    text: str, stand: list[str]
) -> None:
    assert brief(HEARING, text) == stand


DUE = {
    "The response deadline is extended to 4/1/2026.": ["04-01"],
    "ORDER granting 9 Motion for Extension of Time to Respond. Responses due by 4/1/2026.": [
        "04-01"
    ],
    "Motion for extension of time GRANTED. Response now due by 4/1/2026.": ["04-01"],
    "Reset Deadlines: Responses due by 4/1/2026.": ["04-01"],
    "All remaining deadlines are STAYED.": [],
    "All deadlines are vacated.": [],
    "ORDER: the deadline to respond is held in abeyance.": [],
    "The briefing schedule is SUSPENDED.": [],
    # Of something else, or asked for.
    "ORDER granting 9 Motion for Extension of Time. Replies due by 4/1/2026.": ["03-20", "04-01"],
    "ORDER denying 9 Motion for Extension of Time to Respond until 4/1/2026.": ["03-20"],
    "ORDER denying 9 Motion to Vacate All Deadlines.": ["03-20"],
    "MOTION to vacate all deadlines by Acme.": ["03-20"],
    "Responses due by 4/1/2026.": ["03-20", "04-01"],
    "Set/Reset Deadlines as to 55 MOTION: Reset Deadlines: Plaintiff's Brief due by 4/1/2026.": [
        "03-20",
        "04-01",
    ],
    # Open.
    "Set/Reset Deadlines: Responses due by 4/1/2026.": ["03-20?", "04-01"],
    "All deadlines are extended by 60 days.": ["03-20?"],
    "The action is STAYED.": ["03-20?"],
    "ORDER granting 9 Motion for Extension of Time to File Response deadline.": ["03-20?"],
}


@pytest.mark.parametrize(("text", "stand"), DUE.items())
def test_a_deadline_and_what_a_later_entry_says_of_it(text: str, stand: list[str]) -> None:
    assert brief(RESPONSE, text) == stand


def test_where_two_may_be_meant_both_stand_and_are_doubted() -> None:
    other = "Motion Hearing set for 4/22/2026 at 10:00 AM."
    assert brief(HEARING, other, "Motion Hearing reset for 5/6/2026.") == [
        "03-18?",
        "04-22?",
        "05-06",
    ]
    assert brief(HEARING, other, "The motion hearing is VACATED.") == ["03-18?", "04-22?"]
    assert brief(HEARING, STATUS, "The hearing is VACATED.") == ["04-08"]


def test_a_response_to_one_motion_is_not_that_to_another() -> None:
    first = "MOTION to Dismiss by Acme re 12 Complaint. Responses due by 3/20/2026."
    assert brief(first, "Reset Deadlines re 44 MOTION to Strike: Responses due by 4/1/2026.") == [
        "03-20?",
        "04-01",
    ]
    assert brief(first, "Reset Deadlines re 101 MOTION to Dismiss: Responses due by 4/1/2026.") == [
        "04-01"
    ]


def test_one_defendants_sentencing_is_not_anothers() -> None:
    first = "NOTICE as to Jane Roe: Sentencing set for 4/8/2026 at 10:00 AM."
    later = "NOTICE as to John Doe: Sentencing reset for 5/6/2026 at 10:00 AM."
    assert brief(first, later) == ["04-08", "05-06"]


def test_a_change_of_hour_is_no_second_hearing() -> None:
    (item,) = calendar(HEARING, "Motion Hearing reset for 3/18/2026 at 2:00 PM before Judge X.")
    assert (item.stated.time, item.entry.entry_id) == (time(14), "e2")
    (item,) = calendar(HEARING, "Motion hearing on 3/18/2026 reset from 10:00 AM to 2:00 PM.")
    assert item.stated.time == time(14)
    assert not item.is_cancelled


def test_two_motions_are_heard_on_one_day_each_at_its_hour() -> None:
    first = "Hearing Continued (RE: 13 Motion). Hearing scheduled for 4/8/2026 at 10:00 AM."
    other = "Hearing Continued (RE: 17 Motion). Hearing scheduled for 4/8/2026 at 10:30 AM."
    assert brief(first, other) == ["04-08", "04-08"]


def test_what_was_held_is_not_moved_by_what_follows() -> None:
    """A hearing that goes on another day was held on its own."""
    held = said(2, "Minute Entry: Motion Hearing held. Motion Hearing continued to 3/25/2026.")
    items = docket_calendar([said(1, HEARING), replace(held, date_filed=date(2026, 3, 18))])
    assert [one.is_cancelled or one.is_doubtful for one in items] == [False, False]


def test_what_is_past_is_not_moved() -> None:
    later = replace(said(2, "Motion Hearing reset for 4/25/2026."), date_filed=date(2026, 3, 30))
    assert not any(one.is_cancelled for one in docket_calendar([said(1, HEARING), later]))


def test_without_a_day_of_filing_nothing_is_sure() -> None:
    entries = [
        replace(said(n, t), date_filed=None)
        for n, t in enumerate([HEARING, "Motion Hearing reset for 3/25/2026."])
    ]
    assert [one.is_doubtful for one in docket_calendar(entries)] == [True, False]


def test_doubt_ends_where_the_day_is_stated_again() -> None:
    assert brief(HEARING, "The motion hearing is continued.", HEARING) == ["03-18"]


def test_who_cancels_is_named() -> None:
    (item,) = calendar(HEARING, "The motion hearing is VACATED.")
    assert item.cancelled_by is not None
    assert item.cancelled_by.entry_id == "e2"


@given(
    st.lists(st.sampled_from([*MOVED, *DUE, HEARING, STATUS, "(", ". ", " all ", "é"]), max_size=6)
)
def test_any_words_are_read_and_nothing_is_both_cancelled_and_doubtful(texts: list[str]) -> None:
    items = calendar(HEARING, RESPONSE, " ".join(texts), *texts)
    assert not any(one.is_cancelled and one.is_doubtful for one in items)
    assert len({one.uid for one in items}) == len(items)


def test_a_hostile_text_is_read() -> None:
    assert len(undone("all deadlines are vacated. " * 5_000)) <= 2
