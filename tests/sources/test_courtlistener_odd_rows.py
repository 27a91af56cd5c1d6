"""Rows of CourtListener's API that break the reading of a docket, or lead elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.errors import ParseError
from monitor.normalize.numbers import LARGEST_INTEGER
from monitor.sources.courtlistener.rows import normalize_entry, normalize_loose_document
from tests.sources.test_courtlistener_rest import DOCKET, page, read, reading, row
from tests.sources.test_courtlistener_rows import MAIN, ON, ROW


def test_an_infinite_id_is_kept_raw_and_costs_no_other() -> None:  # OverflowError is no ValueError
    found = reading(page(DOCKET), page(row(1), {"id": float("inf")}))
    assert (len(found.sightings), len(found.unreadable)) == (1, 1)


@pytest.mark.parametrize("odd", [[None, 1], ["1", 1], [float("inf")], [None]])
def test_dockets_without_an_id_are_a_failed_poll_and_no_bug(odd: list[Any]) -> None:
    try:
        read(page(*(DOCKET | {"id": one} for one in odd)))
    except ParseError:
        pass


def test_one_row_that_is_none_costs_no_other() -> None:
    found = reading(page(DOCKET), page(row(1), None))
    assert (len(found.sightings), len(found.unreadable)) == (1, 1)


def test_a_documents_number_is_one_that_a_database_takes() -> None:
    seen = normalize_loose_document(MAIN | {"document_number": "9" * 30}, ON)
    assert seen is not None
    assert seen.entry_number is None or seen.entry_number < LARGEST_INTEGER


@pytest.mark.parametrize(
    "path", ["/x\r\nBcc: y@evil.example", "/x\x00", '/x" onclick="y', "/\u202ex"]
)
def test_a_link_has_no_signs_that_no_link_has(path: str) -> None:
    seen = normalize_entry(ROW | {"recap_documents": [MAIN | {"absolute_url": path}]}, ON)
    assert not set('\r\n\x00"\u202e ') & set(seen.url)


def test_yes_is_no_sequence_number() -> None:  # two such rows would be one entry by "proof"
    assert normalize_entry(ROW | {"pacer_sequence_number": True}, ON).entry_keys == ("cl:900",)
