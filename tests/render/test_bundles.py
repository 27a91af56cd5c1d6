"""Several alerts in one message: each filing once, in its latest words, and none left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.alert import Alert, Amended, CaseRef, DocumentFreed, Filed, GapOpened, Hole
from monitor.model.change import (
    DocumentSealed,
    EntryChange,
    EntryRevised,
    EntryWithdrawn,
    TextFilledIn,
)
from monitor.model.subjects import entries_of
from monitor.render.mail import text_of
from monitor.render.message import Message
from monitor.render.words import bundle_words, message_of
from monitor.route.fold import fold
from tests.make import (
    CASE,
    DENIED,
    FEED,
    GAP,
    HOUR,
    amended,
    caught_up,
    every_alert,
    filed,
    gap_opened,
    notification,
    snapshot,
)

TEXT = "ORDER denying 7 Motion to Stay."
RULED = snapshot(headline="Order: DENIED", text=TEXT)
WITHDRAWN = EntryWithdrawn("e1", "court:dcd")
OTHER = CaseRef("roe-v-poe", "Roe v. Poe")


def whole(message: Message) -> str:
    return f"{message.subject} {' '.join(text_of(message).split())}"


def order(number: int, **more: Any) -> Filed:
    entry = snapshot(
        f"e{number}",
        f"Order No{number}.",
        entry_number=number,
        url=f"https://ecf.dcd.uscourts.gov/doc1/{number}",
        **more,
    )
    return filed(f"a{number}", entries=(entry,))


def withdrawn(number: int) -> Amended:
    return amended(
        f"b{number}", entry=snapshot(f"e{number}", f"Gone {number}"), changes=(WITHDRAWN,)
    )


# --- folding ---


def test_a_filing_whose_text_came_before_it_was_sent_is_told_once_in_its_latest_words() -> None:
    (told,) = fold([filed(), amended(entry=RULED)])
    assert isinstance(told, Filed)
    assert told.alert_id == "a1"
    assert told.entries == (RULED,)
    assert told.judgement == DENIED


def test_the_mail_of_a_filing_whose_text_came_in_time_is_not_an_amendment() -> None:
    said = message_of(notification(filed(), amended(entry=RULED)))
    assert said.subject == "DENIED: Order — CTR v. IRS (D.D.C. 25-cv-457)"
    assert said.paragraphs == (TEXT,)
    assert "denied" in dict(said.rows)["Ruling"]


def test_words_that_changed_twice_before_a_filing_was_sent_are_told_as_they_stand_now() -> None:
    later = snapshot(headline="Order: GRANTED", text="ORDER granting 7 Motion to Stay.")
    again = EntryRevised("e1", "cl", "text", TEXT, later.text)
    (told,) = fold([filed(), amended(entry=RULED), amended("a3", entry=later, changes=(again,))])
    assert isinstance(told, Filed)
    assert told.entries == (later,)


@pytest.mark.parametrize(
    "change",
    [
        WITHDRAWN,
        DocumentSealed("e1", "cl", "d1"),
        EntryRevised("e1", "s", "same_as", "", "e9"),
        EntryRevised("e1", "s", "is_withdrawn", "withdrawn", "shown again"),
    ],
)
def test_what_befell_a_filing_that_is_not_sent_yet_is_told_beside_it(change: EntryChange) -> None:
    told = fold([filed(), amended(changes=(TextFilledIn("e1", "cl", TEXT), change))])
    assert [alert.topic for alert in told] == ["filed", "amended"]


def test_two_changes_of_an_entry_are_one_amendment_with_both() -> None:
    text = TextFilledIn("e1", "cl", TEXT)
    first, then = amended(changes=(text,)), amended("a3", changes=(WITHDRAWN,), amends="a0")
    (told,) = fold([first, then])
    assert isinstance(told, Amended)
    assert told.changes == (text, WITHDRAWN)
    assert told.amends == first.amends


def test_a_filing_in_two_cases_is_amended_in_each() -> None:
    told = fold(
        [filed(), filed("a9", case=OTHER), amended("a8", entry=RULED, case=OTHER)],
    )
    texts = [alert.entries[0].text for alert in told if isinstance(alert, Filed)]
    assert texts == ["", TEXT]


def test_of_a_filing_on_two_dockets_the_words_of_the_right_one_change() -> None:
    both = filed(entries=(snapshot("e1"), snapshot("e2")))
    (told,) = fold([both, amended(entry=replace(RULED, entry_id="e2"))])
    assert isinstance(told, Filed)
    assert {entry.entry_id: entry.text for entry in told.entries} == {"e1": "", "e2": TEXT}


def test_a_verdict_speaks_for_the_gap_that_its_outage_left() -> None:
    (told,) = fold([caught_up(gap=GAP), gap_opened()])
    assert told.topic == "caught_up"


@pytest.mark.parametrize(
    "gap", [None, Hole(GAP.from_at - HOUR, GAP.until_at)], ids=["whole", "another hole"]
)
def test_a_verdict_does_not_swallow_a_gap_of_which_it_does_not_speak(gap: Hole | None) -> None:
    told = fold([caught_up(gap=gap), gap_opened()])
    assert [alert.topic for alert in told] == ["caught_up", "gap_opened"]
    assert "A gap: nothing vouches for" in whole(bundle_words(told))


def test_alerts_that_say_different_things_are_all_kept_in_their_order() -> None:
    told = [
        alert
        for alert in every_alert()
        if not isinstance(alert, Amended | DocumentFreed | GapOpened)
    ]
    assert list(fold(told)) == told


ENTRIES = st.sampled_from(["e1", "e2", "e3"])
CHANGES = st.sampled_from(
    [WITHDRAWN, TextFilledIn("e", "cl", TEXT), EntryRevised("e", "s", "text", "a", "b")]
)
ALERTS: st.SearchStrategy[Alert] = st.one_of(
    st.builds(lambda entry: filed(f"f{entry}", entry), ENTRIES),
    st.builds(lambda entry, change: amended("m", entry, changes=(change,)), ENTRIES, CHANGES),
    st.just(caught_up(gap=GAP)),
    st.just(caught_up()),
    st.just(gap_opened()),
)


@settings(deadline=None)
@given(st.lists(ALERTS, min_size=1, max_size=12))
def test_folding_never_loses_an_entry_a_withdrawal_or_a_hole(alerts: list[Alert]) -> None:
    told = fold(alerts)
    assert told
    assert _entries(told) == _entries(alerts)
    assert _gone(told) == _gone(alerts)
    assert any(map(_names_a_hole, told)) == any(map(_names_a_hole, alerts))
    assert fold(told) == told


def _entries(alerts: Any) -> set[str]:
    return {name for alert in alerts for name in entries_of(alert)}


def _gone(alerts: Any) -> list[str]:
    return sorted(
        alert.entry.entry_id
        for alert in alerts
        if isinstance(alert, Amended)
        for change in alert.changes
        if isinstance(change, EntryWithdrawn)
    )


def _names_a_hole(alert: Alert) -> bool:
    return getattr(alert, "gap", None) is not None


# --- the message of a bundle ---


def test_the_subject_of_a_bundle_says_what_the_court_did() -> None:
    first = filed("a1", entries=(RULED,), judgement=DENIED)
    said = message_of(notification(first, *map(order, range(2, 8)), caught_up(filed=7)))
    assert said.subject == (
        "While we were away: 7 new filings: DENIED: Order and others — CTR v. IRS (D.D.C. 25-cv-457)"
    )


def test_no_filing_of_a_bundle_is_left_out() -> None:
    said = whole(message_of(notification(*map(order, range(1, 41)), caught_up(filed=40))))
    for number in range(1, 41):
        assert f"Order No{number}." in said
        assert f"doc1/{number}" in said


def test_a_flood_too_long_for_a_mail_says_how_many_stand_elsewhere() -> None:
    said = message_of(notification(*map(order, range(250)), caught_up(filed=250)))
    listed = len(said.items)
    assert listed < 250
    assert "250 new filings" in said.subject
    assert f"{250 - listed} more: docket-monitor history" in whole(said)


def test_filings_and_amendments_of_a_bundle_are_counted_apart() -> None:
    said = message_of(notification(order(1), withdrawn(2), withdrawn(3)))
    assert said.headline == "1 new filing and 2 amended"
    assert message_of(notification(withdrawn(2), withdrawn(3))).headline == "2 amended"


def test_an_amendment_in_a_bundle_says_what_became_of_the_entry() -> None:
    said = message_of(notification(order(1), withdrawn(2)))
    assert "amended (withdrawn from the feed): Gone 2" in said.items[1].title


def test_each_filing_of_a_bundle_has_its_docket_kind_ruling_and_text() -> None:
    ruled = filed("a9", entries=(RULED,), judgement=DENIED)
    items = message_of(notification(ruled, order(2, text="x" * 5_000))).items
    assert items[0].lines == (
        "1:25-cv-00457 DOE et al v. ROE et al",
        TEXT,
        "Kind: order",
        "Ruling: denied, because of “denying”",
    )
    assert sum(map(len, items[1].lines)) < 1_000


def test_the_verdict_on_an_outage_is_said_once_however_many_cases_it_concerns() -> None:
    filings = [replace(order(n), case=(CASE, OTHER)[n % 2]) for n in range(6)]
    verdicts = [caught_up("v1", filed=3), caught_up("v2", filed=3, case=OTHER)]
    said = whole(message_of(notification(*filings, *verdicts)))
    assert said.count("nothing is missing that it carries") == 1
    assert said.count("was not read between") == 1


def test_a_bundle_whose_outage_left_a_hole_names_it_once_and_vouches_for_nothing() -> None:
    verdict = caught_up(filed=6, gap=GAP)
    said = whole(message_of(notification(*map(order, range(6)), verdict, gap_opened())))
    assert said.count("Something may") == 1
    assert "longer than a day" in said
    assert "nothing is missing" not in said


def test_holes_of_two_sources_are_both_named() -> None:
    other = replace(FEED, source_id="court:cand", name="N.D. Cal. court feed", court_id="cand")
    verdicts = [caught_up("v1", gap=GAP), caught_up("v2", gap=GAP, source=other)]
    said = whole(message_of(notification(order(1), *verdicts)))
    assert "N.D. Cal. court feed was not read" in said
    assert "D.D.C. court feed was not read" in said
    assert "PST" in said
    assert "EST" in said


def test_why_somebody_gets_a_bundle_names_each_watch_once() -> None:
    there = "you watch 3:25-cv-01000 in N.D. Cal."
    said = message_of(notification(order(1), order(2), replace(order(3), why=there)))
    assert said.why == f"you watch 1:25-cv-00457 in D.D.C. and {there}"


def test_every_source_that_brought_something_is_named_once() -> None:
    cl = replace(FEED, source_id="cl", name="CourtListener")
    said = message_of(notification(order(1), order(2), replace(order(3), source=cl)))
    assert dict(said.rows)["Read by"] == "D.D.C. court feed, CourtListener"


def test_what_else_there_is_to_say_stands_in_a_bundle_of_filings() -> None:
    others = [alert for alert in every_alert() if not isinstance(alert, Filed | Amended)]
    said = whole(bundle_words([order(1), *others]))
    for words in (
        "Order No1.",
        "Now watching D.D.C. 1:25-cv-00457",
        "Appeal docketed as No. 26-5006",
        "docket-monitor watch confirm cadc/26-5006",
        "Docket terminated",
        "A gap: nothing vouches for",
        "was looked into",
        "cannot be relied on",
        "works again",
        "now carries other entries",
        "In the news: Judge rules",
        "Messages to hook are given up",
    ):
        assert words in said


def test_alerts_without_a_filing_are_told_one_after_the_other() -> None:
    others = [alert for alert in every_alert() if not isinstance(alert, Filed | Amended)]
    said = bundle_words(others)
    page = whole(said)
    assert said.subject == "Now watching — CTR v. IRS (D.D.C. 25-cv-457)"
    assert page.count("In the news: Judge rules") == 2
    assert "https://x/1" in page
    assert "Dockets: CTR v. IRS (D.D.C. 1:25-cv-00457)" in page
    assert page.index("Now watching") < page.index("A gap:") < page.index("Test alert")


def test_one_alert_that_is_left_after_folding_is_told_as_if_it_were_alone() -> None:
    alone = message_of(notification(caught_up(gap=GAP)))
    assert message_of(notification(caught_up(gap=GAP), gap_opened())) == alone


def test_a_bundle_of_huge_hostile_texts_stays_short_enough_for_a_mail() -> None:
    filings = [order(n, text="\u202e<b>x</b>\r\n" * 20_000) for n in range(100)]
    assert len(text_of(message_of(notification(*filings)))) < 100_000
