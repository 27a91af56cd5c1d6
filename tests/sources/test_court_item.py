"""Items that no stored feed shows, written from the grammar."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from monitor.normalize.dates import parse_feed_time
from monitor.normalize.docket_number import normalize_docket_number, same_docket
from monitor.sources.court_rss.item import normalize_item, read_item
from monitor.sources.court_rss.raw import RawItem

NYED = RawItem(
    title="1:16-cv-05836-NGG-JO Doe v. Roe et al",
    link="https://ecf.nyed.uscourts.gov/cgi-bin/DktRpt.pl?392475",
    description="[Crossclaim] Doe v. Roe et al "
    '(<a href="https://ecf.nyed.uscourts.gov/cgi-bin/show_case_doc?63,392475,,,">63</a>)',
    guid="https://ecf.nyed.uscourts.gov/cgi-bin/DktRpt.pl?392475",
    published="Tue, 22 May 2018 21:39:48 GMT",
)


def test_the_eastern_district_of_new_york_names_the_case_behind_the_event() -> None:
    seen = normalize_item(NYED, "court:nyed", "nyed")
    assert (seen.docket_number, seen.event_name, seen.entry_number) == (
        "1:16-cv-05836",
        "Crossclaim",
        63,
    )
    assert seen.entry_keys == ("nyed:case:392475:63",)


def test_two_unnumbered_entries_under_one_guid_per_case_stay_two() -> None:
    one = RawItem(NYED.title, NYED.link, "[Order] Doe v. Roe et al ", NYED.guid, NYED.published)
    other = RawItem(
        NYED.title,
        NYED.link,
        "[Order] Doe v. Roe et al ",
        NYED.guid,
        "Tue, 22 May 2018 21:40:00 GMT",
    )
    first, second = (normalize_item(item, "s", "nyed") for item in (one, other))
    assert first.event_name == "Order"
    assert first.entry_keys != second.entry_keys
    assert first.sighting_key != second.sighting_key


def test_an_item_without_link_date_or_guid_is_kept_with_what_it_has() -> None:
    seen = normalize_item(RawItem(title="22-1214 Doe v. Roe", description="[ruling]"), "s", "ca6")
    assert (seen.docket_number, seen.event_name, seen.published_at) == ("22-1214", "ruling", None)
    assert seen.entry_keys


def test_a_sealed_number_is_kept_as_printed() -> None:
    item = RawItem(
        title="5:18-~gr-00001 ", description="[Order]", guid="https://x/DktRpt.pl?223879&5"
    )
    assert normalize_item(item, "s", "wvsd").docket_number == "5:18-~gr-00001"


def test_an_evening_filing_keeps_the_courts_day() -> None:
    item = RawItem("1:25-cv-00457 A v. B", "", "[Order]", "", "Tue, 06 Jan 2026 01:00:00 GMT")
    assert normalize_item(item, "s", "dcd").date_filed == date(2026, 1, 5)


def test_one_document_keeps_one_id_though_its_fourth_digit_flips() -> None:
    links = [
        f'[Order] (<a href="https://ecf.dcd.uscourts.gov/doc1/{doc}?caseid=1&de_seq_num=2" >3</a>)'
        for doc in ("04509652404", "04519652404")
    ]
    one, other = (
        normalize_item(RawItem("1:25-cv-00457 A", "", text, "https://x/DktRpt.pl?1&2"), "s", "dcd")
        for text in links
    )
    assert one.documents == other.documents


def test_a_hostile_link_is_dropped_and_its_entry_kept() -> None:
    text = '[Order] (<a href="javascript:alert(1)">5</a>)'
    parts = read_item(RawItem("1:25-cv-00457 A", "", text, "https://x/DktRpt.pl?1&2"))
    assert (parts.document_url, parts.document_text, parts.event_name) == ("", "5", "Order")


EVENTS = {
    "[Order [Amended] on Motion] ": "Order [Amended] on Motion",
    "[Dismiss ] ": "Dismiss",
    "[Close Adversary Case] 13": "Close Adversary Case",
    "[Pay Advices] (2)": "Pay Advices",
    "Type: bk Office: 8 Chapter: 7 Trustee: Sample, Ann E. [Notice, Appeal (fee)] ": "Notice, Appeal (fee)",
    "Type: ap Office: 1 Chapter:   [Order, Show Cause (x)] 4": "Order, Show Cause (x)",
    "[Lloyd&#039;s Motion &amp; Notice]": "Lloyd's Motion & Notice",
    "no brackets at all": "no brackets at all",
    "[never closed": "never closed",
}


@pytest.mark.parametrize(("description", "event"), EVENTS.items(), ids=EVENTS)
def test_events(description: str, event: str) -> None:
    assert (
        read_item(RawItem(title="1:25-cv-00457 A v. B", description=description)).event_name
        == event
    )


NUMBERS = {
    "3:24-cv-01234": "3:24-cv-01234",
    "3:24-CV-1234": "3:24-cv-01234",
    "Case No. 3:24-cv-01234": "3:24-cv-01234",
    "3:24-cv-01234-ABC-DEF": "3:24-cv-01234",
    "1:14-cr-10363-RGS-2": "1:14-cr-10363-2",
    "4:20-cr-00382-107": "4:20-cr-00382-107",
    "1:22-bk-02425-": "1:22-bk-02425",
    "2:22-cv-01844--MHB": "2:22-cv-01844",
    "4:22-mj-07865/A-EJM-1": "4:22-mj-07865/a-1",
    "B:22-mj-90070-2": "b:22-mj-90070-2",
    "22-12946-RG": "22-12946",
    "22-61668-thp13": "22-61668",
    "22-80456--13": "22-80456",
    "19-07079-13": "19-07079",
    "8-22-73600-las": "8-22-73600",
    "17-12306-1-rel": "17-12306",
    "24-cv-1234": "24-cv-01234",
    "3:2024-cv-01234": "3:24-cv-01234",
    "No. 24-5678": "24-5678",
    "11-8": "11-8",
    "CGC-24-612345": "cgc-24-612345",
    "24-cv-\u0661": "24-cv-\u0661",
    "NOVA-24-1": "nova-24-1",
    "": "",
}


@pytest.mark.parametrize(("raw", "expected"), NUMBERS.items(), ids=NUMBERS)
def test_docket_numbers_have_one_spelling(raw: str, expected: str) -> None:
    assert normalize_docket_number(raw) == expected
    assert normalize_docket_number(expected) == expected


def test_the_same_number_of_another_office_is_another_docket() -> None:
    assert not same_docket("1:25-cv-00457", "3:25-cv-00457")


ZONES = {"GMT": 9, "EST": 14, "EDT": 13, "MST": 16, "CDT": 14, "AKST": 18, "HST": 19, "ChST": -1}


@pytest.mark.parametrize(("zone", "hour"), ZONES.items())
def test_zones(zone: str, hour: int) -> None:
    want = datetime(2023, 2, 3, hour % 24, 5, 16, tzinfo=UTC)
    if hour < 0:
        want = want.replace(day=2)
    assert parse_feed_time(f"Fri, 03 Feb 2023 09:05:16 {zone}") == want
