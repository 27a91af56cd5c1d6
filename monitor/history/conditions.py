"""What can be asked of an entry in SQL, and the order in which entries are listed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from monitor.history.questions import Cursor, day_begins, day_ends
from monitor.history.record import Record
from monitor.store import schema
from monitor.store.watches import covers

NO_DAY, _NO_TIME = date(1, 1, 1), datetime(1, 1, 1, tzinfo=UTC)
#: So many dockets are named one by one; more are asked for within the statement.
_MOST_NAMED = 200


# --- the order ---


def newest() -> tuple[sa.ColumnElement[Any], ...]:
    """How entries sort, newest first: what has no day, time or number comes last.

    Letter for letter as in the indexes `ix_entries_newest` and `ix_entries_docket_newest`: with
    parameters instead of values no database would see that an index serves.
    """
    e = schema.entries
    return (
        sa.func.coalesce(e.c.date_filed, sa.literal(NO_DAY, sa.Date, literal_execute=True)),
        sa.func.coalesce(e.c.published_at, _moment_as_written()),
        sa.func.coalesce(e.c.entry_number, sa.literal_column("-1")),
        e.c.entry_id,
    )


def _moment_as_written() -> sa.ColumnElement[datetime]:
    return sa.literal(_NO_TIME, schema.Moment, literal_execute=True)


def is_standing() -> sa.ColumnElement[bool]:
    """Whether an entry stands for itself, and did not turn out to be another one."""
    return schema.entries.c.merged_into == sa.literal_column("''")


def newest_first(
    statement: sa.Select[Any], order: Sequence[sa.ColumnElement[Any]], after: Cursor | None
) -> sa.Select[Any]:
    """Rows in this order, from the place at which a listing stopped."""
    if after is not None:
        statement = statement.where(is_after(order, after))
    return statement.order_by(*(column.desc() for column in order))


def is_after(order: Sequence[sa.ColumnElement[Any]], after: Cursor) -> sa.ColumnElement[bool]:
    """Whether a row comes behind this place."""
    place = (
        sa.literal(after.date_filed or NO_DAY, sa.Date),
        sa.literal(after.published_at or _NO_TIME, schema.Moment),
        sa.literal(-1 if after.entry_number is None else after.entry_number),
        sa.literal(after.entry_id),
    )
    # SQLite begins within an index for a condition on its first part, and for none on all parts.
    return sa.and_(order[0] <= place[0], sa.tuple_(*order) < sa.tuple_(*place))


# --- dockets ---


def on_dockets(record: Record, *wanted: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whether an entry's docket is one of those of which all of this holds.

    The few that are meant are named, so that an index brings the entries of one in their order.
    """
    d, e = schema.dockets, schema.entries
    found = few_dockets(record, *wanted)
    if found is None:
        return e.c.docket_id.in_(sa.select(d.c.docket_id).where(*wanted))
    return e.c.docket_id == found[0] if len(found) == 1 else e.c.docket_id.in_(found)


def few_dockets(record: Record, *wanted: sa.ColumnElement[bool]) -> list[str] | None:
    """The dockets of which all of this holds; None where they are too many to be named."""
    ids = sa.select(schema.dockets.c.docket_id).where(*wanted).limit(_MOST_NAMED + 1)
    found = list(record.connection.execute(ids).scalars())
    return found if len(found) <= _MOST_NAMED else None


def in_court(record: Record, court_id: str) -> sa.ColumnElement[bool]:
    """Whether an entry's docket is one of this court: by its name, where a court has many."""
    e, beginning = schema.entries, f"{court_id}/"
    found = few_dockets(record, schema.dockets.c.court_id == court_id)
    if found is not None:
        return e.c.docket_id.in_(found)
    # No index is to serve this: what is asked for stands among the newest rows of all courts.
    return sa.func.substr(e.c.docket_id, 1, len(beginning)) == beginning


def is_numbered(number: str) -> sa.ColumnElement[bool]:
    """Whether a docket bears this number, with any office where none is said."""
    column = schema.dockets.c.docket_number
    ends = column.endswith(":" + number, autoescape=True)
    defendants = column.startswith(number + "-", autoescape=True)
    return sa.or_(column == number, ends, defendants)


def is_of_case(case_id: str) -> sa.ColumnElement[bool]:
    """Whether a docket is covered by a watch of this case."""
    w, d = schema.watches, schema.dockets
    # By an index to the dockets of a few courts: whether a watch covers one is told by its letters.
    in_its_courts = d.c.court_id.in_(sa.select(w.c.court_id).where(w.c.case_id == case_id))
    return sa.and_(in_its_courts, sa.exists().where(w.c.case_id == case_id, covers(w, d)))


# --- kinds ---


def is_of_kinds(kinds: Collection[str], *, is_sure: bool = False) -> sa.ColumnElement[bool]:
    """Whether an entry is of one of these kinds, or may be of one: a missed order is the worst.

    Where `is_sure`, it must be of that kind and cannot be of another.
    """
    e = schema.entries
    may_be = sa.func.coalesce(sa.cast(e.c.may_be, sa.Text), "[]")
    # What nobody judged yet is of no kind.
    of_kind = sa.func.coalesce(e.c.kind.in_(kinds), sa.false())
    if is_sure:
        return sa.and_(of_kind, may_be == "[]")
    doubts = (may_be.contains(f'"{kind}"', autoescape=True) for kind in kinds)
    return sa.or_(of_kind, *doubts)


# --- days ---


def filed_since(record: Record, day: date) -> sa.ColumnElement[bool]:
    """What has no day of filing counts as filed on the day when it was first seen."""
    e = schema.entries
    seen = seen_by_day(record, day, is_after=True)
    return sa.or_(e.c.date_filed >= day, sa.and_(e.c.date_filed.is_(None), seen))


def filed_until(record: Record, day: date) -> sa.ColumnElement[bool]:
    """What has no day of filing counts as filed on the day when it was first seen."""
    e = schema.entries
    seen = seen_by_day(record, day, is_after=False)
    return sa.or_(e.c.date_filed <= day, sa.and_(e.c.date_filed.is_(None), seen))


def seen_by_day(record: Record, day: date, *, is_after: bool) -> sa.ColumnElement[bool]:
    """First seen by the end of this day in the court's zone; or since its beginning."""
    d, e = schema.dockets, schema.entries
    court_ids = record.connection.execute(sa.select(d.c.court_id).distinct()).scalars()
    by_moment: dict[datetime, list[str]] = {}
    for court_id in court_ids:
        moment = day_begins(day, court_id) if is_after else day_ends(day, court_id)
        by_moment.setdefault(moment, []).append(court_id)
    seen = e.c.first_seen_at
    return sa.or_(
        sa.false(),
        *(
            sa.and_(_in_courts(some), seen >= at if is_after else seen < at)
            for at, some in by_moment.items()
        ),
    )


def _in_courts(court_ids: Sequence[str]) -> sa.ColumnElement[bool]:
    d, e = schema.dockets, schema.entries
    return e.c.docket_id.in_(sa.select(d.c.docket_id).where(d.c.court_id.in_(court_ids)))
