"""Whether something that is published changed since: asked often, and cheap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from monitor.classify.kinds import RULES_VERSION
from monitor.history.conditions import is_of_case, is_standing, on_dockets
from monitor.history.coverage import Visible
from monitor.history.publishing import not_read_since
from monitor.history.record import Record
from monitor.match.watchlist import is_about
from monitor.store import schema
from monitor.store.writer import is_own


def last_changed(record: Record, seen: Sequence[Visible], now: datetime) -> str:
    """Another word whenever a case, its judgements, its coverage or the day is another one."""
    c, e = schema.changes, schema.entries
    last = record.connection.scalar(sa.select(sa.func.max(c.c.change_id)))
    old = sa.select(sa.func.count()).select_from(e).where(e.c.rules_version < RULES_VERSION)
    return f"{last} {record.connection.scalar(old)} {now:%Y-%m-%d} {seen}"


def marks(record: Record, seen: Sequence[Visible], now: datetime) -> Mapping[str, str]:
    """Case -> another word whenever what is published of it may be another."""
    dockets = _dockets(record)
    found: dict[str, list[str]] = {}
    for one in seen:
        watch = one.watch
        words = found.setdefault(watch.case_id, [f"{now:%Y-%m-%d}"])
        words.append(f"{watch.watch_id} {watch.case_label} {watch.since}")
        words.append(f"{one.not_visible} {not_read_since(one, now)}")
        words += [
            word
            for (court_id, number), word in dockets.items()
            if is_about(watch, court_id, number)
        ]
    return {case_id: "\n".join(words) for case_id, words in found.items()}


def size(record: Record, case_ids: Sequence[str]) -> int:
    """About how many entries there are to be published."""
    e = schema.entries
    of_cases = sa.or_(sa.false(), *(on_dockets(record, is_of_case(one)) for one in case_ids))
    query = (
        sa.select(sa.func.count())
        .select_from(e)
        .where(is_standing(), is_own(e.c.entry_id), of_cases)
    )
    return int(record.connection.scalar(query) or 0)


def _dockets(record: Record) -> Mapping[tuple[str, str], str]:
    """Docket -> its entries in figures, and the last changes of it and of them."""
    d, e, c = schema.dockets, schema.entries, schema.changes
    of_entries = (
        sa.select(
            e.c.docket_id,
            sa.func.count().label("many"),
            sa.func.sum(e.c.rules_version).label("rules"),
            sa.func.max(e.c.first_seen_at).label("last"),
        )
        .where(is_own(e.c.entry_id))
        .group_by(e.c.docket_id)
        .subquery()
    )
    changed = (
        sa.select(e.c.docket_id, sa.func.max(c.c.change_id).label("last"))
        .join_from(e, c, c.c.entry_id == e.c.entry_id)
        .where(is_own(c.c.source_id))
        .group_by(e.c.docket_id)
        .subquery()
    )
    query = (
        sa.select(d, of_entries.c.many, of_entries.c.rules, of_entries.c.last, changed.c.last)
        .join_from(d, of_entries, of_entries.c.docket_id == d.c.docket_id, isouter=True)
        .join(changed, changed.c.docket_id == d.c.docket_id, isouter=True)
        .order_by(d.c.docket_id)
    )
    return {(row.court_id, row.docket_number): str(tuple(row)) for row in record.rows(query)}
