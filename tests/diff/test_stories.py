"""Copies of one report are one story; two events, or two reports, are two."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.diff.stories import Copy, same_story
from tests.feeds import NOON

LEAD = "A federal judge on Monday ordered the agency to stop handing addresses of clients to others"
TEXT = f"{LEAD}, finding in a long opinion that the law does not allow it and never did."
TITLE = "Judge halts sharing of clients' addresses"
ONE = Copy("a", TITLE, TEXT, NOON)


def copy(title: str = TITLE, summary: str = TEXT, hours: float | None = 1, key: str = "b") -> Copy:
    return Copy(key, title, summary, None if hours is None else NOON + timedelta(hours=hours))


COPIES = {
    "word for word": copy(),
    "a day later": copy(hours=24),
    "without a time": copy(hours=None),
    "a label in front": copy(f"UPDATE 2: {TITLE}"),
    "a publisher behind": copy(f"{TITLE} - The Roe Times"),
    "other quotation marks": copy(TITLE.replace("'", "’")),
    "in capitals": copy(TITLE.upper()),
    "another headline": copy("Agency told to keep addresses to itself, court says"),
    "cut short": copy("Agency told to keep addresses to itself", LEAD + " …"),
    "only the headline": copy(summary=""),
    "the headline again": copy(summary=f"{TITLE}. The Roe Times"),
    "with a dateline": copy("Agency told to stop", f"BOSTON (AP) — {TEXT}"),
    "with credits": copy("Agency told to stop", f"{TEXT} (Reporting by A. Roe; Editing by B. Doe)"),
}


@pytest.mark.parametrize("other", COPIES.values(), ids=COPIES)
def test_copies_of_one_report_are_one_story(other: Copy) -> None:
    assert same_story(ONE, other)
    assert same_story(other, ONE)


OTHERS = {
    "a week later": copy(hours=24 * 7),
    "the contrary": copy(TITLE.replace("halts", "allows")),
    "refused to": copy(TITLE.replace("halts", "refuses to block")),
    "what is to come": copy(
        "Judge to hear case on addresses", TEXT.replace("ordered", "will hear whether to order")
    ),
    "another report in its own words": copy(
        "Court sides with clinics over records",
        "Clinics that help with tax returns won a round in court this week, their lawyers told reporters.",
    ),
    "only something alike": copy("Judge halts building of a bridge", ""),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_other_events_and_other_reports_are_other_stories(other: Copy) -> None:
    assert not same_story(ONE, other)
    assert not same_story(other, ONE)


def test_other_numbers_are_another_event() -> None:
    ours, theirs = (copy(f"Agency fined {n} dollars over addresses") for n in ("42,695", "51,000"))
    assert not same_story(ours, theirs)
    assert same_story(ours, copy("Agency fined 42,695 dollars over addresses", ""))


WORDS = st.sampled_from(
    [
        "judge",
        "blocks",
        "allows",
        "will",
        "(AP)",
        "—",
        "- X",
        "42,695",
        "…",
        "’",
        "\u202e",
        "株",
        " ",
        ". ",
        "(",
    ]
)
TEXTS = st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=60)
ITEMS: Any = st.builds(
    Copy,
    st.uuids().map(str),
    TEXTS,
    TEXTS,
    st.none() | st.integers(0, 90).map(lambda h: NOON + timedelta(hours=h)),
)


@given(ITEMS, ITEMS)
@settings(deadline=None)
def test_being_a_copy_is_mutual_whatever_the_words(one: Copy, other: Copy) -> None:
    assert same_story(one, other) == same_story(other, one)
