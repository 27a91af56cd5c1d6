"""Rows of CourtListener: whatever stands in a field, what can be read of the row is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.docket import Sighting
from monitor.normalize.numbers import LARGEST_INTEGER
from monitor.sources.courtlistener.rows import (
    ClDocket,
    normalize_docket,
    normalize_document,
    normalize_entry,
    normalize_loose_document,
)

PAGE = "https://cl.example/docket/77/doe-v-roe/"
ON = ClDocket("cl", "dcd", "1:25-cv-00457", 77, "270000", PAGE, "Doe v. Roe")
CIRCUIT = replace(ON, court_id="cadc", docket_number="26-5006", pacer_case_id="")
MAIN: dict[str, Any] = {
    "id": 4720,
    "document_number": "51",
    "attachment_number": None,
    "pacer_doc_id": "04511000051",
    "description": "Order on Motion to Stay",
    "absolute_url": "/docket/77/51/doe-v-roe/",
    "filepath_local": None,
    "is_available": False,
    "is_sealed": None,
}
ROW: dict[str, Any] = {
    "id": 900,
    "date_filed": "2026-08-20",
    "time_filed": "13:19:24",
    "entry_number": 51,
    "pacer_sequence_number": 187,
    "description": "",
    "recap_documents": [MAIN],
}
MINUTE = ROW | {
    "entry_number": None,
    "pacer_sequence_number": None,
    "description": "MINUTE ORDER granting <b>49</b> Motion &amp; denying 50",
    "recap_documents": [MAIN | {"document_number": "", "pacer_doc_id": "", "absolute_url": ""}],
}


def entry(on: ClDocket = ON, **more: Any) -> Sighting:
    return normalize_entry(ROW | more, on)


def test_a_stub_is_named_by_its_main_document() -> None:
    attached = MAIN | {"attachment_number": 1, "description": "Exhibit A", "pacer_doc_id": "0452"}
    seen = entry(recap_documents=[attached, MAIN])
    assert (seen.event_name, seen.text) == ("Order on Motion to Stay", "")
    assert [doc.attachment_number for doc in seen.documents] == [1, None]


@pytest.mark.parametrize("nought", [None, 0, "", "0", " ", False, 0.0])
def test_the_main_document_is_the_one_that_is_no_attachment(nought: object) -> None:
    """Some rows number it as nought: the entry was told as one without words."""
    main = MAIN | {"attachment_number": nought}
    attached = MAIN | {"attachment_number": "2", "description": "Exhibit", "pacer_doc_id": "0452"}
    wordless = main | {"description": "", "pacer_doc_id": "", "document_number": ""}
    for rows in ([main], [attached, main], [wordless, attached, main]):
        seen = entry(recap_documents=rows)
        assert seen.event_name == "Order on Motion to Stay"
        assert seen.url == "https://cl.example/docket/77/51/doe-v-roe/"
        numbers = {doc.document_id: doc.attachment_number for doc in seen.documents}
        assert numbers["04501000051"] is None
        assert set(numbers.values()) <= {None, 2}
    loose = normalize_loose_document(main, ON)
    assert loose is not None
    assert loose.documents[0].attachment_number is None


def test_a_minute_order_has_words_and_no_number() -> None:
    seen = normalize_entry(MINUTE, ON)
    assert (seen.entry_number, seen.documents) == (None, ())
    assert seen.text == "MINUTE ORDER granting 49 Motion & denying 50"
    assert seen.entry_keys == ("cl:900",)
    assert seen.url.endswith("#minute-entry-900")


def test_the_courts_own_key_needs_the_courts_own_case() -> None:
    assert entry().entry_keys == ("dcd:seq:270000:187", "cl:900")
    assert entry(on=replace(ON, pacer_case_id="")).entry_keys == ("cl:900",)
    assert entry(pacer_sequence_number="187").entry_keys == ("cl:900",)


NUMBERS: dict[str, tuple[object, ClDocket, int | None]] = {
    "a number": (51, ON, 51),
    "zero": (0, ON, 0),
    "a text": ("51", ON, None),
    "yes": (True, ON, None),
    "a fraction": (51.5, ON, None),
    "below zero": (-1, ON, None),
    "larger than a database takes": (2**31, ON, None),
    "the id of a document": (1_208_712_345, CIRCUIT, None),
    "a circuit's number": (12, CIRCUIT, 12),
}


@pytest.mark.parametrize(("raw", "on", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_what_counts_as_a_number(raw: object, on: ClDocket, expected: int | None) -> None:
    seen = entry(on=on, entry_number=raw)
    assert seen.entry_number == expected
    assert seen.date_filed == date(2026, 8, 20)


TIMES: dict[str, tuple[str, object, str, datetime | None]] = {
    "summer": ("2026-08-20", "13:19:24", "dcd", datetime(2026, 8, 20, 17, 19, 24, tzinfo=UTC)),
    "winter": ("2026-01-20", "13:19:24", "dcd", datetime(2026, 1, 20, 18, 19, 24, tzinfo=UTC)),
    "the next day in London": ("2026-08-20", "22:00", "cand", datetime(2026, 8, 21, 5, tzinfo=UTC)),
    "a court unknown": ("2026-08-20", "22:00", "xyz", datetime(2026, 8, 20, 22, tzinfo=UTC)),
    "no time": ("2026-08-20", None, "dcd", None),
    "no such time": ("2026-08-20", "25:61", "dcd", None),
    "no such day": ("2026-02-30", "12:00", "dcd", None),
    "a number": ("2026-08-20", 12, "dcd", None),
}


@pytest.mark.parametrize(("day", "hour", "court", "expected"), TIMES.values(), ids=TIMES)
def test_times_are_the_courts_own(
    day: str, hour: object, court: str, expected: datetime | None
) -> None:
    seen = entry(on=replace(ON, court_id=court), date_filed=day, time_filed=hour)
    assert seen.published_at == expected


def test_a_document_is_read_at_courtlistener_as_soon_as_it_has_it() -> None:
    (waiting,), (ready,) = (
        entry(recap_documents=[MAIN | more]).documents
        for more in ({}, {"is_available": True, "filepath_local": "recap/51.0.pdf"})
    )
    assert (waiting.is_available, urlsplit(waiting.url).hostname) == (False, "cl.example")
    assert (ready.is_available, ready.url) == (
        True,
        "https://storage.courtlistener.com/recap/51.0.pdf",
    )
    assert waiting.document_id == ready.document_id == "04501000051"


@pytest.mark.parametrize("odd", [None, 0, 1, "true", "false", [], {}])
def test_only_a_clear_yes_means_available_or_sealed(odd: object) -> None:
    found = normalize_document(MAIN | {"is_available": odd, "is_sealed": odd}, ON)
    assert found is not None
    assert not found.is_available
    assert not found.is_sealed


@pytest.mark.parametrize(
    "path", ["javascript:alert(1)", "https://evil.example/", "", None, 7, "evil.example/x"]
)
def test_a_link_leads_to_courtlistener_or_nowhere(path: object) -> None:
    seen = entry(recap_documents=[MAIN | {"absolute_url": path}])
    hosts = {urlsplit(url).hostname for url in (seen.url, seen.documents[0].url) if url}
    assert hosts <= {"cl.example"}


@pytest.mark.parametrize("path", ["//evil.example/x", "/@evil.example", "/\\evil.example"])
def test_a_path_that_looks_like_a_host_stays_on_the_site(path: str) -> None:
    assert (
        urlsplit(entry(recap_documents=[MAIN | {"absolute_url": path}]).url).hostname
        == "cl.example"
    )


def test_a_loose_document_finds_its_entry_by_the_courts_number() -> None:
    seen = normalize_loose_document(MAIN, ON)
    assert seen is not None
    assert (seen.entry_number, seen.is_supplement, seen.entry_keys) == (51, True, ())
    above = normalize_loose_document(MAIN | {"document_number": "1208712345"}, CIRCUIT)
    assert above is not None
    assert above.entry_number is None


def test_what_has_neither_number_nor_id_is_no_document() -> None:
    empty = MAIN | {"document_number": None, "pacer_doc_id": None}
    assert normalize_document(empty, ON) is None
    assert normalize_loose_document(empty, ON) is None


def test_a_head_with_nulls_and_wrong_types_claims_nothing() -> None:
    odd: dict[str, Any] = {"id": "77", "case_name": None, "assigned_to_str": 5, "date_filed": 2026}
    head = normalize_docket(odd, "dcd", "1:25-cv-00457")
    assert (head.cl_docket_id, head.case_name, head.assigned_to, head.date_filed) == (
        None,
        "",
        "",
        None,
    )
    assert head.docket_id == "dcd/1:25-cv-00457"


def test_hostile_words_become_plain_ones() -> None:
    words = "ORDER\r\nBcc: x@evil.example\x00\u202e <img src=x onerror=y> <script>z</script>DENYING"
    seen = entry(description=words, recap_documents=[MAIN | {"description": "Or<b>der\r\n on</b>"}])
    assert seen.text == "ORDER Bcc: x@evil.example DENYING"
    assert seen.event_name == "Or der on"


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(
    LEAVES, lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(), v), max_leaves=6
)
FIELDS = sorted(set(ROW) - {"id", "recap_documents"})
DOCUMENTS = st.lists(
    VALUES | st.fixed_dictionaries({}, optional=dict.fromkeys(MAIN, VALUES)), max_size=3
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, VALUES)), DOCUMENTS, VALUES)
def test_anything_in_any_field_is_survived(
    odd: dict[str, Any], documents: list[Any], unknown: object
) -> None:
    seen = normalize_entry({"id": 900, "recap_documents": documents, "new": unknown} | odd, ON)
    assert seen.sighting_key == "cl:900"
    assert seen.entry_keys[-1] == "cl:900"
    assert seen.entry_number is None or 0 <= seen.entry_number < LARGEST_INTEGER
    assert not set("\r\n\x00\u202e") & set(seen.text + seen.event_name)
    assert all(doc.document_id for doc in seen.documents)
