"""What must be asked before its turn: the text of a fresh stub, and what a gap hid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from monitor.decide.compare import Findings
from monitor.decide.policy import Policy
from monitor.decide.quota import next_try
from monitor.match.watchlist import EVERYTHING
from monitor.model.alert import Alert
from monitor.model.change import GapClosed, GapOpened
from monitor.model.coverage import OpenGap, gap_name
from monitor.model.docket import DocketEntry
from monitor.model.quota import Priority, Want
from monitor.model.source import Source, SourceKind
from monitor.model.watch import Watch
from monitor.ports import Memory, Reading
from monitor.route import compose_silence


@dataclass
class Wanted:
    """What waits after a reading, what does not any more, and which gaps it closed."""

    wants: list[Want] = field(default_factory=list)
    settled: list[str] = field(default_factory=list)
    changes: list[GapClosed] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)


def judge_wants(
    source: Source,
    reading: Reading,
    memory: Memory,
    found: Findings,
    told: Iterable[Alert],
    gap: GapOpened | None,
    watches: Iterable[Watch],
    policy: Policy,
    now: datetime,
) -> Wanted:
    """What this reading asks for, and what it answers."""
    wanted = Wanted()
    if policy.has_api:
        wanted.wants += _texts_wanted(told, found, now)
        wanted.wants += _gap_wanted(gap, watches, now) if gap else ()
    wanted.settled += _texts_that_came(found)
    is_whole = not reading.is_partial  # CourtListener's having no such docket is an answer, too
    if source.kind is SourceKind.CL_ENTRIES and is_whole:
        for want in memory.wants:
            if want.source_id == source.source_id and want.next_at <= now:
                _answer(wanted, want, found, now)
        _close_gaps(wanted, source, memory, found, now)
    return wanted


def entries_source(docket_id: str) -> str:
    """The source that lists the entries of a docket at CourtListener."""
    return f"cl:entries:{docket_id}"


def _texts_wanted(told: Iterable[Alert], found: Findings, now: datetime) -> Iterator[Want]:
    """Whoever was told of a filing by its event name alone waits for its text."""
    for alert in told:
        if alert.topic not in {"filed", "away"}:
            continue
        for facts in alert.facts["entries"]:
            entry = found.entries[facts["entry_id"]]
            if not entry.text:
                name = entries_source(entry.docket_id)
                yield Want("text", name, entry.entry_id, Priority.TEXT, now, now)


def _texts_that_came(found: Findings) -> list[str]:
    """Whoever brought it, a text that is there is not asked for any more."""
    changed = (found.entries[entry_id] for entry_id in found.changes)
    return [text_want_id(entry) for entry in changed if entry.text]


def text_want_id(entry: DocketEntry) -> str:
    """What names the want of an entry's text."""
    return f"text:{entries_source(entry.docket_id)}:{entry.entry_id}"


def _gap_wanted(gap: GapOpened, watches: Iterable[Watch], now: datetime) -> Iterator[Want]:
    subject = gap_name(gap.source_id, gap.from_at)
    for docket_id in sorted({w.docket_id for w in watches if w.docket_number != EVERYTHING}):
        yield Want("gap", entries_source(docket_id), subject, Priority.GAP, now, now)


def _answer(wanted: Wanted, want: Want, found: Findings, now: datetime) -> None:
    entry = found.entries.get(want.subject)
    is_answered = want.purpose == "text" and entry is not None and bool(entry.text)
    again = None if is_answered else next_try(want, now)
    if again is None:
        wanted.settled.append(want.want_id)
    else:
        wanted.wants.append(again)


def _close_gaps(
    wanted: Wanted, source: Source, memory: Memory, found: Findings, now: datetime
) -> None:
    """A gap is closed when every docket that it touched was looked into as often as planned."""
    settled = set(wanted.settled)
    open_still = {w.subject for w in memory.wants if w.want_id not in settled}
    ours = {w.subject for w in memory.wants if w.want_id in settled and w.purpose == "gap"}
    for gap in memory.gaps:
        if gap.name in ours - open_still:
            closed = GapClosed(gap.source_id, gap.from_at, gap.until_at, gap.reason)
            wanted.changes.append(closed)
            ids = dict.fromkeys((*gap.found, *_found_here(gap, found)))
            wanted.alerts.append(compose_silence.gap_closed_alert(source, gap, tuple(ids), now))


def _found_here(gap: OpenGap, found: Findings) -> Iterator[str]:
    for entry_id in found.changes:
        entry = found.entries[entry_id]
        is_new = found.before[entry_id] is None
        if is_new and gap.hides(entry.date_filed):
            yield entry_id
