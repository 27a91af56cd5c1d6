"""What is told of a reading: new filings, amended ones, a docket's head, "now watching"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import assert_never

from monitor.classify.entry import are_clerks_utilities, judgement_of
from monitor.decide.compare import Comparison
from monitor.decide.evidence import Evidence
from monitor.decide.quota import TEXT_PATIENCE
from monitor.decide.snapshots import (
    alert_id,
    case_ref,
    docket_ref,
    filing_key,
    snapshot,
    source_ref,
    why_begun,
    why_watched,
)
from monitor.model.alert import (
    Amended,
    DocketChanged,
    DocketRef,
    Filed,
    FilingAlert,
    Hole,
    NowWatching,
)
from monitor.model.change import (
    CaptionChanged,
    DocumentAvailable,
    DocumentSealed,
    EntryChange,
    EntryFiled,
    EntryRevised,
    EntryWithdrawn,
    HeadChange,
    Reassigned,
    Reopened,
    Terminated,
    TextFilledIn,
)
from monitor.model.court import court
from monitor.model.docket import Docket, DocketEntry
from monitor.model.outcome import Consequences
from monitor.model.watch import Watch, one_per_case
from monitor.normalize.dates import court_day

#: How many entries a "now watching" message lists.
LATEST = 10
#: The fields of an entry whose change is worth a message.
_TOLD_FIELDS = {"event_names", "text", "same_as", "is_withdrawn"}
#: What can be asked for within this is asked for at once.
_AT_ONCE = timedelta(seconds=15)


def tell_filings(evidence: Evidence, found: Comparison) -> tuple[FilingAlert, ...]:
    """One alert per filing and case; a filing on several dockets of a case is named once."""
    filings: dict[tuple[str, str], list[tuple[DocketEntry, Docket]]] = {}
    speaking: dict[str, Watch] = {}
    amended: list[Amended] = []
    bearers = _bearers(found) if found.changes else {}
    for entry_id, changes in found.changes.items():
        entry = found.entries[entry_id]
        docket = found.dockets[entry.docket_id]
        for watch in _concerned(evidence, found, entry, docket):
            if found.is_new(entry_id):
                key = (watch.case_id, _filing_of(entry, bearers))
                filings.setdefault(key, []).append((entry, docket))
                speaking.setdefault(watch.case_id, watch)
            elif told := tuple(change for change in changes if is_told(change)):
                amended.append(_amended(evidence, watch, entry, docket, told))
    filed = (
        _filed(evidence, speaking[case_id], key, entries)
        for (case_id, key), entries in filings.items()
    )
    return (*filed, *amended)


def _bearers(found: Comparison) -> Mapping[tuple[str, str], str]:
    """(docket, filing) -> the entry that bears the filing's name there.

    The first of several keeps the name that they would share: it may have been told under it.
    """
    bearers: dict[tuple[str, str], str] = {}
    for name in sorted(found.entries, key=lambda name: (found.is_new(name), name)):
        entry = found.entries[name]
        if not entry.merged_into:
            bearers.setdefault((entry.docket_id, filing_key(entry)), name)
    return bearers


def _filing_of(entry: DocketEntry, bearers: Mapping[tuple[str, str], str]) -> str:
    """One filing may stand on several dockets; on one docket, two entries are two filings."""
    key = filing_key(entry)
    is_bearer = bearers.get((entry.docket_id, key), entry.entry_id) == entry.entry_id
    return key if is_bearer else entry.entry_id


def _concerned(
    evidence: Evidence, found: Comparison, entry: DocketEntry, docket: Docket
) -> list[Watch]:
    """Who is told of what happened to an entry: one watch of each case."""
    # What came off an entry of the first reading stood there, too.
    is_split = found.is_new(entry.entry_id) and entry.first_seen_at < evidence.now
    concerned = [
        watch
        for watch in evidence.watchlist.watches_of(docket.court_id, docket.docket_number)
        if (watch.watch_id in evidence.memory.baselines and not is_split)
        # What somebody sends us never stood anywhere: of a docket nobody has read, it is all told.
        or (evidence.source.traits.is_pushed and not is_split)
        # Else it is part of what stood there when this source was first read.
        or _is_after(entry, docket, watch.since)
    ]
    return one_per_case(concerned)


def _is_after(entry: DocketEntry, docket: Docket, since: datetime) -> bool:
    """Filed after the watch began: news, though the source is read for the first time."""
    if entry.published_at is not None:
        return entry.published_at > since
    zone = court(docket.court_id).timezone
    # Of an entry without a time, the first day counts: better told than taken for old.
    return entry.date_filed is not None and entry.date_filed >= court_day(since, zone)


def is_told(change: EntryChange) -> bool:
    """Whether a change to a known entry is worth a message. All of them are logged."""
    match change:
        case TextFilledIn() | EntryWithdrawn():
            return True
        case EntryRevised(field="event_names"):
            return not are_clerks_utilities(_added(change))
        case EntryRevised():
            return change.field in _TOLD_FIELDS
        case DocumentAvailable() | DocumentSealed():
            return False  # the filing was told; that its paper can be had is looked up
        case EntryFiled():
            return False  # it has an alert of its own
        case _:
            assert_never(change)


def _added(change: EntryRevised) -> list[str]:
    before = set(change.before.split("\n"))
    return [name for name in change.after.split("\n") if name and name not in before]


def _filed(
    evidence: Evidence, watch: Watch, key: str, on: Sequence[tuple[DocketEntry, Docket]]
) -> Filed:
    # Where courts name one paper in several ways, the weightiest name speaks for it.
    entries = sorted(on, key=lambda pair: (judgement_of(pair[0]).weight, pair[0].docket_id))
    entry = entries[0][0]
    hidden_by = next((gap for gap in evidence.memory.gaps if gap.hides(entry.date_filed)), None)
    return Filed(
        alert_id=alert_id("filed", watch.case_id, key),
        created_at=evidence.now,
        why=why_watched(watch),
        case=case_ref(watch),
        source=source_ref(evidence.source),
        entries=tuple(snapshot(one, docket, evidence.watchlist) for one, docket in entries),
        judgement=judgement_of(entry),
        after_gap=Hole(hidden_by.from_at, hidden_by.until_at) if hidden_by else None,
        text_expected_until=_text_expected(evidence, watch, entry),
    )


def _text_expected(evidence: Evidence, watch: Watch, entry: DocketEntry) -> datetime | None:
    """Until when the text may come by itself: it is asked for at once, where the quota has room."""
    askable = evidence.memory.text_askable_at
    if entry.text or watch.is_of_everything or askable is None:
        return None
    return evidence.now + TEXT_PATIENCE if askable <= evidence.now + _AT_ONCE else None


def _amended(
    evidence: Evidence,
    watch: Watch,
    entry: DocketEntry,
    docket: Docket,
    changes: tuple[EntryChange, ...],
) -> Amended:
    # A text may come back to what it was: that is told, too. That no change is told twice is
    # seen to by the transaction, which stores the sighting that brought it.
    words = (*sorted(entry.event_names), entry.text, evidence.now.isoformat())
    return Amended(
        alert_id=alert_id("amended", watch.case_id, entry.entry_id, *words),
        created_at=evidence.now,
        why=why_watched(watch),
        case=case_ref(watch),
        source=source_ref(evidence.source),
        entry=snapshot(entry, docket, evidence.watchlist),
        judgement=judgement_of(entry),
        changes=changes,
        amends=evidence.memory.first_alerts.get((watch.case_id, entry.entry_id), ""),
    )


def tell_baseline(evidence: Evidence, found: Comparison) -> Consequences:
    """The "now watching" alerts that this reading, as the first of a watch, gives reason for."""
    if evidence.reading.window is None:
        return Consequences()
    fresh = [w for w in evidence.watches if w.watch_id not in evidence.memory.baselines]
    alerts: list[NowWatching] = []
    told: list[str] = []
    for watch in fresh:
        shown = _latest_entries(evidence, found, watch)
        if watch.told_at is None and (shown or not _will_know_more(evidence, watch)):
            alerts.append(_now_watching(evidence, watch, shown))
            told.append(watch.watch_id)
    return Consequences(
        alerts=tuple(alerts),
        baselines=tuple(watch.watch_id for watch in fresh),
        told_watches=tuple(told),
    )


def _will_know_more(evidence: Evidence, watch: Watch) -> bool:
    """A day's window shows little; the whole docket is going to be read as well."""
    is_poor = evidence.source.traits.is_window
    return is_poor and evidence.policy.has_api and not watch.is_of_everything


