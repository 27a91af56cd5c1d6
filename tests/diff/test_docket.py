"""What changed on an entry or a docket: nothing is forgotten, nothing is told that did not change."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.diff.docket import entry_id_of, merge_docket, merge_entry, new_entry, words_hash
from monitor.model.change import (
    CaptionChanged,
    DocumentAvailable,
    DocumentSealed,
    EntryRevised,
    Reassigned,
    Reopened,
    Terminated,
    TextFilledIn,
)
from monitor.model.docket import Docket, DocketEntry, Document, Sighting
from tests.feeds import NOON

DAY = date(2026, 3, 4)
DOCUMENT = Document("04501000051", "51", url="https://ecf.example/doc1/045")


def seen(source: str = "court", **more: Any) -> Sighting:
    values: dict[str, Any] = {"event_name": "Order", "entry_keys": ("dcd:seq:1:10",)} | more
    return Sighting(
        source, "k", "dcd", "1:25-cv-00457", date_filed=more.pop("day", DAY), **_but_day(values)
    )


def _but_day(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "day"}


def entry(**more: Any) -> DocketEntry:
    return new_entry(seen(**more), NOON, "")


STUB = entry()
KNOWN = entry(text="ORDER denying", entry_number=51, documents=(DOCUMENT,), url="https://x/1")


def kinds(known: DocketEntry, **more: Any) -> list[type]:
    return [type(change) for change in merge_entry(known, seen("cl", **more))[1]]


CHANGES: dict[str, tuple[DocketEntry, dict[str, Any], list[type]]] = {
    "the same again": (STUB, {}, []),
    "a text for a stub": (STUB, {"text": "ORDER denying"}, [TextFilledIn]),
    "another text": (KNOWN, {"text": "ORDER granting"}, [EntryRevised]),
    "no text": (KNOWN, {"text": ""}, []),
    "another event": (STUB, {"event_name": "Memorandum"}, [EntryRevised]),
    "no event": (STUB, {"event_name": ""}, []),
    "a number": (STUB, {"entry_number": 0}, [EntryRevised]),
    "a number that differs": (KNOWN, {"entry_number": 52}, []),
    "no number": (KNOWN, {"entry_number": None}, []),
    "a document": (STUB, {"documents": (DOCUMENT,)}, [DocumentAvailable]),
    "a moved document": (KNOWN, {"documents": (replace(DOCUMENT, url="https://y/"),)}, []),
    "a document to be had": (
        KNOWN,
        {"documents": (replace(DOCUMENT, is_available=True),)},
        [DocumentAvailable],
    ),
    "a sealed document": (
        KNOWN,
        {"documents": (replace(DOCUMENT, is_sealed=True),)},
        [DocumentSealed],
    ),
    "no document": (KNOWN, {"documents": ()}, []),
    "another link": (KNOWN, {"url": "https://x/2"}, []),
    "a day later": (KNOWN, {"day": DAY + timedelta(days=1)}, []),
}


@pytest.mark.parametrize(("known", "more", "expected"), CHANGES.values(), ids=CHANGES)
def test_what_counts_as_a_change(
    known: DocketEntry, more: dict[str, Any], expected: list[type]
) -> None:
    assert kinds(known, **more) == expected


def test_an_empty_sighting_takes_nothing_away() -> None:
    empty = Sighting("cl", "k", "dcd", "1:25-cv-00457", entry_keys=("cl:9",))
    merged, changes = merge_entry(KNOWN, empty)
    assert changes == ()
    assert merged == replace(KNOWN, keys=("dcd:seq:1:10", "cl:9"), source_ids=("court", "cl"))


def test_the_earliest_day_and_moment_are_the_filings() -> None:
    later, earlier = (
        seen(day=DAY + timedelta(days=n), published_at=NOON + timedelta(hours=n)) for n in (2, 1)
    )
    for one, other in ((later, earlier), (earlier, later)):
        merged, _ = merge_entry(new_entry(one, NOON, ""), other)
        assert (merged.date_filed, merged.published_at) == (
            earlier.date_filed,
            earlier.published_at,
        )


def test_a_text_that_is_replaced_can_be_read_in_the_change() -> None:
    (change,) = merge_entry(KNOWN, seen("cl", text="ORDER granting"))[1]
    assert isinstance(change, EntryRevised)
    assert (change.before, change.after, change.field) == (
        "ORDER denying",
        "ORDER granting",
        "text",
    )


def test_a_sealed_document_is_told_once_and_is_not_to_be_had() -> None:
    sealed = replace(DOCUMENT, is_sealed=True, is_available=True)
    once, _ = merge_entry(KNOWN, seen("cl", documents=(sealed,)))
    assert [(doc.is_sealed, doc.is_available) for doc in once.documents] == [(True, False)]
    assert merge_entry(once, seen("cl", documents=(sealed,)))[1] == ()


VIEWS = st.builds(
    seen,
    st.sampled_from(["court", "cl", "cl:atom"]),
    event_name=st.sampled_from(["", "Order", "Notice"]),
    text=st.sampled_from(["", "ORDER denying", "ORDER granting"]),
    entry_number=st.none() | st.integers(1, 3),
    documents=st.lists(
        st.builds(Document, st.sampled_from("abc"), is_available=st.booleans()),
        max_size=3,
        unique_by=lambda document: document.document_id,
    ).map(tuple),
)


@given(VIEWS, VIEWS)
def test_the_same_sighting_twice_changes_an_entry_once(first: Sighting, second: Sighting) -> None:
    once, _ = merge_entry(new_entry(first, NOON, ""), second)
    assert merge_entry(once, second) == (once, ())


@given(st.lists(VIEWS, min_size=1, max_size=5))
def test_nothing_that_any_source_showed_is_forgotten(views: list[Sighting]) -> None:
    known = new_entry(views[0], NOON, "")
    for view in views[1:]:
        known, _ = merge_entry(known, view)
    assert set(known.event_names) == {view.event_name for view in views} - {""}
    assert set(known.source_ids) == {view.source_id for view in views}
    assert (known.text != "") == any(view.text for view in views)
    wanted = {doc.document_id: False for view in views for doc in view.documents}
    wanted |= {
        doc.document_id: True for view in views for doc in view.documents if doc.is_available
    }
    assert {doc.document_id: doc.is_available for doc in known.documents} == wanted


# --- what is compared of a sighting ---

SAME = [{"url": "https://y/"}, {"case_name": "X v. Y"}, {"published_at": NOON}, {"cl_docket_id": 7}]
OTHER = [
    {"text": "x"},
    {"event_name": "x"},
    {"entry_number": 7},
    {"entry_keys": ("cl:7",)},
    {"documents": (DOCUMENT,)},
]


@pytest.mark.parametrize("more", SAME)
def test_links_captions_and_clocks_are_no_edit(more: dict[str, Any]) -> None:
    assert words_hash(seen(**more)) == words_hash(seen())


@pytest.mark.parametrize("more", OTHER)
def test_words_numbers_and_documents_are(more: dict[str, Any]) -> None:
    assert words_hash(seen(**more)) != words_hash(seen())


@given(st.text(), st.text())
def test_any_words_have_a_fingerprint(one: str, other: str) -> None:
    assert (words_hash(seen(text=one)) == words_hash(seen(text=other))) == (one == other)


def test_an_entry_is_named_by_its_strongest_key_whoever_sees_it_first() -> None:
    assert entry_id_of(seen()) == entry_id_of(seen("cl", entry_keys=("dcd:seq:1:10", "cl:9")))
    assert entry_id_of(seen()) != entry_id_of(seen(entry_keys=("dcd:seq:1:11",)))


# --- heads of dockets ---

HEAD = Docket(
    "dcd/1:25-cv-00457",
    "dcd",
    "1:25-cv-00457",
    "Doe v. Roe",
    NOON,
    77,
    "A. Judge",
    DAY,
    states_head=True,
)
LATER = NOON + timedelta(days=1)
HEADS: dict[str, tuple[Docket, dict[str, Any], list[type]]] = {
    "the same": (HEAD, {}, []),
    "another judge": (HEAD, {"assigned_to": "B. Judge"}, [Reassigned]),
    "no judge": (HEAD, {"assigned_to": ""}, []),
    "the first judge": (replace(HEAD, assigned_to=""), {}, []),
    "closed": (HEAD, {"date_terminated": DAY}, [Terminated]),
    "still closed": (replace(HEAD, date_terminated=DAY), {"date_terminated": DAY}, []),
    "opened again": (replace(HEAD, date_terminated=DAY), {}, [Reopened]),
    "not asked whether it is open": (
        replace(HEAD, date_terminated=DAY),
        {"states_head": False},
        [],
    ),
    "a later caption": (HEAD, {"case_name": "Poe v. Roe", "case_name_at": LATER}, [CaptionChanged]),
    "an older caption": (
        HEAD,
        {"case_name": "Poe v. Roe", "case_name_at": NOON - timedelta(1)},
        [],
    ),
    "no caption": (HEAD, {"case_name": "", "case_name_at": LATER}, []),
}


@pytest.mark.parametrize(("known", "more", "expected"), HEADS.values(), ids=HEADS)
def test_what_is_told_of_a_head(known: Docket, more: dict[str, Any], expected: list[type]) -> None:
    merged, changes = merge_docket(known, replace(HEAD, **more), "cl")
    assert [type(change) for change in changes] == expected
    assert merge_docket(merged, replace(HEAD, **more), "cl")[1] == ()


def test_a_docket_that_is_met_for_the_first_time_is_no_change() -> None:
    assert merge_docket(None, replace(HEAD, date_terminated=DAY), "cl")[1] == ()


def test_the_newest_caption_wins_in_whatever_order_they_come() -> None:
    names = [
        replace(HEAD, case_name=f"{n} v. Roe", case_name_at=NOON + timedelta(days=n % 3))
        for n in range(4)
    ]
    last = set()
    for order in itertools.permutations(names):
        known: Docket | None = None
        for one in order:
            known, _ = merge_docket(known, one, "cl")
        last.add(known.case_name if known else "")
    assert last == {"2 v. Roe"}


def test_a_late_stub_does_not_cover_the_text() -> None:
    """CourtListener's feed gives the event's name where it has no text (yet)."""
    stub = "Order on Motion to Stay"
    known = entry(text="ORDER denying 7 Motion to Stay", event_name=stub)
    merged, changes = merge_entry(known, Sighting("cl:atom", "entry-5", "dcd", "n", text=stub))
    assert (merged.text, changes) == (known.text, ())
