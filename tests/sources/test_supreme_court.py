"""The Supreme Court's docket page, as received, and what it must become."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from monitor.errors import ParseError
from monitor.match.watchlist import make_watchlist
from monitor.model.docket import Document
from monitor.model.reading import Reading
from monitor.model.source import Source, SourceState, Window
from monitor.ports import Fetched
from monitor.sources.supreme_court import SUPREME_COURT
from monitor.sources.supreme_court.reader import SupremeCourtReader
from tests.feeds import NOON

PDF = "https://www.supremecourt.gov/DocketPDF/25/25-1234/400001/20260601_Petition.pdf"
PAGE: dict[str, Any] = {
    "CaseNumber": "25-1234 ",
    "bCapitalCase": False,
    "sJsonCaseType": "Paid",
    "DocketedDate": "June 2, 2026",
    "PetitionerTitle": "Acme Corp., et al., Petitioners",
    "RespondentTitle": "Jane Doe",
    "LowerCourt": "United States Court of Appeals for the First Circuit",
    "LowerCourtCaseNumbers": "(25-1001)",
    "ProceedingsandOrder": [
        {
            "Date": "Jun 01 2026",
            "Text": "Petition for a writ of certiorari filed. (Response due July 1, 2026)",
            "Links": [
                {"Description": "Petition", "DocumentUrl": PDF},
                {"Description": "Appendix", "DocumentUrl": PDF.replace("Petition", "Appendix")},
            ],
        },
        {"Date": "Oct 05 2026", "Text": "Petition <i>DENIED</i>."},
        {"Date": "Oct 06 2026", "Text": " "},
    ],
}
SOURCE = Source(
    "supreme-court:25-1234", SUPREME_COURT, "https://x/25-1234.json",
    timedelta(hours=1), court_id="scotus", docket_number="25-1234",
)  # fmt: skip


def read(page: object, before: Reading | None = None) -> Reading:
    body = page if isinstance(page, bytes) else json.dumps(page).encode()
    reading = SupremeCourtReader().read(
        SOURCE,
        SourceState(
            NOON,
            window=(before and before.window) or Window(),
            cursor=before.cursor if before else "",
        ),
        make_watchlist([]),
        (Fetched(body, etag='"1"'),),
    )
    assert isinstance(reading, Reading)
    return reading


def test_the_page_becomes_a_docket_and_its_entries() -> None:
    reading = read(PAGE)
    denied, petition = reading.sightings
    assert (denied.date_filed, denied.text) == (date(2026, 10, 5), "Petition DENIED.")
    assert petition.entry_keys == ("scotus:entry:25-1234:400001",)
    assert petition.documents[0] == Document(PDF, "", None, "Petition", PDF, is_available=True)
    assert petition.documents[1].attachment_number == 1
    (docket,) = reading.dockets
    assert docket.case_name == "Acme Corp., et al. v. Jane Doe"
    assert docket.date_filed == date(2026, 6, 2)
    assert reading.etag == '"1"'


def test_a_line_without_words_is_kept_raw() -> None:
    (lost,) = read(PAGE).unreadable
    assert "without words" in lost.reason


def test_a_proceeding_keeps_its_name_when_its_words_are_edited() -> None:
    first = PAGE["ProceedingsandOrder"][0]
    edited = PAGE | {"ProceedingsandOrder": [first | {"Text": "Petition filed."}]}
    assert read(edited).sightings[0].entry_keys == read(PAGE).sightings[1].entry_keys


def test_what_the_page_leaves_out_twice_is_withdrawn() -> None:
    whole = PAGE["ProceedingsandOrder"]
    shorter = PAGE | {"ProceedingsandOrder": whole[1:]}
    first = read(PAGE)
    once = read(shorter, first)
    twice = read(shorter, once)
    assert (first.vanished, once.vanished) == ((), ())
    assert twice.vanished == ("scotus:entry:25-1234:400001",)
    assert read(shorter, twice).vanished == ()
    assert read(PAGE, once).vanished == ()


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (b"<html>down</html>", "no JSON"),
        ({"CaseNumber": "25-1234"}, "no proceedings"),
        (PAGE | {"CaseNumber": "25-9999"}, "not '25-1234'"),
    ],
)
def test_what_is_no_such_docket_is_refused(page: object, said: str) -> None:
    with pytest.raises(ParseError, match=said):
        read(page)
