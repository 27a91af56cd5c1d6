"""The court's pages: feeds in CM/ECF's grammar, and CourtListener's answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from monitor.demo.timeline import APPELLATE, DemoDocket, DemoEntry, DemoStory, Timeline

LOOK_BACK = timedelta(hours=24)
_EASTERN = ZoneInfo("America/New_York")


def court_feed(
    timeline: Timeline,
    court_id: str,
    shown: Sequence[tuple[DemoEntry, datetime]],
    built: datetime,
    types: str = "all",
) -> bytes:
    """The feed of a court, newest item first. `shown` are entries and when they were entered."""
    items = [
        item
        for entry, at in sorted(shown, key=lambda pair: (pair[1], pair[0].seq), reverse=True)
        if entry.court_id == court_id and at > built - LOOK_BACK
        for item in _items(timeline.docket(court_id, entry.number), entry, at)
    ]
    if court_id in APPELLATE:
        types = "orders,opinions,judgments"
    head = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
        '<rss version="2.0" xmlns:blogChannel="http://backend.userland.com/blogChannelModule">\n'
        f"<channel>\n<title>{court_id}: Recent Entries</title>\n"
        f"<link>https://ecf.{court_id}.uscourts.gov</link>\n"
        f"<description>Docket entries of type: {types}</description>\n"
        f"<lastBuildDate>{_feed_time(built, court_id)}</lastBuildDate>\n"
    )
    return (head + "".join(items) + "</channel>\n</rss>\n").encode("ascii", "xmlcharrefreplace")


def _items(docket: DemoDocket, entry: DemoEntry, at: datetime) -> list[str]:
    make = _appellate_item if docket.court_id in APPELLATE else _district_item
    return [make(docket, entry, event, at) for event in entry.events]


def _district_item(docket: DemoDocket, entry: DemoEntry, event: str, at: datetime) -> str:
    host = f"https://ecf.{docket.court_id}.uscourts.gov"
    link = f"{host}/cgi-bin/DktRpt.pl?{docket.pacer_case_id}"
    described = f"[{event}] "
    if entry.entry_number is not None:
        query = f"caseid={docket.pacer_case_id}&de_seq_num={entry.seq}"
        href = f"{host}/doc1/{document_id(entry)}?{query}"
        described += f'(<a href="{href}" >{entry.entry_number}</a>)'
    return _item(docket, link, described, f"{link}&{entry.seq}", _feed_time(at, docket.court_id))


def _appellate_item(docket: DemoDocket, entry: DemoEntry, event: str, at: datetime) -> str:
    host = f"https://ecf.{docket.court_id}.uscourts.gov"
    servlet = "TransportRoom?servlet=DocketReportFilter.jsp"
    link = f"{host}/n/beam/servlet/{servlet}&caseNum={docket.number}"
    described = f"[{event}] (<a href='{host}/docs1/{document_id(entry)}'>Document</a>)"
    guid = f"{link}&partId={entry.seq}"
    return _item(docket, link, described, guid, _feed_time(at, docket.court_id))


def _item(docket: DemoDocket, link: str, described: str, guid: str, at: str) -> str:
    return (
        f"<item>\n<title>{escape(docket.number)} {escape(docket.name)}</title>\n"
        f"<link>{escape(link)}</link>\n<description>{escape(described)}</description>\n"
        f'<guid isPermaLink="true">{escape(guid)}</guid>\n<pubDate>{at}</pubDate>\n</item>\n'
    )


def document_id(entry: DemoEntry) -> str:
    return f"0450{entry.seq:07d}"


def _feed_time(moment: datetime, court_id: str) -> str:
    if court_id in APPELLATE:
        local = moment.astimezone(_EASTERN)
        return f"{local:%a, %d %b %Y %H:%M:%S} {local:%Z}"
    return f"{moment:%a, %d %b %Y %H:%M:%S} GMT"


def news_feed(shown: Sequence[tuple[DemoStory, datetime]]) -> bytes:
    items = "".join(
        f"<item><title>{escape(story.title)}</title><guid>demo-{place}</guid>"
        f"<link>https://news.example/{place}</link>"
        f"<description>{escape(story.summary)}</description>"
        f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for place, (story, at) in enumerate(shown)
    )
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
    return f"{head}<title>Demo News</title>{items}</channel></rss>".encode()


def cl_docket(docket: DemoDocket) -> dict[str, Any]:
    """A docket as CourtListener's REST API v4 gives it; absent fields are null there too."""
    return {
        "id": docket.cl_docket_id,
        "court_id": docket.court_id,
        "docket_number": docket.number,
        "case_name": docket.name,
        "pacer_case_id": "" if docket.court_id in APPELLATE else str(docket.pacer_case_id),
        "absolute_url": f"/docket/{docket.cl_docket_id}/demo/",
        "assigned_to_str": "",
        "original_court_info": {"docket_number": docket.appeal_from}
        if docket.appeal_from
        else None,
        "date_filed": docket.filed or None,
        "date_terminated": None,
        "date_modified": "2026-01-01T00:00:00.000000-08:00",
    }


def scotus_docket(
    docket: DemoDocket, shown: Sequence[tuple[DemoEntry, datetime]]
) -> dict[str, Any]:
    """A docket page of the Supreme Court, as its JSON gives it."""
    petitioner, _, respondent = docket.name.partition(" v. ")
    return {
        "CaseNumber": f"{docket.number.upper()} ",
        "DocketedDate": f"{shown[0][1]:%B %d, %Y}",
        "PetitionerTitle": f"{petitioner}, Petitioners",
        "RespondentTitle": respondent,
        "LowerCourtCaseNumbers": f"({docket.appeal_from})",
        "ProceedingsandOrder": [
            {"Date": f"{at:%b %d %Y}", "Text": entry.text or entry.events[0], "Links": []}
            for entry, at in sorted(shown, key=lambda pair: pair[1])
        ],
    }


def cl_entry(
    docket: DemoDocket, entry: DemoEntry, at: datetime, text: str, modified: datetime
) -> dict[str, Any]:
    """A docket entry; before its text is known the description is empty, as with real stubs."""
    local = at.astimezone(_EASTERN)
    number = entry.entry_number
    return {
        "id": 70_000 + entry.seq,
        "docket": f"https://www.courtlistener.com/api/rest/v4/dockets/{docket.cl_docket_id}/",
        "date_created": at.isoformat(),
        "date_modified": modified.isoformat(),
        "date_filed": local.date().isoformat(),
        "time_filed": f"{local:%H:%M:%S}",
        "entry_number": number,
        "recap_sequence_number": f"{local:%Y-%m-%d}.001",
        "pacer_sequence_number": None if docket.court_id in APPELLATE else entry.seq,
        "description": text,
        "recap_documents": [
            {
                "id": 60_000 + entry.seq,
                "absolute_url": f"/docket/{docket.cl_docket_id}/{number}/demo/" if number else "",
                "document_number": str(number or ""),
                "attachment_number": None,
                "pacer_doc_id": document_id(entry) if number else "",
                "is_available": False,
                "is_sealed": None,
                "description": entry.events[-1],
                "filepath_local": None,
            }
        ],
    }
