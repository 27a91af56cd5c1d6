"""Hearings and deadlines are read as the text states them, and nothing else is."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.normalize.text import plain
from monitor.stated.dates import READ, StatedDate, stated_dates
from monitor.stated.kind import StatedKind
from monitor.stated.when import MOST, written_days

FILED = date(2026, 1, 5)


def brief(one: StatedDate) -> str:
    """One stated day in a line: "hearing 2026-03-18 14:30 Status Conference @ Courtroom 2"."""
    words = [one.kind.value, one.day.isoformat(), f"{one.time:%H:%M}" if one.time else ""]
    words += [one.what, f"@ {one.place}" if one.place else "", "gone" if one.is_cancelled else ""]
    return " ".join(filter(None, words))


def read(text: str) -> list[str]:
    return [brief(one) for one in stated_dates(text, FILED)]


DEADLINES = {
    "Responses due by 3/20/2026": ["deadline 2026-03-20 Responses"],
    "Response due by 03/06/2026.": ["deadline 2026-03-06 Response"],
    "Response due 3/20/26.": ["deadline 2026-03-20 Response"],
    "Replies are due by March 20, 2026.": ["deadline 2026-03-20 Replies"],
    "Replies due by 20th day of March, 2026.": ["deadline 2026-03-20 Replies"],
    "Set/Reset Deadlines: Answer due by 4/1/2026. Replies due by 4/8/2026.": [
        "deadline 2026-04-01 Answer",
        "deadline 2026-04-08 Replies",
    ],
    "Joint Status Report due by Mar. 20, 2026.": ["deadline 2026-03-20 Joint Status Report"],
    "MOTION to Dismiss by Acme Inc., Jane Roe Responses due by 3/20/2026": [
        "deadline 2026-03-20 Responses"
    ],
    "ORDER: Defendants are DIRECTED to file a joint status report on or before March 20, 2026.": [
        "deadline 2026-03-20 joint status report"
    ],
    "On or before March 20, 2026, Defendants shall produce the certified administrative record.": [
        "deadline 2026-03-20 certified administrative record"
    ],
    "By 3/20/2026 the parties shall meet and file a joint letter.": [
        "deadline 2026-03-20 joint letter"
    ],
    "Plaintiffs shall respond by 5:00 PM on March 9, 2026.": ["deadline 2026-03-09 17:00 respond"],
    "A reply must be filed no later than noon on 3/10/2026.": ["deadline 2026-03-10 12:00 reply"],
    "Opposition due by midnight on 3/10/2026.": ["deadline 2026-03-10 23:59 Opposition"],
    "Plaintiff has until March 18, 2026 to amend the complaint.": ["deadline 2026-03-18 amend"],
    "Acme shall show cause by 3/18/2026 why it should not be dismissed.": [
        "deadline 2026-03-18 show cause"
    ],
    "The deadline for filing dispositive motions is extended to 8/3/2026.": [
        "deadline 2026-08-03 dispositive motions"
    ],
    "ORDER granting 7 Motion for Extension of Time to file a reply to 3/18/2026.": [
        "deadline 2026-03-18 reply"
    ],
    "Discovery ends on 6/30/2026.": ["deadline 2026-06-30 Discovery"],
    "Notice (appeal period expires 4/20/2026)": ["deadline 2026-04-20 appeal period"],
    "APPELLANT brief due 04/13/2026. APPELLEE brief due 05/13/2026. [26-9999]": [
        "deadline 2026-04-13 APPELLANT brief",
        "deadline 2026-05-13 APPELLEE brief",
    ],
    "[26-9999] CLERK'S ORDER filed setting the following briefing schedule: Appellants' Brief"
    " February 10, 2026, Appendix February 10, 2026, Appellees' Brief March 12, 2026": [
        "deadline 2026-02-10 Appellants' Brief",
        "deadline 2026-02-10 Appendix",
        "deadline 2026-03-12 Appellees' Brief",
    ],
    "TRANSCRIPT of Proceedings held on 1/2/2026. Redaction Request due 5/1/2026. Redacted"
    " Transcript Deadline set for 5/11/2026. Release of Transcript Restriction set for 7/9/2026.": [
        "deadline 2026-05-01 Redaction Request",
        "deadline 2026-05-11 Redacted Transcript Deadline",
        "deadline 2026-07-09 Release of Transcript Restriction",
    ],
    "The parties must comply with the order on or before 3/20/2026 at 12:00 p.m.": [
        "deadline 2026-03-20 12:00 comply"
    ],
    "The parties shall file, by March 20, 2026, a joint status report stating their proposal.": [
        "deadline 2026-03-20 joint status report"
    ],
    "ORDER TO SHOW CAUSE by March 20, 2026 why the case should not be dismissed.": [
        "deadline 2026-03-20 SHOW CAUSE"
    ],
    "On March 20, 2026, counsel shall file a proposed schedule.": [
        "deadline 2026-03-20 proposed schedule"
    ],
    "Planning Conference between the parties to take place before 4/15/2026.": [
        "deadline 2026-04-15 Planning Conference"
    ],
    "MOTION to Strike 9 Proposed Questions by Acme Responses due by 3/20/2026": [
        "deadline 2026-03-20 Responses"
    ],
    "SCHEDULING LETTER. Transcript Designation set for 3/20/2026.": [
        "deadline 2026-03-20 Transcript Designation"
    ],
    "The time to serve reports is extended from 3/2/2026 to and through 3/9/2026.": [
        "deadline 2026-03-02 reports gone",
        "deadline 2026-03-09 reports",
    ],
    "Status reports due by 6/1/2026 and 7/1/2026.": [
        "deadline 2026-06-01 Status reports",
        "deadline 2026-07-01 Status reports",
    ],
}

HEARINGS = {
    "Motion Hearing set for 3/18/2026 at 10:00 AM in Courtroom 24A before Judge Jane Roe.": [
        "hearing 2026-03-18 10:00 Motion Hearing @ Courtroom 24A"
    ],
    "Status Conference set for 3/18/2026 11:30 AM by telephone before Judge Jane Roe.": [
        "hearing 2026-03-18 11:30 Status Conference @ telephone"
    ],
    "Pretrial Conference set for 3/18/2026 at 2:30 p.m. via Zoom before Judge Jane Roe.": [
        "hearing 2026-03-18 14:30 Pretrial Conference @ Zoom"
    ],
    "Probable Cause Hearing set for Wednesday, 3/18/2026, 10:00 AM, Courtroom 4.": [
        "hearing 2026-03-18 10:00 Probable Cause Hearing @ Courtroom 4"
    ],
    "The oral argument in this appeal is scheduled for Tuesday, May 5, 2026 at 9:30 A.M.": [
        "hearing 2026-05-05 09:30 oral argument"
    ],
    "CLERK'S ORDER filed scheduling oral argument on Monday, 05/04/2026. [26-9999]": [
        "hearing 2026-05-04 oral argument"
    ],
    "A hearing on the Motions to Dismiss is set for 10:00 a.m. on March 18, 2026.": [
        "hearing 2026-03-18 10:00 hearing"
    ],
    "The Court will hold a premotion conference by telephone on March 18, 2026 at 2:30pm.": [
        "hearing 2026-03-18 14:30 premotion conference @ by telephone"
    ],
    "On March 18, 2026, at 10:00 a.m., the Court will hold a status conference.": [
        "hearing 2026-03-18 10:00 status conference"
    ],
    "Plaintiffs' motion is entered and continued to 3/18/2026 at 9:45 AM.": [
        "hearing 2026-03-18 09:45 motion"
    ],
    "Motion HEARD. Trial is recessed until 3/18/2026 at 9:30 a.m.": [
        "hearing 2026-03-18 09:30 Trial"
    ],
    "NOTICE of Motion by Acme for presentment of motion before Hon. Jane Roe on 3/18/2026 at 9:30"
    " AM.": ["hearing 2026-03-18 09:30 presentment"],
    "Counsel must appear in person on March 18, 2026 at 9:00 a.m.": [
        "hearing 2026-03-18 09:00 appear"
    ],
    "Minute Entry: Hearing held on 1/5/2026. Further hearing 3/18/2026 at 14:00.": [
        "hearing 2026-03-18 14:00 Further hearing"
    ],
    "Application for Fees Filed by Jane Roe Hearing scheduled for 3/18/2026 at 9:00 AM.": [
        "hearing 2026-03-18 09:00 Hearing"
    ],
    "Jury Trial set for 6/1/2026 through 6/5/2026 at 9:00 AM.": [
        "hearing 2026-06-01 09:00 Jury Trial"
    ],
    "The Court will hold a teleconference on 3/18/2026 at 3:00 p.m. (Telephone Conference set for"
    " 3/18/2026 at 03:00 PM before Judge Jane Roe.)": ["hearing 2026-03-18 15:00 teleconference"],
    "Arraignment set for 3/18/2026 at 11:00 a.m. Initial Appearance set for 3/18/2026 at 11:00"
    " a.m.": [
        "hearing 2026-03-18 11:00 Arraignment",
        "hearing 2026-03-18 11:00 Initial Appearance",
    ],
}

CANCELLED = {
    "Hearing set for 3/18/2026 is VACATED.": ["hearing 2026-03-18 Hearing gone"],
    "The Court CANCELS the status conference currently scheduled for March 18, 2026.": [
        "hearing 2026-03-18 status conference gone"
    ],
    "The Motion Hearing set for 3/18/2026 is taken off calendar.": [
        "hearing 2026-03-18 Motion Hearing gone"
    ],
    "The 3/18/2026 status conference is stricken.": ["hearing 2026-03-18 status conference gone"],
    "The deadline of March 18, 2026 is hereby VACATED.": ["deadline 2026-03-18 deadline gone"],
    "The March 18, 2026 deadline to respond is STAYED.": ["deadline 2026-03-18 respond gone"],
    "HOLDING IN ABEYANCE the deadline of 3/20/2026.": ["deadline 2026-03-20 deadline gone"],
    "Hearing reset for 3/25/2026 at 2:00 PM from 3/18/2026.": [
        "hearing 2026-03-25 14:00 Hearing",
        "hearing 2026-03-18 Hearing gone",
    ],
    "Sentencing continued from 3/18/2026 to 4/20/2026 at 1:30 PM.": [
        "hearing 2026-03-18 Sentencing gone",
        "hearing 2026-04-20 13:30 Sentencing",
    ],
    "The status hearing set for 3/18/2026 is stricken and reset to 3/25/2026 at 9:45 a.m.": [
        "hearing 2026-03-18 status hearing gone",
        "hearing 2026-03-25 09:45 status hearing",
    ],
    "Minute Entry Re: hearing on 3/18/2026 9:30 AM. Vacated Per Order.": [
        "hearing 2026-03-18 09:30 hearing gone"
    ],
    "NOTICE CANCELLING 3/18/2026, CALENDAR CALL.": ["hearing 2026-03-18 CALENDAR CALL gone"],
    "The conference scheduled for 3/18/2026 is being adjourned to 3/25/2026 @ 4:00 pm.": [
        "hearing 2026-03-18 conference gone",
        "hearing 2026-03-25 16:00 conference",
    ],
    "ORDER granting 8 Motion to Continue the 3/18/2026 Motion Hearing.": [
        "hearing 2026-03-18 Motion Hearing gone"
    ],
    # What is cancelled is the other thing, or nothing.
    "Responses due by 3/20/2026, and the hearing is reset to 4/1/2026.": [
        "deadline 2026-03-20 Responses",
        "hearing 2026-04-01 hearing",
    ],
    "ORDER: The application to adjourn the conference set for 3/18/2026 is denied.": [
        "hearing 2026-03-18 conference"
    ],
    "Matter Vacated, set for Status 3/18/2026 at 11:00 AM.": ["hearing 2026-03-18 11:00 Status"],
}

NOTHING = [
    "Status Conference held on 3/4/2026.",
    "Oral argument heard on 3/4/2026 before Judges Roe and Doe.",
    "Case argued on 3/4/2026.",
    "The Court held a hearing on March 4, 2026.",
    "ORDER. Signed by Judge Jane Roe on 3/3/2026. (Entered: 03/04/2026)",
    "LETTER dated March 4, 2026 filed on 3/5/2026. Modified on 3/6/2026 (jr).",
    "Certificate of service dated 03/04/2026. Service: 03/04/2026 by email.",
    "Answer due within 14 days. Hearing in three weeks.",
    "A hearing will begin on March 18 at 10:00 AM.",
    "Response due 2/30/2026. Reply due 13/1/2026.",
    # 3/19/2026 is a Thursday.
    "Brief due by Friday, 3/19/2026.",
    # Told after the day.
    "Answer due 12/1/2025. Status Conference set for 1/4/2026.",
    "MOTION for Extension of Time to File Answer until 3/20/2026 by Acme.",
    "Unopposed MOTION to Continue Hearing set for 3/18/2026 by Jane Roe.",
    "STIPULATION to extend the time to respond to 3/20/2026 by Acme.",
    "ORDER. Acme requests that the time to answer be extended to March 20, 2026. Denied.",
    "ORDER. Acme seeks leave to file a brief by March 20, 2026.",
    "The case is STAYED until March 20, 2026.",
    "The temporary restraining order is extended until March 20, 2026.",
    "SCHEDULING ORDER. Counsel were instructed to file a letter by 1/6/2026 and have not.",
    "Submitted on the briefs without oral argument on March 20, 2026.",
    "Oral argument is scheduled for the week of May 4, 2026.",
    "Docket number 1:26-cv-00012-3 and Rule 12/13/26x",
]


@pytest.mark.parametrize(("text", "stated"), [*DEADLINES.items(), *HEARINGS.items()])
def test_what_a_text_states_is_read(text: str, stated: list[str]) -> None:
    assert read(text) == stated


@pytest.mark.parametrize(("text", "stated"), CANCELLED.items())
def test_what_is_taken_back_is_read_as_taken_back(text: str, stated: list[str]) -> None:
    assert read(text) == stated


@pytest.mark.parametrize("text", NOTHING)
def test_other_days_are_no_dates_of_a_calendar(text: str) -> None:
    assert read(text) == []


def test_without_a_day_of_filing_old_days_are_read() -> None:
    (one,) = stated_dates("Answer due 3/20/1999.", None)
    assert one.day == date(1999, 3, 20)


def test_two_digits_are_the_year_near_the_filing() -> None:
    (one,) = stated_dates("Answer due 3/20/99.", date(1999, 3, 1))
    assert one.day == date(1999, 3, 20)


def test_words_are_a_stretch_of_the_text_from_the_matter_to_the_place() -> None:
    text = "ORDER. The  Motion&nbsp;Hearing is set for 3/18/2026 at 10:00 AM in Courtroom 2. So."
    (one,) = stated_dates(text, FILED)
    assert one.words == "Motion Hearing is set for 3/18/2026 at 10:00 AM in Courtroom 2"
    assert (one.kind, one.time) == (StatedKind.HEARING, time(10))


def test_words_reach_to_a_matter_that_is_named_behind_its_day() -> None:
    (one,) = stated_dates("By 3/20/2026, Acme shall file a reply. So ordered.", FILED)
    assert one.words == "By 3/20/2026, Acme shall file a reply"


#: What entries are made of, and what breaks readers.
_PIECES = st.sampled_from(
    [
        *DEADLINES,
        *HEARINGS,
        *CANCELLED,
        "3/18/2026",
        "March 18, 2026",
        "2026-03-18",
        "99/99/9999",
        "Friday, ",
        " from ",
        " to ",
        " and ",
        " at 25:99 AM ",
        " at 13:00 PM ",
        "12:00 noon",
        "due by ",
        "Hearing set for ",
        "vacated",
        "deadline for",
        "shall file",
        "last day to ",
        "(",
        ". ",
        "&amp;",
        "\x00",
        "\ud800",
        "１/２/２０２６",
    ]
)
_TEXTS = st.lists(st.one_of(_PIECES, st.text(max_size=30)), max_size=30).map("".join)


@given(_TEXTS, st.one_of(st.none(), st.dates()))
@example("due by " * 500 + "3/18/2026", None)
@example("3/18/2026 " * 3_000, None)
def test_any_text_is_read_and_every_day_stands_in_its_words(text: str, filed: date | None) -> None:
    found = stated_dates(text, filed)
    assert len(found) <= MOST
    for one in found:
        assert one.day in {written.day for written in written_days(one.words, filed)}
        assert one.words in plain(text, READ)
        assert one.what
        assert filed is None or one.day >= filed


def test_a_long_text_is_read_to_a_limit() -> None:
    assert stated_dates("x" * READ + " Answer due by 3/20/2026", FILED) == ()


def test_the_same_matter_stated_twice_is_one() -> None:
    text = "Responses due by 3/20/2026. (Responses due by 3/20/2026)"
    assert read(text) == ["deadline 2026-03-20 Responses"]
