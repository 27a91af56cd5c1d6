"""What a search asks for, as conditions in SQL: of entries, and of what the press wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeAlias, assert_never

import sqlalchemy as sa

from monitor.history import conditions
from monitor.history.questions import Cursor, day_begins, day_ends
from monitor.history.record import Record
from monitor.history.search_terms import (
    AllOf,
    AnyOf,
    Condition,
    CourtIs,
    Filed,
    FromSource,
    In,
    IsA,
    KindIs,
    NumberIs,
    OfCase,
    OnDocket,
    Party,
    Place,
    RulingIs,
    Seen,
    Term,
    Trait,
    Without,
    Words,
)
from monitor.store import schema
from monitor.store.migrations.search_0012 import HOURS, PER_HOUR

#: The press has the days of this court.
PRESS_COURT = "dcd"

_Bool: TypeAlias = sa.ColumnElement[bool]


def of_entries(record: Record, wanted: Condition) -> _Bool:
    """Whether an entry is what somebody looks for."""
    return _Compiled(record, _ENTRIES, _of_entry).condition(wanted)


def of_stories(record: Record, wanted: Condition) -> _Bool:
    """Whether an article of the press is; it has no kind, no number and no docket."""
    return _Compiled(record, _STORIES, _of_story).condition(wanted)


# --- the tree ---


@dataclass(frozen=True, slots=True)
class _Index:
    """An index of words: its tables, the keys of what it indexes, and its parts in PostgreSQL."""

    #: Where the words stand in SQLite.
    fts: str
    numbers: sa.TableClause
    keys: tuple[sa.Column[Any], ...]
    parts: str
    #: Of its tables in SQLite, what holds words.
    columns: str

    @property
    def has_captions(self) -> bool:
        return _CAPTION in self.parts


#: The part of an entry's vector that is its docket's caption.
_CAPTION = "C"
_ENTRIES = _Index(
    "entry_search",
    sa.table("searchable_entries", *map(sa.column, ("number", "entry_id", "words"))),
    (schema.entries.c.entry_id,),
    "ABC",
    "text names caption",
)
_STORIES = _Index(
    "story_search",
    sa.table("searchable_stories", *map(sa.column, ("number", "source_id", "item_key", "words"))),
    (schema.stories.c.source_id, schema.stories.c.item_key),
    "AB",
    "title summary",
)


@dataclass(frozen=True, slots=True)
class _Compiled:
    record: Record
    index: _Index
    of_term: Callable[[Record, Term], _Bool]

    def condition(self, wanted: Condition) -> _Bool:
        if self.is_of_words(wanted):
            return self._in_index(wanted)
        if isinstance(wanted, AllOf):
            return sa.and_(sa.true(), *self._together(wanted.parts))
        if isinstance(wanted, AnyOf):
            return sa.or_(sa.false(), *map(self.condition, wanted.parts))
        if isinstance(wanted, Without):
            return sa.not_(self.condition(wanted.part))
        return self.of_term(self.record, wanted)

    def is_of_words(self, wanted: Condition) -> bool:
        """Whether the index alone can tell."""
        if isinstance(wanted, AllOf | AnyOf):
            return all(map(self.is_of_words, wanted.parts))
        return isinstance(wanted, Words) or (isinstance(wanted, Party) and self.index.has_captions)

    def _together(self, parts: tuple[Condition, ...]) -> Iterator[_Bool]:
        """All words are looked up at once: what one of them finds need not be read for another."""
        words = tuple(part for part in parts if self.is_of_words(part))
        if words:
            yield self._in_index(AllOf(words))
        for part in parts:
            if not self.is_of_words(part):
                yield self.condition(part)

    def _in_index(self, wanted: Condition) -> _Bool:
        numbers, keys = self.index.numbers, self.index.keys
        if self.record.connection.dialect.name != "sqlite":
            return self._is_among(_vector_holds(wanted, self.index.parts))
        found = _in_fts5(self.index, wanted)
        if not _are_many(self.record, found):
            return self._is_among(numbers.c.number.in_(found))
        # Its keys would be a large table, made for one page: the newest rows are asked one by one.
        own = (numbers.c[key.key or ""] == key for key in keys)
        number = sa.select(numbers.c.number).where(*own).correlate(keys[0].table).scalar_subquery()
        return found.where(sa.column("rowid") == number).exists()

    def _is_among(self, holds: _Bool) -> _Bool:
        """Whether a row's key is among those of which this holds in the index."""
        keys = self.index.keys
        found = sa.select(*(self.index.numbers.c[key.key or ""] for key in keys)).where(holds)
        return (sa.tuple_(*keys) if len(keys) > 1 else keys[0]).in_(found)


