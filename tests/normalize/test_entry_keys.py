"""Keys of entries: what is written into a key is read from it, and never mistaken for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.normalize.documents import normalize_document_id
from monitor.normalize.entry_keys import (
    Scheme,
    by_numbering,
    court_listener_atom_key,
    court_listener_key,
    entry_key,
    part_of,
    read_key,
    sequence_of,
)

SEQ = entry_key("dcd", Scheme.SEQUENCE, 270000, 187)
PART = entry_key("cadc", Scheme.PART, "26-5006", 1234)
ROW, ATOM = court_listener_key(900), court_listener_atom_key(77, "51")
COURTS = st.sampled_from(["dcd", "cadc", "nyeb", "scotus"])
WORDS = st.text(st.characters(exclude_characters=":"), max_size=12)


@given(COURTS, st.sampled_from(Scheme), st.lists(WORDS, min_size=1, max_size=3))
def test_a_key_is_read_as_it_was_written(court: str, scheme: Scheme, parts: list[str]) -> None:
    read = read_key(entry_key(court, scheme, *parts))
    assert (read.court_id, read.scheme, read.parts) == (court, scheme, tuple(parts))


@given(st.text())
def test_any_word_can_be_taken_for_a_key(key: str) -> None:
    read = read_key(key)
    assert read.scheme is None or read.scheme in Scheme
    assert part_of([key]) == "" or read.scheme is Scheme.PART


@pytest.mark.parametrize("key", [ROW, ATOM, "cl:seq:1:2", "cl:part:1:2", "cl:case:1"])
def test_courtlisteners_rows_are_no_numbering_of_a_court(key: str) -> None:
    """Two rows of CourtListener may be one entry; two numbers of a court never are."""
    assert by_numbering([key]) == {}
    assert sequence_of([key]) is None


@pytest.mark.parametrize("scheme", [Scheme.DOCUMENT, Scheme.MOMENT, Scheme.ITEM])
def test_documents_and_words_do_not_number_entries(scheme: Scheme) -> None:
    assert by_numbering([entry_key("dcd", scheme, "1", "2")]) == {}


def test_each_court_and_scheme_numbers_for_itself() -> None:
    other = entry_key("dcd", Scheme.SEQUENCE, 270000, 188)
    found = by_numbering([SEQ, other, PART, ROW, entry_key("mad", Scheme.SEQUENCE, 270000, 187)])
    assert found == {
        ("dcd", Scheme.SEQUENCE): {SEQ, other},
        ("cadc", Scheme.PART): {PART},
        ("mad", Scheme.SEQUENCE): {"mad:seq:270000:187"},
    }


RUNNING: dict[str, tuple[list[str], int | None]] = {
    "a sequence": ([ROW, SEQ], 187),
    "a part": ([PART], 1234),
    "a printed number is none": ([entry_key("dcd", Scheme.CASE, 270000, 51)], None),
    "words": ([entry_key("dcd", Scheme.SEQUENCE, 270000, "x")], None),
    "below zero": ([entry_key("dcd", Scheme.SEQUENCE, 270000, -5)], None),
    "a power": ([entry_key("dcd", Scheme.SEQUENCE, 270000, "²")], None),
    "no parts": (["dcd:seq"], None),
    "none": ([], None),
}


@pytest.mark.parametrize(("keys", "expected"), RUNNING.values(), ids=RUNNING)
def test_the_running_number_of_an_entry(keys: list[str], expected: int | None) -> None:
    assert sequence_of(keys) == expected


def test_one_ruling_on_several_appeals_has_one_part() -> None:
    companion = entry_key("cadc", Scheme.PART, "26-5007", 1234)
    assert part_of([ROW, PART]) == part_of([companion]) == "1234"
    assert part_of([SEQ, ROW]) == ""


@given(st.text(max_size=20) | st.text("0123456789", max_size=20))
def test_a_documents_id_is_the_same_whichever_way_it_is_printed(raw: str) -> None:
    ours = normalize_document_id(raw)
    assert normalize_document_id(ours) == ours
    assert len(ours) == len(raw)
    assert (ours[:3], ours[4:]) == (raw[:3], raw[4:])


def test_only_the_fourth_digit_flips() -> None:
    assert normalize_document_id("04511000051") == normalize_document_id("04501000051")
    assert normalize_document_id("04511000051") != normalize_document_id("04511000052")
    assert normalize_document_id("cl:4720") == "cl:4720"
    assert normalize_document_id("045") == "045"