def _latest_entries(
    evidence: Evidence, found: Comparison, watch: Watch
) -> list[tuple[DocketEntry, Docket]]:
    shown = []
    for entry in found.entries.values():
        docket = None if entry.merged_into else found.dockets.get(entry.docket_id)
        if docket and watch in evidence.watchlist.watches_of(docket.court_id, docket.docket_number):
            shown.append((entry, docket))
    shown.sort(key=lambda pair: pair[0].recency, reverse=True)
    return shown[:LATEST]


def _now_watching(
    evidence: Evidence, watch: Watch, entries: Sequence[tuple[DocketEntry, Docket]]
) -> NowWatching:
    return NowWatching(
        alert_id=alert_id("now_watching", watch.watch_id, watch.since.isoformat()),
        created_at=evidence.now,
        why=why_begun(watch),
        case=case_ref(watch),
        source=source_ref(evidence.source),
        docket=DocketRef(watch.court_id, watch.docket_number),
        entries=tuple(snapshot(entry, docket, evidence.watchlist) for entry, docket in entries),
    )


def tell_heads(evidence: Evidence, found: Comparison) -> Consequences:
    """Alerts of dockets that were closed, reopened or reassigned."""
    alerts = []
    for change in found.head_changes:
        if not _is_head_told(change):
            continue
        docket = found.dockets[change.docket_id]
        watches = evidence.watchlist.watches_of(docket.court_id, docket.docket_number)
        alerts += [_docket_changed(evidence, w, docket, change) for w in one_per_case(watches)]
    return Consequences(alerts=tuple(alerts))


def _is_head_told(change: HeadChange) -> bool:
    match change:
        case Terminated() | Reopened() | Reassigned():
            return True
        case CaptionChanged():
            return False  # sources spell captions in turns, and none of it is news
        case _:
            assert_never(change)


def _docket_changed(
    evidence: Evidence, watch: Watch, docket: Docket, change: HeadChange
) -> DocketChanged:
    # A judge may come back: the moment tells one change from its repetition.
    words = (watch.case_id, docket.docket_id, change.kind, evidence.now.isoformat())
    return DocketChanged(
        alert_id=alert_id("docket", *words),
        created_at=evidence.now,
        why=why_watched(watch),
        case=case_ref(watch),
        source=source_ref(evidence.source),
        docket=docket_ref(docket),
        change=change,
    )
