"""A docket as the record showed it at a past moment."""

from __future__ import annotations

from datetime import datetime

from monitor.history.entries import found
from monitor.history.questions import AsOf, EntryQuery, day_ends
from monitor.history.record import Record
from monitor.model.docket import Docket, DocketEntry


def entries_then(record: Record, docket: Docket, as_of: AsOf) -> list[DocketEntry]:
    """What we had seen of it then, in the words of then. Nothing is left out for being routine."""
    query = EntryQuery(docket.court_id, docket.docket_number, as_of=as_of)
    return [
        entry
        for entry, of_docket, _ in found(record, query)
        if of_docket.docket_id == docket.docket_id
    ]


def moment_of(as_of: AsOf, court_id: str) -> datetime:
    """The moment that is meant: of a day its end where the court is."""
    return as_of if isinstance(as_of, datetime) else day_ends(as_of, court_id)
