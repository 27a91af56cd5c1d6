"""Where we read, how it goes, and what is watched there."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.errors import UsageError
from monitor.history.answers import SourceLine, WatchDetail, WatchLine
from monitor.history.record import Record
from monitor.model.docket import Docket
from monitor.model.source import Source, SourceState
from monitor.model.watch import Watch, WatchState
from monitor.passwords import hide_passwords
from monitor.store import rows, schema

_LEAST_PATIENCE = timedelta(minutes=10)


def sources(record: Record, now: datetime) -> tuple[SourceLine, ...]:
    """Every source; those that are off come last."""
    t, u = schema.sources, schema.unreadable
    lost = sa.select(u.c.source_id, sa.func.count()).group_by(u.c.source_id)
    unreadable = {row[0]: row[1] for row in record.rows(lost)}
    found = record.rows(sa.select(t).order_by(t.c.enabled.desc(), t.c.source_id))
    return tuple(
        _line(rows.to_source(row), rows.to_state(row), unreadable.get(row.source_id, 0), now)
        for row in found
    )


def _line(source: Source, state: SourceState, unreadable: int, now: datetime) -> SourceLine:
    return SourceLine(
        source_id=source.source_id,
        kind=source.traits.kind,
        name=source.name,
        url=hide_passwords(source.url),
        court_id=source.court_id,
        enabled=source.enabled,
        is_healthy=state.unhealthy_since is None and not state.failures,
        is_overdue=_is_overdue(source, state, now),
        unhealthy_since=state.unhealthy_since,
        failures=state.failures,
        last_error=state.last_error,
        note=state.note,
        last_polled_at=state.last_polled_at,
        last_good_at=state.last_good_at,
        next_due_at=state.next_due_at,
        built_at=state.built_at,
        covered_since=state.covered_since,
        covered_until=state.covered_until,
        description=state.window.description,
        incomplete=state.incomplete,
        unreadable=unreadable,
    )


def _is_overdue(source: Source, state: SourceState, now: datetime) -> bool:
    """Nobody took it up though it is due: is the daemon running?"""
    patience = max(3 * source.every, _LEAST_PATIENCE)
    return source.enabled and state.next_due_at < now - patience


# --- watches ---


def watches(record: Record, *, with_removed: bool = False) -> tuple[WatchLine, ...]:
    """What is watched."""
    found = record.unit.watches.every() if with_removed else record.unit.watches.all()
    dockets = record.unit.entries.dockets({watch.docket_id for watch in found})
    return tuple(_watch_line(watch, dockets.get(watch.docket_id)) for watch in found)


def _watch_line(watch: Watch, docket: Docket | None) -> WatchLine:
    return WatchLine(
        watch_id=watch.watch_id,
        case_id=watch.case_id,
        case_label=watch.case_label,
        court_id=watch.court_id,
        docket_number=watch.docket_number,
        case_name=docket.case_name if docket else "",
        cl_docket_id=watch.cl_docket_id,
        state=watch.state.value,
        origin=watch.origin,
        since=watch.since,
        told_at=watch.told_at,
        leads_to=watch.leads_to,
    )


def find_watch(record: Record, watch_id: str) -> Watch:
    """The watch of this name. Raises UsageError where there is none."""
    from monitor.settings.problems import did_you_mean

    every = record.unit.watches.every()
    for watch in every:
        if watch.watch_id == watch_id:
            return watch
    names = [watch.watch_id for watch in every if watch.state is not WatchState.REMOVED]
    raise UsageError(f"no watch is called {watch_id!r}{did_you_mean(watch_id, names)}")


def watch(record: Record, watch_id: str, now: datetime) -> WatchDetail:
    """One watch, and the sources that cover it."""
    found = find_watch(record, watch_id)
    docket = record.unit.entries.dockets([found.docket_id]).get(found.docket_id)
    line = _watch_line(found, docket)
    t = schema.sources
    named = record.rows(
        sa.select(t.c.source_id).where(
            t.c.enabled,
            t.c.court_id == found.court_id,
            t.c.docket_number.in_(("", found.docket_number)),
        )
    )
    names = {row.source_id for row in named}
    covering = tuple(one for one in sources(record, now) if one.source_id in names)
    return WatchDetail(**rows.fields_of(WatchDetail, line, sources=covering))
