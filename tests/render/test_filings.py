"""What people read about a filing: its words, its times in the court's zone, and what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.alert import DocketRef, NowWatching
from monitor.model.change import (
    DocumentAvailable,
    DocumentSealed,
    EntryChange,
    EntryFiled,
    EntryRevised,
    EntryWithdrawn,
    TextFilledIn,
)
from monitor.model.docket import EntryKind, Judgement, Ruling, RulingOn
from monitor.render.filings import word_diff
from monitor.render.message import LONGEST_TEXT, Message, moment, span
from monitor.render.words import words_of
from tests.feeds import NOON
from tests.make import (
    CASE,
    DENIED,
    DOCKET,
    FEED,
    GAP,
    MINUTE,
    ORDER,
    WHY,
    amended,
    filed,
    snapshot,
)

RULED = "ORDER denying 7 Motion to Stay."
BELOW = DocketRef("dcd", "1:25-cv-00500", "POE v. ROE")


def row(message: Message, label: str) -> str:
    return dict(message.rows).get(label, "")


def now_watching(*entries: str) -> NowWatching:
    return NowWatching(
        alert_id="b1",
        created_at=NOON,
        why=WHY,
        case=CASE,
        source=FEED,
        docket=DOCKET,
        entries=tuple(snapshot(name, f"Order {name}") for name in entries),
    )


# --- new filings ---


def test_a_subject_names_the_case_the_act_the_court_and_the_number() -> None:
    ruled = snapshot(headline="Order: DENIED", text=RULED)
    said = words_of(filed(entries=(ruled,), judgement=DENIED))
    assert said.subject == "DENIED: Order — CTR v. IRS (D.D.C. 25-cv-457)"


def test_an_order_found_after_a_gap_says_so() -> None:
    said = words_of(filed(after_gap=GAP))
    assert "after a gap" in said.subject
    assert "after a gap" in said.headline
    assert "after a gap" not in words_of(filed()).headline


def test_an_order_whose_text_is_not_known_does_not_look_like_an_order_that_says_nothing() -> None:
    (said,) = words_of(filed()).paragraphs
    assert "does not say what was decided" in said
    assert row(words_of(filed()), "Ruling") == ""


def test_the_text_of_an_order_is_told_as_the_court_wrote_it() -> None:
    text = f"{RULED} Signed by Judge A. Roe on 3/2/2026. <b>(zz)</b> “so ordered” §\u00a02"
    assert words_of(filed(entries=(snapshot(text=text),))).paragraphs == (text,)


def test_a_ruling_is_told_with_the_words_that_say_so_and_the_motion_that_it_acts_on() -> None:
    ruling = replace(DENIED, ruling=Ruling.GRANTED_IN_PART, acts_on="7", ruling_reason="in part")
    said = row(words_of(filed(judgement=ruling)), "Ruling")
    assert said.startswith("granted in part on entry 7")
    assert "“in part”" in said


def test_a_filing_on_two_dockets_names_both() -> None:
    both = (snapshot("e1"), snapshot("e2", docket=BELOW, entry_number=None))
    titles = [item.title for item in words_of(filed(entries=both)).items]
    assert titles == [
        "1:25-cv-00457 DOE et al v. ROE et al, entry 10",
        "1:25-cv-00500 POE v. ROE, unnumbered entry",
    ]


def test_every_event_of_an_entry_is_named() -> None:
    both = snapshot(event_names=("Order on Motion to Stay", "Set Deadlines"))
    (item,) = words_of(filed(entries=(both,))).items
    assert item.lines == ("Events: Order on Motion to Stay | Set Deadlines",)


def test_a_huge_text_is_cut_and_its_link_stays() -> None:
    huge = snapshot(text="x" * 200_000)
    said = words_of(filed(entries=(huge,)))
    assert len(said.paragraphs[0]) <= LONGEST_TEXT
    assert said.paragraphs[0].endswith("…")
    assert said.items[0].url == huge.url


def test_a_huge_headline_does_not_push_the_docket_number_out_of_the_subject() -> None:
    said = words_of(filed(entries=(snapshot(headline="Order " * 1_000),)))
    assert said.subject.endswith("(D.D.C. 25-cv-457)")
    assert len(said.subject) < 250


# --- times ---


@pytest.mark.parametrize(
    ("court_id", "entered"),
    [
        ("dcd", "Mon 2 Mar 2026, 07:00 EST"),
        ("cand", "Mon 2 Mar 2026, 04:00 PST"),
        ("hid", "Mon 2 Mar 2026, 02:00 HST"),
        ("gud", "Mon 2 Mar 2026, 22:00 ChST"),
        ("azd", "Mon 2 Mar 2026, 05:00 MST"),
        ("nowhere", "Mon 2 Mar 2026, 12:00 UTC"),
    ],
)
def test_times_are_in_the_zone_of_the_court_and_name_it(court_id: str, entered: str) -> None:
    entry = snapshot(docket=replace(DOCKET, court_id=court_id))
    said = words_of(filed(entries=(entry,)))
    assert row(said, "Entered") == entered
    assert entered[-3:] in row(said, "Seen by")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 3, 8, 6, 59, tzinfo=UTC), "Sun 8 Mar 2026, 01:59 EST"),
        (datetime(2026, 3, 8, 7, 0, tzinfo=UTC), "Sun 8 Mar 2026, 03:00 EDT"),
        (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), "Sun 1 Nov 2026, 01:30 EDT"),
        (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "Sun 1 Nov 2026, 01:30 EST"),
        (datetime(2026, 1, 1, 4, 59, tzinfo=UTC), "Wed 31 Dec 2025, 23:59 EST"),
    ],
)
def test_the_hour_that_comes_twice_and_the_night_of_the_court_are_told_apart(
    at: datetime, said: str
) -> None:
    assert moment(at, "America/New_York") == said


def test_an_entry_of_the_courts_evening_keeps_the_courts_day() -> None:
    late = snapshot(
        date_filed=date(2026, 3, 2), published_at=datetime(2026, 3, 3, 3, 30, tzinfo=UTC)
    )
    said = words_of(filed(entries=(late,)))
    assert row(said, "Filed") == "Mon 2 Mar 2026"
    assert row(said, "Entered") == "Mon 2 Mar 2026, 22:30 EST"


def test_an_entry_without_day_or_time_makes_no_claim_about_them() -> None:
    said = words_of(filed(entries=(snapshot(date_filed=None, published_at=None),)))
    assert {label for label, _ in said.rows} == {"Court", "Seen by", "Kind"}
    assert "after it was entered" not in row(said, "Seen by")


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (timedelta(0), "less than a minute after it was entered"),
        (timedelta(minutes=61), "1 hour 1 minute after it was entered"),
        (timedelta(days=2, minutes=5), "2 days 5 minutes after it was entered"),
    ],
)
def test_how_late_an_order_was_seen_is_said(late: timedelta, said: str) -> None:
    entry = snapshot(first_seen_at=NOON + late)
    assert row(words_of(filed(entries=(entry,))), "Seen by").endswith(said)


def test_a_court_whose_clock_runs_ahead_is_not_seen_before_it_entered() -> None:
    entry = snapshot(published_at=NOON + MINUTE, first_seen_at=NOON)
    assert "after it was entered" not in row(words_of(filed(entries=(entry,))), "Seen by")


@given(st.integers(0, 10**8))
def test_a_length_of_time_is_never_said_to_be_longer_than_it_is(seconds: int) -> None:
    units = {"day": 86_400, "hour": 3_600, "minute": 60}
    words = span(seconds).split()
    if words[0] == "less":
        assert seconds < 60
        return
    told = sum(int(n) * units[unit.rstrip("s")] for n, unit in zip(*[iter(words)] * 2, strict=True))
    # What is left out is smaller than the smallest unit that could have been said beside the first.
    assert 0 <= seconds - told < 3_600


# --- amendments ---


@pytest.mark.parametrize(
    ("changes", "judgement", "in_the_subject"),
    [
        ((TextFilledIn("e1", "cl", RULED),), DENIED, "ruling now known"),
        ((TextFilledIn("e1", "cl", "ORDER setting a hearing."),), ORDER, "text now known"),
        ((EntryRevised("e1", "s", "text", "a b", "a c"),), DENIED, "changed"),
        ((EntryWithdrawn("e1", "s"),), ORDER, "withdrawn from the feed"),
        (
            (EntryRevised("e1", "s", "is_withdrawn", "withdrawn", "shown again"),),
            ORDER,
            "shown again",
        ),
        ((EntryRevised("e1", "s", "same_as", "", "e2"),), ORDER, "told twice, one filing"),
        (
            (EntryRevised("e1", "s", "text", "a", "b"), EntryWithdrawn("e1", "s")),
            ORDER,
            "withdrawn from the feed",
        ),
        ((), ORDER, "changed"),
    ],
)
def test_the_subject_of_an_amendment_says_what_became_of_the_entry(
    changes: tuple[EntryChange, ...], judgement: Judgement, in_the_subject: str
) -> None:
    said = words_of(amended(changes=changes, judgement=judgement))
    assert f"({in_the_subject})" in said.subject


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (TextFilledIn("e1", "cl", "first line\nsecond line"), "first line | second line"),
        (EntryRevised("e1", "s", "text", "is denied", "is granted"), "[-denied-] {+granted+}"),
        (EntryRevised("e1", "s", "event_names", "Order", "Order\nJudgment"), "“Order | Judgment”"),
        (EntryRevised("e1", "s", "entry_number", "10", "11"), "“10” and now says “11”"),
        (EntryRevised("e1", "s", "same_as", "", "e2"), "(e2)"),
        (EntryRevised("e1", "s", "is_withdrawn", "withdrawn", "shown again"), "shown again"),
        (EntryWithdrawn("e1", "s"), "we keep what we saw"),
        (DocumentAvailable("e1", "cl", "d1", "https://x/1.pdf"), "https://x/1.pdf"),
        (DocumentSealed("e1", "cl", "d1"), "sealed"),
        (EntryFiled("e1", "s"), "filed"),
    ],
)
def test_each_change_is_told_in_a_sentence(change: EntryChange, word: str) -> None:
    _, said = words_of(amended(changes=(change,))).paragraphs
    assert word in said


def test_an_amendment_of_what_nobody_was_told_does_not_say_that_he_was() -> None:
    told = words_of(amended()).paragraphs[0]
    not_told = words_of(amended(amends="")).paragraphs[0]
    assert "was told before" in told
    assert "told before" not in not_told


def test_every_change_of_an_amendment_is_told_in_its_order() -> None:
    changes = (
        EntryRevised("e1", "s", "event_names", "Order", "Order on Motion"),
        TextFilledIn("e1", "cl", RULED),
        EntryWithdrawn("e1", "s"),
    )
    _, *said = words_of(amended(changes=changes)).paragraphs
    assert [("Event" in one, RULED in one, "not any more" in one) for one in said] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]


def test_a_word_changed_deep_in_a_long_order_is_shown() -> None:
    head = " ".join(f"w{n}" for n in range(3_000))
    change = EntryRevised(
        "e1", "s", "text", f"{head} is denied {head}", f"{head} is granted {head}"
    )
    _, said = words_of(amended(changes=(change,))).paragraphs
    assert "[-denied-] {+granted+}" in said
    assert len(said) < 400


WORDS = st.lists(
    st.sampled_from(["the", "motion", "is", "denied", "granted", "in", "part"]), max_size=30
)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_taken_out_words_were_there_and_put_in_words_are_there(
    before: list[str], after: list[str]
) -> None:
    said = word_diff(" ".join(before), " ".join(after))
    old = said.replace("[-", "").replace("-]", "")
    new = said.replace("{+", "").replace("+}", "")
    if "…" not in said:
        assert _without(old, "{+", "+}") == before
        assert _without(new, "[-", "-]") == after
    assert ("[-" in said or "{+" in said) == (before != after)


def _without(said: str, opening: str, closing: str) -> list[str]:
    kept, inside = [], False
    for word in said.split():
        inside = inside or word.startswith(opening)
        if not inside:
            kept.append(word)
        inside = inside and not word.endswith(closing)
    return kept


# --- the first reading ---


def test_a_first_reading_lists_its_entries_with_day_number_and_link() -> None:
    said = words_of(now_watching("e1", "e2"))
    assert [item.title for item in said.items] == [
        "Mon 2 Mar 2026: #10 Order e1",
        "Mon 2 Mar 2026: #10 Order e2",
    ]
    assert all(item.url.startswith("https://") for item in said.items)
    assert said.headline == "Now watching D.D.C. 1:25-cv-00457"


def test_a_docket_without_entries_does_not_promise_a_list() -> None:
    (said,) = words_of(now_watching()).paragraphs
    assert "no entry" in said
    assert "latest entries" not in said
    assert "from now on" in said


def test_an_entry_without_day_and_number_is_listed_as_such() -> None:
    bare = replace(now_watching(), entries=(snapshot(date_filed=None, entry_number=None, url=""),))
    (item,) = words_of(bare).items
    assert (item.title, item.url) == ("no date: Order", "")


# --- what is not sure ---

UNCERTAIN = replace(
    ORDER, kind=EntryKind.MOTION, reason="“injunction”: asks", may_be=(EntryKind.ORDER,)
)


def test_what_may_be_an_order_is_marked_in_subject_headline_and_kind() -> None:
    message = words_of(filed(judgement=UNCERTAIN))
    assert "(may be an order)" in message.subject
    assert message.headline.endswith("(may be an order)")
    assert (
        row(message, "Kind")
        == "motion, but may be an order: read it, because of “injunction”: asks"
    )
    amendment = words_of(amended(judgement=UNCERTAIN))
    assert "(may be an order)" in amendment.headline


def test_each_of_several_rulings_is_told_with_what_it_is_on() -> None:
    rulings = (
        RulingOn(Ruling.GRANTED, "12", "granting"),
        RulingOn(Ruling.DENIED, "Motion for Leave", "denying"),
    )
    both = replace(ORDER, ruling=Ruling.GRANTED_IN_PART, rulings=rulings)
    assert [
        words for label, words in words_of(filed(judgement=both)).rows if label == "Ruling"
    ] == [
        "granted on entry 12 (“granting”)",
        "denied on Motion for Leave (“denying”)",
    ]
