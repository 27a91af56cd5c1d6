"""Captions as courts write them: who is the same, who may be, and who is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.match.captions import Resemblance, resemblance

SAME = [
    ("ACME TAX CLINIC v. ROE", "Acme Tax Clinic v. Roe"),
    ("Acme Tax Clinic v. Roe", "Roe v. Acme Tax Clinic"),
    ("Acme Tax Clinic vs. Roe", "Acme Tax Clinic V Roe"),
    ("ACME TAX CLINIC et al v. ROE et al", "Acme Tax Clinic, et al. v. Roe, et al."),
    ("The Acme Tax Clinic, Inc. v. Roe", "Acme Tax Clinic v. Roe"),
    ("Acme Tax Clinic v. Roe, in his official capacity as Clerk", "Acme Tax Clinic v. Roe"),
    ("Acme Tax-Clinic v. Roe", "Acme Tax Clinic v.  ROE"),
    ("Acme Tax Clinic v. Internal Revenue Service", "Internal Revenue Service v. Acme Tax Clinic"),
    ("Jane Poe v. USA", "USA v. Jane Poe"),
    ("Acme Tax Clinic v.\u00a0Roe\r\n", "\u202aAcme Tax Clinic v. Roe\u202c"),
]
PERHAPS = [
    ("Acme Tax Clinic v. Roe", "Acme Tax Clinic v. Moe"),
    ("Doe v. Roe", "Doe v. Roe"),
    ("John Doe 1 v. Acme Tax Clinic", "Acme Tax Clinic v. Moe"),
    ("Smith v. Jones", "Jones v. Smith"),
]
OTHERS = [
    ("Acme Tax Clinic v. Roe", "Poe Fund v. Moe"),
    ("Acme Tax Clinic v. Roe", "Acme Bird Society v. Moe"),
    ("Acme Tax Clinic v. USA", "Poe Fund v. USA"),
    (
        "Acme Tax Clinic v. Commissioner of Internal Revenue",
        "Poe v. Commissioner of Internal Revenue",
    ),
    ("Acme Tax Clinic v. Department of Justice", "Poe Fund v. Department of Justice"),
    ("United States v. Acme Tax Clinic", "United States v. Poe Fund"),
    ("Acme Tax Clinic v. Roe", "In re Acme Tax Clinic"),
    ("Acme Tax Clinic v. Roe", ""),
    ("Acme Tax Clinic v. ", "Acme Tax Clinic v. "),
    (" v. ", " v. "),
    ("et al v. et al", "et al v. et al"),
    ("Acme Tax Clinic", "Acme Tax Clinic"),
    ("Inc. v. LLC", "Inc. v. LLC"),
]
TABLE = [
    *((one, other, Resemblance.CERTAIN) for one, other in SAME),
    *((one, other, Resemblance.LIKELY) for one, other in PERHAPS),
    *((one, other, Resemblance.NONE) for one, other in OTHERS),
]


@pytest.mark.parametrize(("one", "other", "expected"), TABLE)
def test_captions_of_one_case_and_of_two(one: str, other: str, expected: Resemblance) -> None:
    assert resemblance(one, other) is expected
    assert resemblance(other, one) is expected


NAMES = ["Acme Tax Clinic", "Poe Fund", "Doe", "Moe", "USA", "Commissioner", "Loe & Coe LLC", ""]
SIDES = st.sampled_from(NAMES)
CAPTIONS = st.builds("{} v. {}".format, SIDES, SIDES)


@settings(deadline=None)
@given(CAPTIONS, CAPTIONS)
def test_it_does_not_matter_which_caption_is_asked_about_which(one: str, other: str) -> None:
    assert resemblance(one, other) is resemblance(other, one)


@settings(deadline=None)
@given(SIDES, SIDES)
def test_it_does_not_matter_who_appeals(plaintiff: str, defendant: str) -> None:
    below, above = f"{plaintiff} v. {defendant}", f"{defendant} v. {plaintiff}"
    assert resemblance(below, above) is resemblance(below, below)


@settings(deadline=None)
@given(SIDES, SIDES, st.sampled_from([" et al", ", et al.", ", ET AL"]))
def test_how_a_court_shortens_and_shouts_does_not_matter(one: str, other: str, tail: str) -> None:
    short = f"{one}{tail} v. {other}{tail}".upper()
    assert resemblance(f"{one} v. {other}", short) is resemblance(
        f"{one} v. {other}", f"{one} v. {other}"
    )


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_compared_and_one_without_two_sides_is_like_nothing(
    one: str, other: str, side: str
) -> None:
    assert resemblance(f"{one} v. {other}", side) in Resemblance
    if "v" not in one.lower():
        assert resemblance(one, other) is Resemblance.NONE


def test_a_caption_of_ten_thousand_parties_is_compared() -> None:
    many = " ".join(f"party{n}" for n in range(10_000))
    assert resemblance(f"{many} v. Roe", f"Roe v. {many}") is Resemblance.CERTAIN
