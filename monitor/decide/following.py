"""Follow the case: what an entry tells of an appeal becomes a watch on the appeal's docket."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from monitor.classify.kinds import kind_of
from monitor.decide.entries import Findings
from monitor.diff.appeals import AppealTold, appeal_told
from monitor.match.sieve import DocketSieve
from monitor.model.alert import Alert
from monitor.model.change import AppealDocketed, Change
from monitor.model.docket import DocketEntry, docket_id_of
from monitor.model.follow import Follow, FollowState
from monitor.model.source import Source
from monitor.model.watch import Watch
from monitor.route import compose


@dataclass
class Followed:
    """What follows from what a reading tells of appeals."""

    follows: list[Follow] = field(default_factory=list)
    watches: list[Watch] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)


def follow_appeals(source: Source, found: Findings, sieve: DocketSieve, now: datetime) -> Followed:
    """Bind the appeals whose numbers are told, and remember those whose numbers are not."""
    followed = Followed()
    for entry_id in found.changes:
        entry = found.entries[entry_id]
        docket = found.dockets[entry.docket_id]
        watches = sieve.watches_of(docket.court_id, docket.docket_number)
        kind = kind_of(entry.event_names, entry.text).kind
        told = appeal_told(docket.court_id, kind, entry.event_names, entry.text)
        is_known = found.before[entry_id] is not None
        # Words that fill in a known notice expect no new appeal.
        if told and (told.number or not is_known):
            named = {w.case_id: w for w in watches if w.docket_number != "*"}
            for watch in named.values():
                _follow(followed, source, entry, told, watch, sieve, now)
    return followed


def _follow(
    followed: Followed,
    source: Source,
    entry: DocketEntry,
    told: AppealTold,
    watch: Watch,
    sieve: DocketSieve,
    now: datetime,
) -> None:
    follow = Follow(
        lower_docket_id=entry.docket_id,
        court_id=told.court_id,
        appeal_number=told.number,
        state=FollowState.BOUND if told.number else FollowState.PENDING,
        entry_id=entry.entry_id,
        reason=told.words,
        case_id=watch.case_id,
        case_label=watch.case_label,
        at=now,
    )
    followed.follows.append(follow)
    others = sieve.watches_of(told.court_id, told.number)
    if not told.number or any(other.case_id == watch.case_id for other in others):
        return  # not known yet, or watched already
    appeal = docket_id_of(told.court_id, told.number)
    followed.watches.append(
        Watch(
            watch_id=f"{watch.case_id}/{appeal}",
            case_id=watch.case_id,
            case_label=watch.case_label,
            court_id=told.court_id,
            docket_number=told.number,
            since=now,
            origin="follow",
        )
    )
    followed.changes.append(AppealDocketed(entry.docket_id, source.source_id, appeal))
    followed.alerts.append(compose.appeal_alert(watch, follow, source, now))
