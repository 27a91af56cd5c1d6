"""Reads of a case what may be published: its sheet, where it stands, what silence is worth.

Only what our own sources saw: nothing that was imported, for which nobody here can vouch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from monitor.classify.entry import judgement_of
from monitor.diff.coverage import Span, missing_numbers
from monitor.history import entries
from monitor.history.answers import CaseBoard, ChangeLine, EntryLine
from monitor.history.calendar import calendar
from monitor.history.coverage import Visible, visible
from monitor.history.published import (
    PublishedBoard,
    PublishedCase,
    PublishedChange,
    PublishedCoverage,
    PublishedDay,
    PublishedDocket,
    PublishedDocument,
    PublishedEntry,
)
from monitor.history.questions import EntryQuery
from monitor.history.record import Record, check_case
from monitor.history.timeline import CaseTimeline, pictured
from monitor.match.watchlist import is_about
from monitor.model.docket import Docket, DocketEntry
from monitor.model.evidence import is_imported
from monitor.model.watch import Watch
from monitor.store import rows, schema
from monitor.store.writer import chunks, is_own

#: Of the change log, what a court did to an entry.
_OF_ENTRIES = {
    *("entry_filed", "text_filled_in", "entry_revised", "entry_withdrawn"),
    *("document_available", "document_sealed"),
}


def labels(record: Record) -> Mapping[str, str]:
    """The cases that are watched now, and what they are called."""
    return {watch.case_id: watch.case_label for watch in record.unit.watches.all()}


def published(record: Record, case_id: str, now: datetime) -> PublishedCase:
    """All of a case that may be published. Raises UsageError where no case is called so."""
    check_case(record, case_id)
    seen = [one for one in visible(record) if one.watch.case_id == case_id]
    found = tuple(_entries(record, case_id, [one.watch for one in seen]))
    days = calendar(record, case_id)
    holes = {one.watch.docket_id: _drawn(one, now) for one in seen}
    to_come = [line for line in days if line.day >= now.date()]
    picture = _unpaused(pictured(record, case_id, holes, to_come))
    return PublishedCase(
        board=_board(picture, seen, found, now),
        entries=found,
        picture=picture,
        calendar=days,
    )


def coverage_of(seen: Sequence[Visible]) -> tuple[PublishedCoverage, ...]:
    """What is said of coverage, of these watches."""
    return tuple(
        PublishedCoverage(
            case_id=one.watch.case_id,
            case_label=one.watch.case_label,
            court_id=one.watch.court_id,
            docket_number=one.watch.docket_number,
            watched_since=one.watch.since,
            seen_until=one.seen_until,
            not_visible=one.not_visible,
        )
        for one in seen
    )


def not_read_since(one: Visible, now: datetime) -> datetime | None:
    """The last reading, where it was before today: else it would be another one at each reading."""
    last = max(one.seen_until or one.watch.since, one.watch.since)
    return last if last < _today(now) else None


def _today(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _drawn(one: Visible, now: datetime) -> tuple[Span, ...]:
    """When nobody saw a docket, up to today."""
    last = not_read_since(one, now)
    return (*one.not_visible, *([Span(last, _today(now))] if last else []))


# --- entries ---


def _entries(record: Record, case_id: str, watches: Sequence[Watch]) -> Iterator[PublishedEntry]:
    """Those of our own on dockets that are watched now, the oldest first."""
    query = EntryQuery(case_id=case_id)
    read = [
        (entry, docket)
        for entry, docket, _ in entries.found(record, query, is_own(schema.entries.c.entry_id))
        if any(is_about(watch, docket.court_id, docket.docket_number) for watch in watches)
    ]
    changes: dict[str, Sequence[ChangeLine]] = {}
    for some in chunks([entry.entry_id for entry, _ in read]):
        changes |= entries.changes_of(record, some)
    for entry, docket in reversed(read):
        yield _entry(entry, docket, changes.get(entry.entry_id, ()))


def _entry(entry: DocketEntry, docket: Docket, changes: Sequence[ChangeLine]) -> PublishedEntry:
    line = entries.line_of(entry, docket)
    found = PublishedEntry(
        **rows.fields_of(
            PublishedEntry,
            line,
            kind_reason=judgement_of(entry).reason,
            documents=tuple(_documents(entry)),
            changes=tuple(
                PublishedChange(one.at, one.kind, one.field)
                for one in reversed(changes)
                if one.kind in _OF_ENTRIES and not is_imported(one.source_id)
            ),
        )
    )
    return _without_words(found, line) if entry.is_withdrawn else found


def _without_words(found: PublishedEntry, line: EntryLine) -> PublishedEntry:
    """Of what a court took back there stays that it was there."""
    name = next(iter(line.event_names), "") or "Entry"
    return replace(found, headline=name, text="", rulings=(), kind_reason="", documents=(), url="")


def _documents(entry: DocketEntry) -> Iterator[PublishedDocument]:
    for one in entry.documents:
        is_free = one.is_available and not one.is_sealed
        url = one.url if is_free else ""
        yield PublishedDocument(**rows.fields_of(PublishedDocument, one, url=url))


# --- the case ---


def _unpaused(found: CaseTimeline) -> CaseTimeline:
    """The timeline without press and pauses."""
    lanes = tuple(replace(lane, is_paused=False) for lane in found.lanes)
    return replace(found, lanes=lanes, stories=())


def _board(
    picture: CaseTimeline, seen: Sequence[Visible], found: Sequence[PublishedEntry], now: datetime
) -> PublishedBoard:
    board: CaseBoard = picture.board
    return PublishedBoard(
        **rows.fields_of(
            PublishedBoard,
            board,
            dockets=tuple(_docket(one, found, now) for one in seen),
            stated=tuple(_days(picture)),
        )
    )


def _days(picture: CaseTimeline) -> Iterator[PublishedDay]:
    for line in picture.stated:
        if not line.is_cancelled:
            yield PublishedDay(**rows.fields_of(PublishedDay, line))


def _docket(one: Visible, found: Sequence[PublishedEntry], now: datetime) -> PublishedDocket:
    watch = one.watch
    numbers = (
        line.entry_number
        for line in found
        if line.entry_number is not None and is_about(watch, line.court_id, line.docket_number)
    )
    return PublishedDocket(
        court_id=watch.court_id,
        docket_number=watch.docket_number,
        watched_since=watch.since,
        not_visible=one.not_visible,
        not_read_since=not_read_since(one, now),
        entry_numbers_not_seen=tuple(missing_numbers(numbers)),
    )
