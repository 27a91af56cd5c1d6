"""What is read of a docket to say where it stands: of thousands of entries, the few that count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa

from monitor.classify.kinds import RULES_VERSION
from monitor.history.conditions import NO_DAY, is_standing, newest
from monitor.history.record import Record
from monitor.model.docket import COURT_ACTS, DocketEntry, EntryKind, Ruling
from monitor.store import schema
from monitor.store.writer import is_own

_E = schema.entries
#: Acts, what may have lifted one, what asks for one, and the way up and down.
_KINDS = sorted(
    COURT_ACTS
    | {
        EntryKind.MINUTE_ENTRY,
        EntryKind.MOTION,
        EntryKind.NOTICE_OF_APPEAL,
        EntryKind.APPEAL_RELATED,
    }
)
#: As much of a text is looked at for a mandate.
_HEAD = 120


def acts_of(record: Record, docket_id: str) -> list[DocketEntry]:
    """The entries that a docket's status can depend on, and the latest; without their parts.

    More may be among them than it depends on, and none is missing: what the present rules have not
    judged is read whole.
    """
    on_docket = _on(docket_id)
    found = record.unit.entries.without_parts(*on_docket, _may_count())
    latest = _latest(record, docket_id)
    if latest is None or any(entry.entry_id == latest for entry in found):
        return found
    return [*found, *record.unit.entries.without_parts(_E.c.entry_id == latest)]


def _may_count() -> sa.ColumnElement[bool]:
    return sa.or_(
        _E.c.rules_version != RULES_VERSION,
        _E.c.kind.in_([kind.value for kind in _KINDS]),
        _E.c.is_dispositive.is_not(sa.false()),
        _E.c.ruling != Ruling.NONE.value,
        _E.c.acts_on != "",
        sa.cast(_E.c.may_be, sa.Text) != "[]",
        sa.cast(_E.c.event_names, sa.Text).icontains("mandate"),
        sa.func.substr(_E.c.text, 1, _HEAD).icontains("mandate"),
    )


def _latest(record: Record, docket_id: str) -> str | None:
    standing = *_on(docket_id), _E.c.is_withdrawn.is_(sa.false())
    query = sa.select(_E.c.entry_id).where(*standing)
    query = query.order_by(*(column.desc() for column in newest())).limit(1)
    found: str | None = record.connection.scalar(query)
    return found


def _on(docket_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    """What stands on a docket and was seen by ourselves."""
    return _E.c.docket_id == docket_id, is_standing(), is_own(_E.c.entry_id)


@dataclass(frozen=True, slots=True)
class Extent:
    """How many entries a docket has on some days, and the day of its first; None for none."""

    count: int
    begins: date | None


def extent_of(
    record: Record, docket_id: str, since: date = date.min, until: date = date.max
) -> Extent:
    """Told from indexes alone. What has no day of filing counts from when it was first seen."""
    on_docket, day = _on(docket_id), newest()[0]
    within = _within(day, since, until)
    count = record.connection.scalar(sa.select(sa.func.count()).where(*on_docket, within)) or 0
    filed = sa.select(sa.func.min(day)).where(*on_docket, day > NO_DAY)
    seen = sa.select(sa.func.min(_E.c.first_seen_at)).where(*on_docket, day == NO_DAY)
    days: list[Any] = [record.connection.scalar(filed), record.connection.scalar(seen)]
    known = [days[0]] if days[0] else []
    known += [days[1].date()] if days[1] else []
    return Extent(count, min(known, default=None))


def _within(day: sa.ColumnElement[Any], since: date, until: date) -> sa.ColumnElement[bool]:
    """What was filed on these days, both of them included; all where all days are asked for."""
    if (since, until) == (date.min, date.max):
        return sa.true()
    begins = datetime.combine(since, time.min, UTC)
    ends = datetime.combine(until, time.max, UTC)
    seen = sa.and_(day == NO_DAY, _E.c.first_seen_at.between(begins, ends))
    return sa.or_(sa.and_(day > NO_DAY, day.between(since, until)), seen)
