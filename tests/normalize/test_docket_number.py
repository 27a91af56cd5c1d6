"""One spelling of a docket number, whoever prints it, and which watches it answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.court import CourtKind
from monitor.normalize.docket_number import (
    fits_court,
    normalize_docket_number,
    same_docket,
    watch_keys,
)

SPELLINGS = {
    "as the court prints it": ("1:25-cv-00457", "1:25-cv-00457"),
    "in capitals, short": ("1:25-CV-457", "1:25-cv-00457"),
    "with the judges": ("1:25-cv-00457-ABC-DEF", "1:25-cv-00457"),
    "with an empty suffix": ("1:25-cv-00457-", "1:25-cv-00457"),
    "behind a label": ("Case No. 1:25-cv-457", "1:25-cv-00457"),
    "behind two labels": ("Case No. No: 1:25-cv-457", "1:25-cv-00457"),
    "behind a sign": ("# 25-123", "25-123"),
    "a label and no blank": ("No.24-5678", "24-5678"),
    "a word that begins like a label": ("nova-24-1", "nova-24-1"),
    "blanks all around": ("\t 1:25-cv-00457 \r\n", "1:25-cv-00457"),
    "a year of four digits": ("1:2025-cv-00457", "1:25-cv-00457"),
    "without an office": ("25-cv-457", "25-cv-00457"),
    "an office with a letter": ("4A:25-cv-457", "4a:25-cv-00457"),
    "six digits": ("1:25-md-123456", "1:25-md-123456"),
    "a defendant": ("1:14-cr-10363-RGS-2", "1:14-cr-10363-2"),
    "a defendant with zeros": ("1:14-cr-10363-02", "1:14-cr-10363-2"),
    "a part of a case": ("2:14-CR-00001/A", "2:14-cr-00001/a"),
    "a chapter, not a defendant": ("1:22-bk-02425-13", "1:22-bk-02425"),
    "a bankruptcy with office and judge": ("8-22-73600-las", "8-22-73600"),
    "a bankruptcy and its chapter": ("22-19643-thp13", "22-19643"),
    "an appeal": ("26-5006", "26-5006"),
    "an application": ("25A123", "25a123"),
    "no form that we know": ("MISC  77/B of 2024", "misc 77/b of 2024"),
    "empty": ("", ""),
    "only a label": ("No.", ""),
}


@pytest.mark.parametrize(("raw", "expected"), SPELLINGS.values(), ids=SPELLINGS)
def test_spellings(raw: str, expected: str) -> None:
    assert normalize_docket_number(raw) == expected


DIFFERENT = [
    ("1:25-cv-00457", "2:25-cv-00457"),
    ("1:25-cv-00457", "1:25-cr-00457"),
    ("1:25-cv-00457", "1:24-cv-00457"),
    ("1:25-cv-00457", "1:25-cv-00458"),
    ("1:14-cr-10363-1", "1:14-cr-10363-2"),
    ("2:14-cr-00001/A", "2:14-cr-00001/B"),
    ("25-123", "25A123"),
    ("8-22-73600", "1-22-73600"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_dockets_are_never_one(one: str, other: str) -> None:
    ours, theirs = normalize_docket_number(one), normalize_docket_number(other)
    assert ours != theirs
    assert not same_docket(ours, theirs)
    assert not same_docket(theirs, ours)


PIECES = st.sampled_from(
    [
        "1:",
        "25",
        "-cv-",
        "457",
        "-",
        "ABC",
        "-2",
        "No.",
        "case ",
        "#",
        " ",
        ":",
        "/a",
        "22-19643",
        "é",
        "٣",
    ]
)


@given(st.text(max_size=80) | st.lists(PIECES, max_size=12).map("".join))
def test_a_number_in_our_spelling_stays_as_it_is(raw: str) -> None:
    ours = normalize_docket_number(raw)
    assert normalize_docket_number(ours) == ours
    assert ours == " ".join(ours.split())


SERIALS = st.integers(1, 999_999)


@given(st.integers(1, 9), st.integers(0, 99), st.sampled_from(["cv", "cr", "mc"]), SERIALS, SERIALS)
def test_numbers_that_differ_in_value_differ_in_our_spelling(
    office: int, year: int, kind: str, one: int, other: int
) -> None:
    ours, theirs = (
        normalize_docket_number(f"{office}:{year:02}-{kind}-{n}-XYZ") for n in (one, other)
    )
    assert (ours == theirs) == (one == other)
    assert same_docket(ours, theirs) == (one == other)


WATCHED: dict[str, tuple[str, str, bool]] = {
    "itself": ("1:25-cv-00457", "1:25-cv-00457", True),
    "a watch without an office": ("25-cv-00457", "1:25-cv-00457", True),
    "a court that prints none": ("1:25-cv-00457", "25-cv-00457", True),
    "another office": ("2:25-cv-00457", "1:25-cv-00457", False),
    "a defendant of a watched case": ("1:14-cr-10363", "1:14-cr-10363-2", True),
    "the same, without an office": ("14-cr-10363", "1:14-cr-10363-2", True),
    "the same, printed without one": ("1:14-cr-10363", "14-cr-10363-2", True),
    "a case of a watched defendant": ("1:14-cr-10363-2", "1:14-cr-10363", False),
    "another defendant": ("1:14-cr-10363-2", "1:14-cr-10363-3", False),
    "an appeal": ("26-5006", "26-5006", True),
    "an appeal with more digits": ("26-5006", "26-50061", False),
    "nothing watched": ("", "1:25-cv-00457", False),
    "nothing printed": ("1:25-cv-00457", "", False),
}


@pytest.mark.parametrize(("watched", "seen", "expected"), WATCHED.values(), ids=WATCHED)
def test_what_a_watch_covers(watched: str, seen: str, expected: bool) -> None:
    assert same_docket(watched, seen) is expected


@given(st.text(max_size=30).map(normalize_docket_number))
def test_every_docket_answers_a_watch_on_itself(seen: str) -> None:
    assert same_docket(seen, seen)
    assert all(same_docket(name, seen) for name in watch_keys(seen))


FITS: dict[str, tuple[str, CourtKind, bool]] = {
    "a district's": ("1:25-cv-00457", CourtKind.DISTRICT, True),
    "a district's without its office": ("25-cv-00457", CourtKind.DISTRICT, False),
    "an appeal in a district": ("26-5006", CourtKind.DISTRICT, False),
    "an appeal": ("26-5006", CourtKind.APPELLATE, True),
    "a district's in a circuit": ("1:25-cv-00457", CourtKind.APPELLATE, False),
    "a bankruptcy with office": ("8-22-73600", CourtKind.BANKRUPTCY, True),
    "an application": ("25a123", CourtKind.SUPREME, True),
    "an application elsewhere": ("25a123", CourtKind.APPELLATE, False),
    "two numbers": ("26-5006, 26-5007", CourtKind.APPELLATE, False),
    "a number and a line": ("26-5006\n", CourtKind.APPELLATE, False),
    "foreign digits": ("٢٦-٥٠٠٦", CourtKind.APPELLATE, False),
    "nothing": ("", CourtKind.DISTRICT, False),
}


@pytest.mark.parametrize(("number", "kind", "expected"), FITS.values(), ids=FITS)
def test_a_number_that_no_such_court_prints_is_refused(
    number: str, kind: CourtKind, expected: bool
) -> None:
    assert fits_court(number, kind) is expected