def are_many(record: Record, wanted: Condition) -> bool:
    """Whether words alone are asked for, and so many entries hold them that none need counting."""
    is_words = _Compiled(record, _ENTRIES, _of_entry).is_of_words(wanted)
    if not is_words or record.connection.dialect.name != "sqlite":
        return False
    return _are_many(record, _in_fts5(_ENTRIES, wanted))


#: So many that fit are looked up one by one.
_FEW = 10_000


def _are_many(record: Record, found: sa.Select[Any]) -> bool:
    """Whether looking through the newest rows brings a page sooner than looking up all that fit."""
    some = sa.select(sa.func.count()).select_from(found.limit(_FEW + 1).subquery())
    return int(record.connection.scalar(some) or 0) > _FEW


@dataclass(frozen=True, slots=True)
class ByHour:
    """Entries as SQLite's index of words brings them: by a number that begins with the hour."""

    #: What is selected from, with all that is asked for; to be narrowed, sorted and cut.
    statement: sa.Select[Any]
    number: sa.ColumnElement[int]

    def until(self, place: Cursor) -> sa.Select[Any]:
        """Those of the hour of this place, and of earlier ones."""
        return self.statement.where(self.number < (_hour_of(place) + 1) * PER_HOUR)


def by_hour(record: Record, wanted: Condition, columns: Sequence[sa.Column[Any]]) -> ByHour | None:
    """What is found by the index, and by a condition on each row where more than words are asked.

    None where no word is wanted, and where no docket is what is meant by one.
    """
    compiled = _Compiled(record, _ENTRIES, _of_entry)
    parts = wanted.parts if isinstance(wanted, AllOf) else (wanted,)
    words = tuple(part for part in parts if compiled.is_of_words(part))
    others = [part for part in parts if not compiled.is_of_words(part)]
    if record.connection.dialect.name != "sqlite" or not words:
        return None
    few = {part: _few_dockets(record, part) for part in others}
    dockets = [some for some in few.values() if some is not None]
    if not all(dockets):
        return None
    e, numbers = schema.entries, _ENTRIES.numbers
    fts = sa.table(_ENTRIES.fts, sa.column("rowid", sa.BigInteger), sa.column(_ENTRIES.fts))
    holds = " AND ".join((_fts5_of(_ENTRIES, AllOf(words)), *map(_on, dockets)))
    found = (
        sa.select(*columns, fts.c.rowid)
        .select_from(fts)
        .join(numbers, numbers.c.number == fts.c.rowid)
        .join(e, e.c.entry_id == numbers.c.entry_id)
        .where(fts.c[_ENTRIES.fts].op("MATCH")(holds), conditions.is_standing())
        .where(*(compiled.condition(part) for part, some in few.items() if some is None))
        .where(*(near for part in others for near in _numbered_near(part, fts.c.rowid)))
    )
    return ByHour(found, fts.c.rowid)


def _few_dockets(record: Record, part: Condition) -> list[str] | None:
    """The dockets that a part of a question names; None where it names none, or a whole court."""
    if isinstance(part, CourtIs):
        return conditions.few_dockets(record, schema.dockets.c.court_id == part.court_id)
    if isinstance(part, OnDocket):
        return conditions.few_dockets(record, conditions.is_numbered(part.docket_number))
    if isinstance(part, OfCase):
        return conditions.few_dockets(record, conditions.is_of_case(part.case_id))
    return None


def _on(docket_ids: Sequence[str]) -> str:
    """That an entry is on one of these, in the language of FTS5: each docket is one word there."""
    names = " OR ".join(f'"{one.encode().hex()}"' for one in docket_ids)
    return f"{{docket}} : ({names})"


def _numbered_near(part: Condition, number: sa.ColumnElement[int]) -> Iterator[_Bool]:
    """What days of filing say of an entry's number, so that no row need be read of other days."""
    if isinstance(part, Filed) and part.since:
        has_no_day = number < _first_number(conditions.NO_DAY.toordinal() + 1)
        yield sa.or_(number >= _first_number(part.since.toordinal()), has_no_day)
    if isinstance(part, Filed) and part.until:
        yield number < _first_number(part.until.toordinal() + 1)


