"""A docket as the record showed it at a past moment."""

from __future__ import annotations

from monitor.history.entries import found
from monitor.history.questions import AsOf, EntryQuery
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
