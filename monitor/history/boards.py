"""Where the watched cases stand, from their dockets alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.history import docket_status
from monitor.history.answers import AppealLine, CaseBoard, DocketBoard, Statement
from monitor.history.as_of import entries_then
from monitor.history.case_status import case_status
from monitor.history.docket_acts import acts_of
from monitor.history.docket_status import Cell
from monitor.history.questions import AsOf, moment_of
from monitor.history.record import Record, check_case
from monitor.model.court import CourtKind, court
from monitor.model.docket import Docket, DocketEntry
from monitor.model.follow import Follow, FollowState
from monitor.model.watch import Watch, WatchState
from monitor.normalize.docket_number import same_docket

#: From the lowest court up.
_RANK = {
    CourtKind.BANKRUPTCY: 0,
    CourtKind.DISTRICT: 1,
    CourtKind.SPECIAL: 1,
    CourtKind.APPELLATE: 2,
    CourtKind.SUPREME: 3,
}


def boards(record: Record, case_id: str = "", as_of: AsOf | None = None) -> tuple[CaseBoard, ...]:
    """A board for each watched case, or for this one, as it stands or as it stood."""
    watches = [w for w in record.unit.watches.all() if case_id in {"", w.case_id}]
    follows = record.unit.watches.follows()
    by_case: dict[str, list[Watch]] = {}
    for watch in watches:
        by_case.setdefault(watch.case_id, []).append(watch)
    return tuple(
        _board([(watch, *_docket(record, watch, as_of)) for watch in some], follows, as_of)
        for some in by_case.values()
    )


@dataclass(frozen=True, slots=True)
class DocketRead:
    """A docket of a case, and what of it says where the case stands: see `acts_of`."""

    docket: Docket
    acts: list[DocketEntry]
    is_paused: bool


def case_dockets(
    record: Record, case_id: str, as_of: AsOf | None = None
) -> tuple[CaseBoard, list[DocketRead]]:
    """The board of a case, and its dockets from the lowest court up.

    Raises UsageError where no case is called so.
    """
    check_case(record, case_id)
    watches = [watch for watch in record.unit.watches.all() if watch.case_id == case_id]
    read = [(watch, *_docket(record, watch, as_of)) for watch in watches]
    board = _board(read, record.unit.watches.follows(), as_of)
    found = [
        DocketRead(docket, acts, watch.state is WatchState.PAUSED)
        for watch, docket, acts in read
        if docket is not None
    ]
    return board, sorted(
        found, key=lambda one: (_RANK[court(one.docket.court_id).kind], one.docket.docket_id)
    )


def _board(
    read: Sequence[tuple[Watch, Docket | None, list[DocketEntry]]],
    follows: Sequence[Follow],
    as_of: AsOf | None,
) -> CaseBoard:
    first = read[0][0]
    if as_of is not None:
        watches = [watch for watch, _, _ in read]
        follows = [known for one in follows if (known := _as_known(one, watches, as_of))]
        # What we did not know of then is no docket of the case then.
        read = [one for one in read if one[2]] or read[:1]
    stands = case_status([(docket, entries) for _, docket, entries in read if docket])
    return CaseBoard(
        case_id=first.case_id,
        case_label=first.case_label,
        now=stands.verdict,
        pending_in=stands.before,
        relief=_statement(stands.relief),
        review=_statements(stands.review),
        mandate=_statement(stands.mandate),
        dockets=tuple(_docket_board(watch, docket, entries) for watch, docket, entries in read),
        appeals=tuple(_appeal(f) for f in follows if f.case_id == first.case_id),
    )


def _as_known(follow: Follow, watches: Sequence[Watch], as_of: AsOf) -> Follow | None:
    """What was known of the appeal then: its number since its docket is watched."""
    then = moment_of(as_of, follow.court_id)
    if follow.at > then:
        return None
    is_bound = any(
        one.court_id == follow.court_id
        and one.since <= then
        and same_docket(one.docket_number, follow.appeal_number)
        for one in watches
    )
    return follow if is_bound else replace(follow, appeal_number="", state=FollowState.PENDING)


def _docket(
    record: Record, watch: Watch, as_of: AsOf | None
) -> tuple[Docket | None, list[DocketEntry]]:
    docket = record.unit.entries.dockets([watch.docket_id]).get(watch.docket_id)
    if docket is None:
        return None, []
    if as_of is not None:
        return docket, entries_then(record, docket, as_of)
    return docket, acts_of(record, watch.docket_id)


def _docket_board(
    watch: Watch, docket: Docket | None, entries: Sequence[DocketEntry]
) -> DocketBoard:
    stands = docket_status.docket_status(docket, entries) if docket else None
    return DocketBoard(
        watch_id=watch.watch_id,
        court_id=watch.court_id,
        docket_number=watch.docket_number,
        state=watch.state.value,
        leads_to=watch.leads_to,
        relief=_statement(stands.relief) if stands else None,
        unknown=_statements(stands.unknown) if stands else (),
        pending=_statements(stands.pending) if stands else (),
        appeals=_statements(stands.appeals) if stands else (),
        latest=_statement(stands.latest) if stands else None,
    )


def _statements(cells: Sequence[Cell]) -> tuple[Statement, ...]:
    return tuple(said for cell in cells if (said := _statement(cell)))


def _statement(cell: Cell | None) -> Statement | None:
    if cell is None:
        return None
    entry = cell.entry
    return Statement(cell.words, entry.entry_id, entry.entry_number, entry.date_filed)


def _appeal(follow: Follow) -> AppealLine:
    return AppealLine(
        lower_docket_id=follow.lower_docket_id,
        court_id=follow.court_id,
        appeal_number=follow.appeal_number,
        state=follow.state.value,
        entry_id=follow.entry_id,
    )
