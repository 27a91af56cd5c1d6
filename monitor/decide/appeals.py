"""Follow the case: what a reading tells of an appeal becomes a watch on the appeal's docket.

Three ways lead to the number: an entry below says it, a look-up finds the docket that names the
docket below, or the higher court's feed shows the caption soon after the notice of appeal. Only the
last can be wrong, so anything less than both parties and the right time is put to a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from monitor.classify.entry import judgement_of
from monitor.decide.compare import Comparison
from monitor.decide.evidence import Evidence
from monitor.decide.snapshots import alert_id, source_ref
from monitor.diff.appeals import AppealTold, appeals_told
from monitor.match.captions import Resemblance, resemblance
from monitor.match.watchlist import Watchlist
from monitor.model.alert import AppealFound, AppealProposed, CaseRef, DocketRef
from monitor.model.change import AppealDocketed
from monitor.model.docket import Docket, DocketEntry, docket_id_of
from monitor.model.follow import AppealCandidate, Follow, FollowState
from monitor.model.outcome import Consequences, together
from monitor.model.watch import FOLLOWED, Watch, one_per_case
from monitor.normalize.docket_number import same_docket

#: An appeal is docketed within days; a caption that appears later is put to a person.
_SOON = timedelta(days=60)


def follow_appeals(evidence: Evidence, found: Comparison) -> Consequences:
    """Bind the appeals whose numbers are told, and remember those whose numbers are not."""
    told: dict[str, Follow] = {}
    for follow in (*_told_by_entries(evidence, found), *_recognized(evidence, found)):
        told.setdefault(follow.follow_id, follow)
    return together(*(_conclude(evidence, follow) for follow in told.values()))


def _recognized(evidence: Evidence, found: Comparison) -> Iterator[Follow]:
    """Expected appeals that a look-up or the higher court's feed seems to show."""
    for expected, candidates in _candidates(evidence, found).items():
        certain = [one for one, how in candidates.items() if how is Resemblance.CERTAIN]
        is_bound = len(certain) == 1
        for number, reason in certain if is_bound else candidates:
            state = FollowState.BOUND if is_bound else FollowState.PROPOSED
            yield replace(expected, appeal_number=number, state=state, reason=reason)


def _told_by_entries(evidence: Evidence, found: Comparison) -> Iterator[Follow]:
    for entry_id in found.changes:
        entry = found.entries[entry_id]
        docket = found.dockets[entry.docket_id]
        kind = judgement_of(entry).kind
        for told in appeals_told(docket.court_id, kind, entry.event_names, entry.text):
            # Words that fill in a known notice expect no new appeal.
            if told.number or found.is_new(entry_id):
                yield from _follows(evidence, entry, docket, told)


def _follows(
    evidence: Evidence, entry: DocketEntry, docket: Docket, told: AppealTold
) -> Iterator[Follow]:
    """One for each case that watches the docket."""
    watches = evidence.watchlist.watches_of(docket.court_id, docket.docket_number)
    for watch in one_per_case([w for w in watches if not w.is_of_everything]):
        yield _follow(entry, docket.case_name, told, watch, evidence.now)


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


def _candidates(evidence: Evidence, found: Comparison) -> _Candidates:
    candidates: _Candidates = {}
    for follow, number, why, how in (*_looked_up(evidence), *_in_the_feed(evidence, found)):
        ways = candidates.setdefault(follow, {})
        ways[number, why] = max(how, ways.get((number, why), Resemblance.NONE))
    return candidates


#: An expected appeal, a number that may be its own, why, and how surely.
_Candidate = tuple[Follow, str, str, Resemblance]


def _looked_up(evidence: Evidence) -> Iterator[_Candidate]:
    watchlist = evidence.watchlist
    for appeal in evidence.reading.appeals:
        for follow in watchlist.expected:
            if _is_watched(watchlist, appeal.court_id, appeal.appeal_number, follow.case_id):
                continue  # an earlier appeal, known already
            if how := _is_of(appeal, follow):
                why = f"CourtListener shows “{appeal.case_name}”"
                why += f", from {appeal.lower_number}" if appeal.lower_number else ""
                yield follow, appeal.appeal_number, why, how


def _in_the_feed(evidence: Evidence, found: Comparison) -> Iterator[_Candidate]:
    watchlist = evidence.watchlist
    for entry_id in found.changes if watchlist.expected else ():
        docket = found.dockets[found.entries[entry_id].docket_id]
        number = docket.docket_number
        for follow, how in watchlist.expecting(docket.court_id, docket.case_name):
            if _is_watched(watchlist, docket.court_id, number, follow.case_id):
                continue
            day = found.entries[entry_id].date_filed
            if fitting := _at_its_time(follow, number, day, how):
                yield follow, number, f"its feed shows “{docket.case_name}”", fitting


def _is_watched(watchlist: Watchlist, court_id: str, number: str, case_id: str) -> bool:
    """Whether this case has a watch on this very docket; what others watch says nothing of it."""
    watches = watchlist.watches_of(court_id, number)
    return any(w.case_id == case_id and not w.is_of_everything for w in watches)


def _is_of(appeal: AppealCandidate, follow: Follow) -> Resemblance:
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


def _conclude(evidence: Evidence, follow: Follow) -> Consequences:
    """What follows from one thing told of an appeal."""
    watchlist, number = evidence.watchlist, follow.appeal_number
    if follow.state is FollowState.PROPOSED and follow.follow_id in watchlist.refused:
        return Consequences()
    if follow.follow_id in watchlist.bound:
        return Consequences()  # an old appeal that is spoken of again: it settles nothing
    if not number or _is_watched(watchlist, follow.court_id, number, follow.case_id):
        return Consequences(follows=(follow,))  # not known yet, or watched already
    if follow.state is not FollowState.BOUND:
        return Consequences(
            follows=(follow,), alerts=(_told(evidence, follow, AppealProposed, "proposed"),)
        )
    appeal = docket_id_of(follow.court_id, number)
    docketed = AppealDocketed(follow.lower_docket_id, evidence.source.source_id, appeal)
    return Consequences(
        follows=(follow,),
        watches=(appeal_watch(follow, evidence.now),),
        changes=(docketed,),
        alerts=(_told(evidence, follow, AppealFound, ""),),
    )


def _told(
    evidence: Evidence, follow: Follow, kind: type[AppealFound | AppealProposed], mark: str
) -> AppealFound | AppealProposed:
    return kind(
        alert_id=alert_id("appeal", follow.case_id, follow.follow_id, mark),
        created_at=evidence.now,
        why=_why(follow),
        case=CaseRef(follow.case_id, follow.case_label),
        source=source_ref(evidence.source),
        docket=DocketRef(follow.court_id, follow.appeal_number),
        lower_docket=_lower(follow),
        entry_id=follow.entry_id,
    )


def _lower(follow: Follow) -> DocketRef:
    court_id, _, number = follow.lower_docket_id.partition("/")
    return DocketRef(court_id, number)


def _why(follow: Follow) -> str:
    return f"an appeal from {_lower(follow).docket_number} is followed: {follow.reason}"


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
        origin=FOLLOWED,
    )
