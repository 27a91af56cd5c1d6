"""The hearings and deadlines that the entries of the watched cases state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import sqlalchemy as sa

from monitor.history.as_of import entries_then
from monitor.history.docket_status import in_order
from monitor.history.questions import AsOf
from monitor.history.record import Record
from monitor.model.docket import Docket, DocketEntry
from monitor.stated.calendar import CalendarItem, CalendarLine, docket_calendar
from monitor.store import schema
from monitor.store.writer import is_own


def calendar(
    record: Record, case_id: str = "", since: date | None = None, as_of: AsOf | None = None
) -> tuple[CalendarLine, ...]:
    """Those of every watched case, or of this one, from this day on; the earliest first.

    With `as_of` those that the entries of then stated.
    """
    found = [line for line in _lines(record, case_id, as_of) if since is None or line.day >= since]
    return tuple(sorted(found, key=lambda one: (one.day, one.time or time.max, one.docket_id)))


def _lines(record: Record, case_id: str, as_of: AsOf | None) -> Iterator[CalendarLine]:
    watches = [one for one in record.unit.watches.all() if case_id in {"", one.case_id}]
    seen: dict[tuple[str, str], str] = {(w.case_id, w.docket_id): w.case_label for w in watches}
    dockets = record.unit.entries.dockets([docket_id for _, docket_id in seen])
    for (case, docket_id), label in seen.items():
        docket = dockets.get(docket_id)
        if docket is not None:
            stating = entries_then(record, docket, as_of) if as_of else _entries(record, docket_id)
            for item in docket_calendar(in_order(stating)):
                yield _line(case, label, docket, item)


def _entries(record: Record, docket_id: str) -> list[DocketEntry]:
    e = schema.entries
    # Only what has a text can state a day.
    has_text = sa.func.length(e.c.text) > 0
    wanted = (e.c.docket_id == docket_id, e.c.merged_into == "", has_text, is_own(e.c.entry_id))
    return record.unit.entries.without_parts(*wanted)


def _line(case_id: str, label: str, docket: Docket, item: CalendarItem) -> CalendarLine:
    stated, entry = item.stated, item.entry
    doubt = item.doubted_by if item.is_doubtful else None
    return CalendarLine(
        case_id=case_id,
        case_label=label,
        docket_id=docket.docket_id,
        court_id=docket.court_id,
        docket_number=docket.docket_number,
        kind=stated.kind.value,
        day=stated.day,
        time=stated.time,
        what=stated.what,
        place=stated.place,
        is_cancelled=item.is_cancelled,
        words=stated.words,
        entry_id=entry.entry_id,
        entry_number=entry.entry_number,
        date_filed=entry.date_filed,
        url=entry.url,
        uid=item.uid,
        cancelled_by=item.cancelled_by.entry_id if item.cancelled_by else "",
        is_doubtful=item.is_doubtful,
        doubted_by=doubt.entry_id if doubt else "",
        doubted_by_number=doubt.entry_number if doubt else None,
    )