def _first_number(day: int) -> int:
    return (day + _JULIAN) * HOURS * PER_HOUR


def hour_of(number: int) -> int:
    """What the numbers of one hour have in common."""
    return number // PER_HOUR


def _hour_of(place: Cursor) -> int:
    """As the index has it: SQLite counts days from another beginning than Python."""
    day, at = (place.date_filed or conditions.NO_DAY).toordinal(), place.published_at
    if at is None:
        return (day + _JULIAN) * HOURS
    at = at.astimezone(UTC)
    hours = (at.toordinal() - day) * 24 + at.hour
    return (day + _JULIAN) * HOURS + min(max(hours + 2, 1), HOURS - 1)


_JULIAN = 1_721_424


def _in_fts5(index: _Index, wanted: Condition) -> sa.Select[Any]:
    """The numbers of what holds the words, in SQLite."""
    fts = sa.table(index.fts, sa.column("rowid"), sa.column(index.fts))
    return sa.select(fts.c.rowid).where(fts.c[index.fts].op("MATCH")(_fts5_of(index, wanted)))


# --- words ---


def _fts5_of(index: _Index, wanted: Condition) -> str:
    """In the words of a row, which do not name its docket."""
    return f"{{{index.columns}}} : {_fts5(AllOf((wanted,)))}"


def _fts5(wanted: Condition) -> str:
    """In the language of FTS5, in which everything that somebody typed stands in quotes."""
    if isinstance(wanted, AllOf):
        return f"({' AND '.join(map(_fts5, wanted.parts))})"
    if isinstance(wanted, AnyOf):
        return f"({' OR '.join(map(_fts5, wanted.parts))})"
    if isinstance(wanted, Party):
        return f"{{caption}} : {_fts5(wanted.words)}"
    words = _words_of(wanted)
    text = words.text.replace('"', " ")
    return f'"{text}"{" *" if words.is_prefix else ""}'


def _vector_holds(wanted: Condition, parts: str) -> _Bool:
    """Whether PostgreSQL's vector of words holds them."""
    if isinstance(wanted, AllOf):
        return sa.and_(*(_vector_holds(one, parts) for one in wanted.parts))
    if isinstance(wanted, AnyOf):
        return sa.or_(*(_vector_holds(one, parts) for one in wanted.parts))
    if isinstance(wanted, Party):
        return _stands_in(wanted.words, (_CAPTION,))
    words = _words_of(wanted)
    # One word may stand anywhere; words side by side stand in one part.
    places = ("",) if words.text.isalnum() else tuple(parts)
    return _stands_in(words, places)


def _words_of(wanted: Condition) -> Words:
    if not isinstance(wanted, Words):
        raise TypeError(f"{wanted!r} does not stand in the index")
    return wanted


def _stands_in(words: Words, parts: Sequence[str]) -> _Bool:
    """Whether words stand side by side in one of these parts; in any where "" names it."""
    first, *others = (_side_by_side(words, part) for part in parts)
    for other in others:
        # `concat_ws` would be called for every row: it does not promise to say the same again.
        first = first.concat(" | ").concat(other)
    asked = sa.func.coalesce(first, "")
    simple: sa.ColumnElement[str] = sa.literal_column("'pg_catalog.simple'::regconfig")
    found: _Bool = sa.column("words").op("@@", return_type=sa.Boolean())(
        sa.func.to_tsquery(simple, asked)
    )
    return found


def _side_by_side(words: Words, part: str) -> sa.ColumnElement[str]:
    """In PostgreSQL's language of queries: the words are parted as what is indexed was."""
    each = f":{part}" if part else ""
    last = f":*{part}" if words.is_prefix else each
    texts = sa.func.nullif(sa.func.search_words(sa.literal(words.text)), "")
    return sa.func.replace(texts, " ", f"{each} <-> ").concat(last)


# --- entries ---


