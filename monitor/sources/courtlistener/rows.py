"""From CourtListener's JSON and Atom to sightings. Unknown and null values stay empty.

The wire formats are written down in `docs/sources.md`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from monitor.model.court import CourtKind, court
from monitor.model.docket import Docket, Document, Sighting, docket_id_of
from monitor.normalize.dates import parse_iso_date
from monitor.normalize.documents import normalize_document_id
from monitor.normalize.entry_keys import (
    Scheme,
    court_listener_atom_key,
    court_listener_key,
    entry_key,
)
from monitor.normalize.numbers import printed_number, whole_number
from monitor.normalize.text import plain, plain_url, rich_to_plain, short_name
from monitor.sources.words import word

STORAGE = "https://storage.courtlistener.com/"
#: Appellate entries without a number carry their document's id as one (CL issue #7079).
_LARGEST_NUMBER = 1_000_000

JSON = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ClDocket:
    """The docket that rows belong to: what the rows themselves do not say."""

    source_id: str
    court_id: str
    docket_number: str
    cl_docket_id: int
    pacer_case_id: str = ""
    #: Absolute address of the docket's page, without a fragment.
    page: str = ""
    case_name: str = ""


def normalize_docket(row: JSON, court_id: str, docket_number: str) -> Docket:
    """The head of a docket, filed under the number by which it is watched."""
    closed = parse_iso_date(row.get("date_terminated"))
    return Docket(
        docket_id=docket_id_of(court_id, docket_number),
        court_id=court_id,
        docket_number=docket_number,
        case_name=plain(word(row, "case_name")),
        cl_docket_id=whole_number(row.get("id")),
        assigned_to=plain(word(row, "assigned_to_str")),
        date_filed=parse_iso_date(row.get("date_filed")),
        date_terminated=closed,
        # Only null says that the case is open; a day that is missing or odd says nothing.
        states_head=closed is not None or row.get("date_terminated", "") is None,
    )


def normalize_entry(row: JSON, on: ClDocket) -> Sighting:
    """One row of `/docket-entries/`. Raises KeyError, TypeError or ValueError without an id."""
    row_id = _row_id(row)
    number = _entry_number(row.get("entry_number"), on.court_id)
    rows = [d for d in row.get("recap_documents") or () if isinstance(d, Mapping)]
    main = _main_document(rows)
    day = parse_iso_date(row.get("date_filed"))
    return Sighting(
        source_id=on.source_id,
        sighting_key=f"cl:{row_id}",
        court_id=on.court_id,
        docket_number=on.docket_number,
        case_name=on.case_name,
        pacer_case_id=on.pacer_case_id,
        entry_keys=_entry_keys(row, on, row_id),
        entry_number=number,
        event_name=plain(word(main or {}, "description")),
        text=rich_to_plain(word(row, "description")),
        date_filed=day,
        published_at=_moment(day, row.get("time_filed"), on.court_id),
        url=_entry_url(main, number, row_id, on),
        documents=_documents(rows, on),
        cl_docket_id=on.cl_docket_id,
    )


def _row_id(row: JSON) -> int:
    raw = row["id"]
    if isinstance(raw, bool | float):
        raise ValueError("its id is no whole number")  # noqa: TRY004  (one kind for all odd ids)
    return int(raw)


def _main_document(rows: list[JSON]) -> JSON | None:
    """The document that is none of the attachments; of several rows for it, one with words."""
    mains = [row for row in rows if _attachment_number(row) is None]
    return next((row for row in mains if word(row, "description")), next(iter(mains), None))


def _attachment_number(row: JSON) -> int | None:
    """Null for the main document, which some rows number as nought."""
    raw = row.get("attachment_number")
    number = printed_number(raw.strip()) if isinstance(raw, str) else whole_number(raw)
    return number or None


def _documents(rows: list[JSON], on: ClDocket) -> tuple[Document, ...]:
    """The documents of an entry, each once: CourtListener may list one twice."""
    found: dict[str, Document] = {}
    for document in filter(None, (normalize_document(row, on) for row in rows)):
        if document.document_id not in found or document.is_available:
            found[document.document_id] = document
    return tuple(found.values())


def normalize_document(row: JSON, on: ClDocket) -> Document | None:
    """One RECAP document; None where there is nothing to read behind it."""
    number = plain(word(row, "document_number"))
    pacer_id = normalize_document_id(plain(word(row, "pacer_doc_id")))
    row_id = whole_number(row.get("id"))
    if not pacer_id and (not number or row_id is None):
        return None
    path = word(row, "filepath_local")
    page = word(row, "absolute_url")
    return Document(
        document_id=pacer_id or f"cl:{row_id}",
        number=number,
        attachment_number=_attachment_number(row),
        description=plain(word(row, "description")),
        url=plain_url(STORAGE + path) if path else on_site(on.page, page),
        is_available=row.get("is_available") is True,
        is_sealed=row.get("is_sealed") is True,
    )


def normalize_loose_document(row: JSON, on: ClDocket) -> Sighting | None:
    """One row of `/recap-documents/`, which does not say its entry: it is found by number or id."""
    row_id = _row_id(row)
    document = normalize_document(row, on)
    if document is None:
        return None
    is_district = court(on.court_id).kind is not CourtKind.APPELLATE
    number = printed_number(document.number) if is_district else None
    return Sighting(
        source_id=on.source_id,
        sighting_key=f"cl:doc:{row_id}",
        court_id=on.court_id,
        docket_number=on.docket_number,
        entry_number=number,
        documents=(document,),
        cl_docket_id=on.cl_docket_id,
        is_supplement=True,
    )


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """One entry of a docket's Atom feed, as printed."""

    title: str
    link: str
    published: str
    summary: str
    enclosure: str


