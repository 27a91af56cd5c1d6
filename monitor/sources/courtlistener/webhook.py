"""What CourtListener sends by webhook: docket alerts and search alerts, as rows of its API.

Whoever receives it checks that it may be believed (CourtListener signs nothing), hands the body
over, and lets the poller conclude the reading: what follows is decided and stored as of a poll.
The wire formats are written down in `docs/sources.md`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Any

from monitor.errors import ParseError
from monitor.model.docket import Sighting
from monitor.model.outcome import Unreadable
from monitor.model.push import Envelope
from monitor.model.reading import Reading
from monitor.model.source import Source, SourceState
from monitor.model.watch import Watch
from monitor.normalize.numbers import whole_number
from monitor.ports import Fetched, Request, Wanted
from monitor.sources.courtlistener.rest import json_object, result_rows
from monitor.sources.courtlistener.rows import ClDocket, normalize_entry

Row = Mapping[str, Any]


class EventType(IntEnum):
    """What an event is about. Source: `cl/api/models.py` of CourtListener."""

    DOCKET_ALERT = 1
    SEARCH_ALERT = 2
    RECAP_FETCH = 3
    OLD_ALERTS_REPORT = 4
    PRAY_AND_PAY = 5


_IN_WORDS = {
    EventType.DOCKET_ALERT: "a docket alert",
    EventType.SEARCH_ALERT: "a search alert",
    EventType.RECAP_FETCH: "a document fetched from PACER",
    EventType.OLD_ALERTS_REPORT: "a report of old alerts",
    EventType.PRAY_AND_PAY: "a document that was prayed for",
}
_WITH_ROWS = frozenset({EventType.DOCKET_ALERT, EventType.SEARCH_ALERT})
#: The id of the docket in the event that the site's test button sends.
_TEST_DOCKET = 4214664


def _hash(kind: int | None, payload: Mapping[str, Any]) -> str:
    canonical = json.dumps([kind, payload], sort_keys=True, default=str)
    return hashlib.blake2b(canonical.encode("utf-8", "replace"), digest_size=16).hexdigest()


class DocketAlertReader:
    """Reads `courtlistener.WEBHOOK`: one event, which vouches for itself.

    Rows of dockets that nobody watches are left out: somebody else's alert is none of ours.
    """

    def open(self, body: bytes) -> Envelope:
        """What kind of event it is. Raises ParseError for what is no event of CourtListener's."""
        event = json_object(Fetched(body))
        payload, about = event.get("payload"), event.get("webhook")
        if not isinstance(payload, dict) or not isinstance(about, dict):
            raise ParseError("it is no event of CourtListener's: it has no payload, or no webhook")
        kind = whole_number(about.get("event_type"))
        known = EventType(kind) if kind in set(EventType) else None
        has_rows = known in _WITH_ROWS
        dockets = frozenset(filter(None, map(_docket_id, result_rows(payload) if has_rows else ())))
        return Envelope(
            words=_IN_WORDS[known] if known else f"an event of the unknown type {kind}",
            has_rows=has_rows,
            dockets=dockets,
            content_hash=_hash(kind, payload),
            is_deprecated=bool(about.get("deprecation_date")),
            is_test=dockets == {_TEST_DOCKET},
        )

    def read(
        self, source: Source, state: SourceState, wanted: Wanted, bodies: Sequence[Fetched]
    ) -> Reading | Request:
        sightings: list[Sighting] = []
        unreadable: list[Unreadable] = []
        for row in _rows(bodies[-1]):
            watch = _watch_of(row, wanted)
            if watch is None:
                continue
            try:
                sightings.append(normalize_entry(row, _docket(source, watch)))
            except (KeyError, TypeError, ValueError) as exc:
                reason = f"a row of a webhook without sense: {type(exc).__name__} {exc}"
                unreadable.append(Unreadable(source.source_id, repr(row), reason))
        return Reading(
            sightings=tuple(sightings), unreadable=tuple(unreadable), total=len(sightings)
        )


def _rows(body: Fetched) -> list[Row]:
    event = json_object(body)
    payload, about = event.get("payload"), event.get("webhook")
    if not isinstance(payload, dict):
        raise ParseError("the webhook is no docket alert: it has no payload")
    rows = result_rows(payload)
    is_search = isinstance(about, dict) and about.get("event_type") == EventType.SEARCH_ALERT
    return [entry for row in rows for entry in _entries_found(row)] if is_search else rows


def _entries_found(row: Row) -> Iterator[Row]:
    """The entries of one docket that a search found, as the API would give them.

    In a search `description` is the entry's text and `short_description` the document's name.
    """
    documents: dict[int, list[Row]] = {}
    found = row.get("recap_documents")
    for document in found if isinstance(found, list) else ():
        entry = (
            whole_number(document.get("docket_entry_id")) if isinstance(document, dict) else None
        )
        if entry is not None:
            documents.setdefault(entry, []).append(document)
    for entry, some in documents.items():
        yield {
            "id": entry,
            "docket": row.get("docket_id"),
            "entry_number": some[0].get("entry_number"),
            "date_filed": some[0].get("entry_date_filed"),
            "description": some[0].get("description"),
            "recap_documents": [
                {**one, "description": one.get("short_description")} for one in some
            ],
        }


def _docket_id(row: Row) -> int | None:
    return whole_number(row.get("docket", row.get("docket_id")))


def _watch_of(row: Row, wanted: Wanted) -> Watch | None:
    docket = _docket_id(row)
    return wanted.with_cl_docket(docket) if docket is not None else None


def _docket(source: Source, watch: Watch) -> ClDocket:
    return ClDocket(
        source_id=source.source_id,
        court_id=watch.court_id,
        docket_number=watch.docket_number,
        cl_docket_id=watch.cl_docket_id or 0,
    )