def _of_entry(record: Record, term: Term) -> _Bool:
    e = schema.entries
    match term:
        case KindIs(kind, is_sure):
            return conditions.is_of_kinds((kind.value,), is_sure=is_sure)
        case RulingIs(ruling):
            return sa.or_(_said(e.c.ruling == ruling.value), _rules_so(record, ruling.value))
        case CourtIs(court_id):
            return conditions.in_court(record, court_id)
        case OnDocket(number):
            return conditions.on_dockets(record, conditions.is_numbered(number))
        case OfCase(case_id):
            return conditions.on_dockets(record, conditions.is_of_case(case_id))
        case NumberIs(number):
            return _said(e.c.entry_number == number)
        case FromSource(source_id):
            t = schema.sightings
            return e.c.entry_id.in_(sa.select(t.c.entry_id).where(t.c.source_id == source_id))
        case Filed(since, until):
            return sa.and_(sa.true(), *_filed(record, since, until))
        case Seen(since, until):
            return sa.and_(sa.true(), *_seen(record, since, until))
        case IsA(trait):
            return _is_a(trait)
        case In(place):
            return sa.true() if place is Place.ENTRIES else sa.false()
        case Words() | Party():
            raise TypeError(f"{term!r} stands in the index")
        case _:
            assert_never(term)


def _said(condition: _Bool) -> _Bool:
    """What is not said is not so: else `-kind:order` would leave out what nobody judged yet."""
    return sa.func.coalesce(condition, sa.false())


def _rules_so(record: Record, ruling: str) -> _Bool:
    """Whether one of several rulings is this one."""
    e = schema.entries
    if record.connection.dialect.name == "sqlite":
        each = sa.func.json_each(e.c.rulings).table_valued("value")
        said: sa.ColumnElement[Any] = sa.func.json_extract(each.c.value, "$[0]")
    else:
        each = sa.func.json_array_elements(e.c.rulings).table_valued(sa.column("value", sa.JSON))
        said = each.c.value.op("->>")(0)
    return sa.exists(sa.select(sa.literal_column("1")).select_from(each).where(said == ruling))


def _filed(record: Record, since: date | None, until: date | None) -> Iterator[_Bool]:
    if since:
        yield conditions.filed_since(record, since)
    if until:
        yield conditions.filed_until(record, until)


def _seen(record: Record, since: date | datetime | None, until: date | None) -> Iterator[_Bool]:
    if isinstance(since, datetime):
        yield schema.entries.c.first_seen_at >= since
    elif since:
        yield conditions.seen_by_day(record, since, is_after=True)
    if until:
        yield conditions.seen_by_day(record, until, is_after=False)


def _is_a(trait: Trait) -> _Bool:
    e = schema.entries
    match trait:
        case Trait.DISPOSITIVE:
            return _said(e.c.is_dispositive.is_(sa.true()))
        case Trait.WITHDRAWN:
            return e.c.is_withdrawn.is_(sa.true())
        case Trait.UNCERTAIN:
            return sa.func.coalesce(sa.cast(e.c.may_be, sa.Text), "[]") != "[]"
        case _:
            assert_never(trait)


# --- the press ---


def _of_story(record: Record, term: Term) -> _Bool:
    t = schema.stories
    match term:
        case OfCase(case_id):
            return _matches_case(record, case_id)
        case FromSource(source_id):
            return t.c.source_id == source_id
        case Seen(since, until):
            return sa.and_(sa.true(), *_story_seen(since, until))
        case In(place):
            return sa.true() if place is Place.NEWS else sa.false()
        case (
            KindIs() | RulingIs() | CourtIs() | OnDocket() | NumberIs() | Filed() | IsA() | Party()
        ):
            return sa.false()
        case Words():
            raise TypeError(f"{term!r} stands in the index")
        case _:
            assert_never(term)


def _matches_case(record: Record, case_id: str) -> _Bool:
    matches = schema.stories.c.matches
    if record.connection.dialect.name == "sqlite":
        each = sa.func.json_each(matches).table_valued("value")
        said: sa.ColumnElement[Any] = sa.func.json_extract(each.c.value, "$.case_id")
    else:
        each = sa.func.json_array_elements(matches).table_valued(sa.column("value", sa.JSON))
        said = each.c.value.op("->>")("case_id")
    return sa.exists(sa.select(sa.literal_column("1")).select_from(each).where(said == case_id))


def _story_seen(since: date | datetime | None, until: date | None) -> Iterator[_Bool]:
    seen = schema.stories.c.first_seen_at
    if since:
        is_moment = isinstance(since, datetime)
        yield seen >= (since if is_moment else day_begins(since, PRESS_COURT))
    if until:
        yield seen < day_ends(until, PRESS_COURT)