_ATOM_TITLE = re.compile(r"^(?:Entry #\d+|Minute entry from \d{4}-\d\d-\d\d) in (?P<name>.*), \S+$")
_NUMBERED = re.compile(r"^entry-(\d+)$")
_MINUTE = re.compile(r"^minute-entry-(\d+)$")


def normalize_atom_entry(entry: AtomEntry, on: ClDocket) -> Sighting:
    """An entry of the Atom feed, known by the fragment of its link alone.

    The slug in the link changes with the caption; the printed time is midnight Pacific of the
    court's day, and says nothing about the hour. Raises ValueError where there is no fragment.
    """
    fragment = urlsplit(entry.link).fragment
    numbered, minute = _NUMBERED.match(fragment), _MINUTE.match(fragment)
    # What has no number that a database takes names none.
    if (not numbered and not minute) or (numbered and printed_number(numbered[1]) is None):
        raise ValueError(f"the link {entry.link!r} names no entry")
    row = (minute or numbered or [""])[1]
    name = _ATOM_TITLE.match(entry.title)
    key = court_listener_key(row) if minute else court_listener_atom_key(on.cl_docket_id, row)
    document = _enclosed(entry.enclosure, row) if numbered else ()
    return Sighting(
        source_id=on.source_id,
        sighting_key=short_name(fragment),
        court_id=on.court_id,
        docket_number=on.docket_number,
        case_name=plain(name["name"]) if name else "",
        entry_keys=(key,),
        entry_number=_entry_number(printed_number(row), on.court_id) if numbered else None,
        text=rich_to_plain(entry.summary),
        date_filed=parse_iso_date(entry.published[:10]),
        url=plain_url(entry.link),
        documents=document,
        cl_docket_id=on.cl_docket_id,
    )


def _enclosed(raw: str, number: str) -> tuple[Document, ...]:
    url = plain_url(raw)
    parts = urlsplit(url)
    doc1 = re.search(r"/doc1/(\d+)", parts.path)
    if doc1:
        return (Document(normalize_document_id(doc1[1]), number, url=url),)
    if parts.hostname == urlsplit(STORAGE).hostname:
        return (
            Document(
                normalize_document_id(f"cl:file:{parts.path}"), number, url=url, is_available=True
            ),
        )
    return ()


def _entry_keys(row: JSON, on: ClDocket, row_id: int) -> tuple[str, ...]:
    sequence = whole_number(row.get("pacer_sequence_number"))
    ours = court_listener_key(row_id)
    if sequence is not None and on.pacer_case_id:
        return (entry_key(on.court_id, Scheme.SEQUENCE, on.pacer_case_id, sequence), ours)
    return (ours,)


def _entry_number(raw: object, court_id: str) -> int | None:
    number = whole_number(raw)
    is_appellate = court(court_id).kind is CourtKind.APPELLATE
    return None if number is None or (is_appellate and number >= _LARGEST_NUMBER) else number


def _moment(day: date | None, raw: object, court_id: str) -> datetime | None:
    """Day and time of filing are the court's own; the time is often unknown."""
    if day is None or not isinstance(raw, str):
        return None
    try:
        hour = time.fromisoformat(raw)
    except ValueError:
        return None
    local = datetime.combine(day, hour.replace(tzinfo=None), ZoneInfo(court(court_id).timezone))
    return local.astimezone(UTC)


def _entry_url(main: JSON | None, number: int | None, row_id: int, on: ClDocket) -> str:
    if main and (page := on_site(on.page, word(main, "absolute_url"))):
        return page
    fragment = f"entry-{number}" if number is not None else f"minute-entry-{row_id}"
    return f"{on.page}?order_by=desc#{fragment}" if on.page else ""


def on_site(address: str, path: str) -> str:
    """A page of the site that this is an address of; empty where the path is none."""
    parts = urlsplit(address)
    is_path = bool(address) and path.startswith("/")
    return plain_url(f"{parts.scheme}://{parts.netloc}{path}") if is_path else ""
