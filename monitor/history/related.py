"""What an entry rules on, and what rules on it, on its own docket."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from monitor.classify.kinds import RULES_VERSION
from monitor.history.answers import EntryLine, RulingLine
from monitor.history.entries import lines
from monitor.history.questions import LARGEST_NUMBER, AsOf, EntryQuery
from monitor.history.record import Record
from monitor.store import schema


def related(
    record: Record, entry: EntryLine, as_of: AsOf | None = None
) -> tuple[tuple[EntryLine, ...], tuple[EntryLine, ...]]:
    """The entries that it rules on, and those that rule on it, now or then; the newest first."""
    number = str(entry.entry_number or "")
    ruled_on = numbers_ruled_on(entry.rulings)
    query = EntryQuery(entry.court_id, entry.docket_number, as_of=as_of)
    # What rules on what is stored as it is judged now: of a past day every entry is looked at.
    meant = sa.true() if as_of else sa.or_(_is_one_of(ruled_on), _may_rule_on(number))
    others = [one for one in lines(record, query, meant) if one.entry_id != entry.entry_id]
    before = tuple(one for one in others if str(one.entry_number) in ruled_on)
    after = tuple(one for one in others if number and number in numbers_ruled_on(one.rulings))
    return before, after


def numbers_ruled_on(rulings: Sequence[RulingLine]) -> set[str]:
    """The numbers of the entries that these rule on; of "12-1" it is 12."""
    return {one.on.partition("-")[0] for one in rulings} - {""}


def _is_one_of(numbers: set[str]) -> sa.ColumnElement[bool]:
    known = [int(one) for one in numbers if one.isdecimal() and len(one) < len(str(LARGEST_NUMBER))]
    return schema.entries.c.entry_number.in_(known)


def _may_rule_on(number: str) -> sa.ColumnElement[bool]:
    """Whether the number stands among what it rules on, or the present rules have not said so."""
    e = schema.entries
    said = sa.cast(e.c.rulings, sa.Text)
    is_named = sa.or_(said.contains(f'"{number}"'), said.contains(f'"{number}-'))
    return sa.and_(sa.literal(bool(number)), sa.or_(is_named, e.c.rules_version != RULES_VERSION))
