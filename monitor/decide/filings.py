"""What is told of a reading: new filings, amended ones, a docket's head, "now watching"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.classify.kinds import classify, weightiest
from monitor.decide.compare import Findings
from monitor.decide.policy import Policy
from monitor.match.watchlist import DocketSieve
from monitor.model.alert import Alert
from monitor.model.change import (
    Change,
    EntryRevised,
    EntryWithdrawn,
    Reassigned,
    Reopened,
    Terminated,
    TextFilledIn,
)
from monitor.model.court import court
from monitor.model.coverage import OpenGap
from monitor.model.docket import Docket, DocketEntry, Ruling
from monitor.model.source import Source, SourceKind
from monitor.model.watch import Watch
from monitor.normalize.dates import court_day
from monitor.ports import Memory, Reading
from monitor.route import compose

#: How many entries a "now watching" message lists.
LATEST = 10
_SPOKEN = {"event_names", "text", "same_as", "is_withdrawn"}


def watches_of_source(source: Source, sieve: DocketSieve) -> tuple[Watch, ...]:
    if source.kind is SourceKind.COURT_RSS:
        return sieve.watches_of_court(source.court_id)
    if source.docket_number:
        return sieve.watches_of(source.court_id, source.docket_number)
    return ()


def entry_alerts(
    source: Source,
    found: Findings,
    sieve: DocketSieve,
    memory: Memory,
    now: datetime,
) -> list[Alert]:
    """One alert per filing and case; a filing on several dockets of a case is named once."""
    filings: dict[tuple[str, str], list[tuple[DocketEntry, Docket]]] = {}
    speaking: dict[str, Watch] = {}
    amended: list[Alert] = []
    for entry_id, changes in found.changes.items():
        entry = found.entries[entry_id]
        docket = found.dockets[entry.docket_id]
        for watch in one_per_case(sieve.watches_of(docket.court_id, docket.docket_number)):
            is_new = found.before[entry_id] is None
            # What came off an entry of the first reading stood there, too.
            is_split = is_new and entry.first_seen_at < now
            is_read = watch.watch_id in memory.baselines and not is_split
            if not is_read and not _is_after(entry, docket, watch.since):
                continue  # part of what stood there when this source was first read
            if is_new:
                key = (watch.case_id, compose.filing_key(entry))
                filings.setdefault(key, []).append((entry, docket))
                speaking.setdefault(watch.case_id, watch)
            elif spoken := [c for c in changes if _is_spoken(c)]:
                kind = classify(entry.event_names, entry.text)
                headline = headline_of(entry)
                amended.append(
                    compose.amended_alert(watch, entry, docket, kind, headline, source, spoken, now)
                )
    return [
        *(
            _filed(speaking[case_id], entries, source, memory.gaps, now)
            for (case_id, _), entries in filings.items()
        ),
        *amended,
    ]


def _filed(
    watch: Watch,
    entries: list[tuple[DocketEntry, Docket]],
    source: Source,
    gaps: Sequence[OpenGap],
    now: datetime,
) -> Alert:
    entry = entries[0][0]
    kind = classify(entry.event_names, entry.text)
    hidden_by = next((gap for gap in gaps if gap.hides(entry.date_filed)), None)
    return compose.filed_alert(watch, entries, kind, headline_of(entry), source, now, hidden_by)


def headline_of(entry: DocketEntry) -> str:
    """The entry in a few words: its weightiest event and the ruling, else the head of its text."""
    event = weightiest(entry.event_names).strip(" .~")
    if event:
        ruling = classify(entry.event_names, entry.text).ruling if entry.text else Ruling.NONE
        return (
            event if ruling is Ruling.NONE else f"{event}: {ruling.value.replace('_', ' ').upper()}"
        )
    words = entry.text.split()
    return " ".join(words[:14]) + (" …" if len(words) > 14 else "") or "Entry without words"


def _is_spoken(change: Change) -> bool:
    """Whether a change to a known entry is worth a message. All of them are logged."""
    if isinstance(change, TextFilledIn | EntryWithdrawn):
        return True
    return isinstance(change, EntryRevised) and change.field in _SPOKEN


def one_per_case(watches: Sequence[Watch]) -> list[Watch]:
    """The first watch of each case."""
    return list({watch.case_id: watch for watch in reversed(watches)}.values())


def _is_after(entry: DocketEntry, docket: Docket, since: datetime) -> bool:
    """Filed after the watch began: news, though the source is read for the first time."""
    if entry.published_at is not None:
        return entry.published_at > since
    zone = court(docket.court_id).timezone
    # Of an entry without a time, the first day counts: better told than taken for old.
    return entry.date_filed is not None and entry.date_filed >= court_day(since, zone)


def told_now(
    source: Source,
    reading: Reading,
    found: Findings,
    sieve: DocketSieve,
    fresh: Sequence[Watch],
    policy: Policy,
    now: datetime,
) -> list[tuple[Watch, Alert]]:
    """The "now watching" messages that this reading, as a first one, gives reason for."""
    if reading.window is None:
        return []
    told = []
    for watch in fresh:
        shown = _latest_entries(found, sieve, watch)
        if watch.told_at or (not shown and _will_know_more(source, watch, policy)):
            continue
        headlines = {entry.entry_id: headline_of(entry) for entry, _ in shown}
        told.append((watch, compose.now_watching_alert(watch, shown, headlines, source, now)))
    return told


def _will_know_more(source: Source, watch: Watch, policy: Policy) -> bool:
    return source.kind is SourceKind.COURT_RSS and watch.watch_id in policy.patient_watches


def _latest_entries(
    found: Findings, sieve: DocketSieve, watch: Watch
) -> list[tuple[DocketEntry, Docket]]:
    shown = []
    for entry in found.entries.values():
        docket = found.dockets.get(entry.docket_id)
        if docket and watch in sieve.watches_of(docket.court_id, docket.docket_number):
            shown.append((entry, docket))
    shown.sort(key=lambda pair: recency(pair[0]), reverse=True)
    return shown[:LATEST]


def recency(entry: DocketEntry) -> tuple[str, str, int]:
    """Sorts entries as they were filed: by day, by time, by number."""
    day = entry.date_filed.isoformat() if entry.date_filed else ""
    at = entry.published_at.isoformat() if entry.published_at else ""
    return day, at, entry.entry_number or 0


def docket_alerts(
    source: Source, found: Findings, sieve: DocketSieve, now: datetime
) -> list[Alert]:
    alerts = []
    for change in found.docket_changes:
        if not isinstance(change, Terminated | Reopened | Reassigned):
            continue
        docket = found.dockets[change.docket_id]
        watches = one_per_case(sieve.watches_of(docket.court_id, docket.docket_number))
        alerts += [compose.docket_alert(w, docket, change, source, now) for w in watches]
    return alerts
