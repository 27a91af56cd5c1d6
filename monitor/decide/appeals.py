"""Follow the case: what a reading tells of an appeal becomes a watch on the appeal's docket.

Three ways lead to the number: an entry below says it, a look-up finds the docket that names the
docket below, or the higher court's feed shows the caption soon after the notice of appeal. Only the
last can be wrong, so anything less than both parties and the right time is put to a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from monitor.classify.kinds import kind_of
from monitor.decide.compare import Findings
from monitor.diff.appeals import AppealTold, appeal_told
from monitor.match.captions import Resemblance, resemblance
from monitor.match.watchlist import DocketSieve
from monitor.model.alert import Alert
from monitor.model.change import AppealDocketed, Change
from monitor.model.docket import DocketEntry, docket_id_of
from monitor.model.follow import AppealFound, Follow, FollowState
from monitor.model.source import Source
from monitor.model.watch import Watch
from monitor.normalize.docket_number import same_docket
from monitor.ports import Reading
from monitor.route import compose

#: An appeal is docketed within days; a caption that appears later is put to a person.
_SOON = timedelta(days=60)


@dataclass
class Followed:
    """What follows from what a reading tells of appeals."""

    follows: list[Follow] = field(default_factory=list)
    watches: list[Watch] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)


def follow_appeals(
    source: Source, reading: Reading, found: Findings, sieve: DocketSieve, now: datetime
) -> Followed:
    """Bind the appeals whose numbers are told, and remember those whose numbers are not."""
    followed = Followed()
    for follow in _told_by_entries(found, sieve, now):
        _conclude(followed, source, follow, sieve, now)
    for expected, candidates in _candidates(reading, found, sieve).items():
        certain = [one for one, how in candidates.items() if how is Resemblance.CERTAIN]
        is_bound = len(certain) == 1
        for one in certain if is_bound else candidates:
            state = FollowState.BOUND if is_bound else FollowState.PROPOSED
            number, reason = one
            follow = replace(expected, appeal_number=number, state=state, reason=reason)
            _conclude(followed, source, follow, sieve, now)
    return followed


def _told_by_entries(found: Findings, sieve: DocketSieve, now: datetime) -> Iterator[Follow]:
    for entry_id in found.changes:
        entry = found.entries[entry_id]
        docket = found.dockets[entry.docket_id]
        kind = kind_of(entry.event_names, entry.text).kind
        told = appeal_told(docket.court_id, kind, entry.event_names, entry.text)
        is_known = found.before[entry_id] is not None
        # Words that fill in a known notice expect no new appeal.
        if told and (told.number or not is_known):
            watches = sieve.watches_of(docket.court_id, docket.docket_number)
            for watch in {w.case_id: w for w in watches if w.docket_number != "*"}.values():
                yield _follow(entry, docket.case_name, told, watch, now)


def _follow(
    entry: DocketEntry, caption: str, told: AppealTold, watch: Watch, now: datetime
) -> Follow:
    return Follow(
        lower_docket_id=entry.docket_id,
        court_id=told.court_id,
        appeal_number=told.number,
        state=FollowState.BOUND if told.number else FollowState.PENDING,
        entry_id=entry.entry_id,
        reason=told.words,
        case_id=watch.case_id,
        case_label=watch.case_label,
        at=_filed_at(entry, now),
        caption=caption,
    )


def _filed_at(entry: DocketEntry, now: datetime) -> datetime:
    """When the notice was filed: an appeal is looked for from then on, however late we read it."""
    if entry.published_at is not None:
        return entry.published_at
    day = entry.date_filed
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else now


#: For each expected appeal the dockets that may be it: (number, why) -> how surely.
_Candidates = dict[Follow, dict[tuple[str, str], Resemblance]]


def _candidates(reading: Reading, found: Findings, sieve: DocketSieve) -> _Candidates:
    candidates: _Candidates = {}
    for appeal in reading.appeals:
        if sieve.watches_of(appeal.court_id, appeal.appeal_number):
            continue  # an earlier appeal, known already
        for follow in sieve.expected:
            if how := _is_of(appeal, follow):
                why = f"CourtListener shows “{appeal.case_name}”"
                why += f", from {appeal.lower_number}" if appeal.lower_number else ""
                candidates.setdefault(follow, {})[appeal.appeal_number, why] = how
    for entry_id in found.changes if sieve.expected else ():
        docket = found.dockets[found.entries[entry_id].docket_id]
        if sieve.watches_of(docket.court_id, docket.docket_number):
            continue
        for follow, how in sieve.expecting(docket.court_id, docket.case_name):
            day = found.entries[entry_id].date_filed
            if fitting := _at_its_time(follow, docket.docket_number, day, how):
                why = f"its feed shows “{docket.case_name}”"
                candidates.setdefault(follow, {})[docket.docket_number, why] = fitting
    return candidates


def _is_of(appeal: AppealFound, follow: Follow) -> Resemblance:
    """Whether a docket that was looked up is the expected one: it names the docket below."""
    if appeal.court_id != follow.court_id:
        return Resemblance.NONE
    below = follow.lower_docket_id.partition("/")[2]
    if appeal.lower_number:
        is_same = same_docket(appeal.lower_number, below) or same_docket(below, appeal.lower_number)
        how = Resemblance.CERTAIN if is_same else Resemblance.NONE
        if appeal.date_filed is None:
            return _of_its_year(follow, appeal.appeal_number, how)
        return how if appeal.date_filed >= _since(follow) else Resemblance.NONE
    how = resemblance(appeal.case_name, follow.caption)
    return _at_its_time(follow, appeal.appeal_number, appeal.date_filed, how)


def _at_its_time(follow: Follow, number: str, day: date | None, how: Resemblance) -> Resemblance:
    """An appeal of another year is another appeal; one that comes late is only likely."""
    since = _since(follow)
    how = _of_its_year(follow, number, how)
    if day is None or day > since + _SOON:
        return min(how, Resemblance.LIKELY)
    return how if day >= since else Resemblance.NONE


def _since(follow: Follow) -> date:
    """An appeal is docketed after its notice; the days that courts print differ by a few."""
    return (follow.at - timedelta(days=5)).date()


def _of_its_year(follow: Follow, number: str, how: Resemblance) -> Resemblance:
    begins, year = (follow.at - timedelta(days=5)).year % 100, number[:2]
    is_other = year.isdecimal() and not begins <= int(year) <= begins + 1
    return Resemblance.NONE if is_other else how


def _conclude(
    followed: Followed, source: Source, follow: Follow, sieve: DocketSieve, now: datetime
) -> None:
    number = follow.appeal_number
    if follow.state is FollowState.PROPOSED and follow.follow_id in sieve.refused:
        return
    if follow.follow_id in sieve.bound:
        return  # an old appeal that is spoken of again: it settles nothing
    followed.follows.append(follow)
    others = sieve.watches_of(follow.court_id, number)
    if not number or any(other.case_id == follow.case_id for other in others):
        return  # not known yet, or watched already
    if follow.state is FollowState.BOUND:
        followed.watches.append(appeal_watch(follow, now))
        appeal = docket_id_of(follow.court_id, number)
        followed.changes.append(AppealDocketed(follow.lower_docket_id, source.source_id, appeal))
    followed.alerts.append(compose.appeal_alert(follow, source, now))


def appeal_watch(follow: Follow, now: datetime) -> Watch:
    """The watch on the docket of a bound appeal, on behalf of the same case."""
    appeal = docket_id_of(follow.court_id, follow.appeal_number)
    return Watch(
        watch_id=f"{follow.case_id}/{appeal}",
        case_id=follow.case_id,
        case_label=follow.case_label,
        court_id=follow.court_id,
        docket_number=follow.appeal_number,
        since=now,
        origin="follow",
    )
