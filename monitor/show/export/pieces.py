"""An export in pieces, each made when it is asked for: all of one moment of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from monitor.history import entries
from monitor.history.answers import EntryLine
from monitor.history.calendar import calendar
from monitor.history.questions import EntryQuery
from monitor.history.record import Record, at_one_moment
from monitor.history.search import check_names
from monitor.normalize.docket_number import same_docket
from monitor.show.export.forms import Form, csv_rows, json_lines
from monitor.stated.calendar import CalendarLine


@dataclass(slots=True)
class Count:
    """How many entries (of a calendar: days) and bytes were written so far."""

    done: int = 0
    size: int = 0


def pieces(
    record: Record, form: Form, query: EntryQuery, title: str, now: datetime, count: Count
) -> Iterator[bytes]:
    """The whole file. Entries are read in portions while it is written: a million need no room."""
    at_one_moment(record)
    if query.search is not None:
        check_names(record, query.search)
    if form is Form.ICAL:
        yield _calendar(record, query, count)
        return
    lines = _counted(entries.lines(record, query), count)
    for text in _texts(record, form, query, title, now, lines):
        yield text.encode("utf-8", "replace")


def _texts(
    record: Record,
    form: Form,
    query: EntryQuery,
    title: str,
    now: datetime,
    lines: Iterable[EntryLine],
) -> Iterator[str]:
    from monitor.show.export.markdown import markdown
    from monitor.show.export.report import report

    match form:
        case Form.JSONL:
            return json_lines(lines)
        case Form.CSV:
            return csv_rows(lines)
        case Form.MARKDOWN:
            return markdown(title, lines)
        case Form.HTML:
            return report(record, query.case_id, title, lines, now, query.as_of)
        case Form.ICAL:
            raise ValueError("a calendar lists days, not entries")
        case _:
            assert_never(form)


def _counted(lines: Iterable[EntryLine], count: Count) -> Iterator[EntryLine]:
    for line in lines:
        yield line
        count.done += 1


def _calendar(record: Record, query: EntryQuery, count: Count) -> bytes:
    from monitor.render.ics import ics_of

    found = calendar(record, query.case_id, query.since)
    lines = [line for line in found if _is_asked_for(line, query)]
    count.done = len(lines)
    name = f"{query.case_id or 'Watched cases'}: hearings and deadlines (unofficial)"
    return ics_of(name, lines)


def _is_asked_for(line: CalendarLine, query: EntryQuery) -> bool:
    is_early = query.until is None or line.day <= query.until
    is_there = query.court_id in {"", line.court_id}
    number = query.docket_number
    return is_early and is_there and (not number or same_docket(number, line.docket_number))
