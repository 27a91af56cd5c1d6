"""What somebody looks for, in a line of words: read, and bounded.

    kind:order court:cadc "stay pending appeal" -hearing filed:>=2026-01-01 seen:P7D

All of it must hold. `OR` stands between two terms, `-` excludes, quotes hold words together and in
their order, `*` at the end of a word finds its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from monitor.errors import UsageError
from monitor.history.days import length_ago, read_day
from monitor.history.questions import LARGEST_NUMBER
from monitor.model.court import courts, find_court
from monitor.model.docket import EntryKind, Ruling
from monitor.normalize.docket_number import is_docket_number, normalize_docket_number
from monitor.normalize.text import without_hiding

LONGEST, MOST_TERMS = 500, 30
_DAY = timedelta(days=1)


class Trait(StrEnum):
    """What an entry can be, besides of a kind."""

    DISPOSITIVE = "dispositive"
    WITHDRAWN = "withdrawn"
    UNCERTAIN = "uncertain"


class Place(StrEnum):
    """Where something is looked for."""

    ENTRIES = "entries"
    NEWS = "news"


# --- what can be asked ---


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand side by side in this order; of the last one perhaps the beginning only."""

    text: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Words of a docket's caption."""

    words: Words


@dataclass(frozen=True, slots=True)
class KindIs:
    """Of this kind, or what may be of it; where `is_sure`, what can be nothing else."""

    kind: EntryKind
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class RulingIs:
    """The court did so to something in the entry."""

    ruling: Ruling


@dataclass(frozen=True, slots=True)
class CourtIs:
    court_id: str


@dataclass(frozen=True, slots=True)
class OnDocket:
    """In our spelling; one without its office is that number with any office."""

    docket_number: str
    #: Whether a docket was asked for, and not words that may be the number of one.
    is_meant: bool = True


@dataclass(frozen=True, slots=True)
class OfCase:
    case_id: str


@dataclass(frozen=True, slots=True)
class NumberIs:
    entry_number: int


@dataclass(frozen=True, slots=True)
class FromSource:
    source_id: str


@dataclass(frozen=True, slots=True)
class Filed:
    """Both days belong to it; None for no bound."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """First seen on days of the court's, or since a moment."""

    since: date | datetime | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class IsA:
    trait: Trait


@dataclass(frozen=True, slots=True)
class In:
    place: Place


Term: TypeAlias = (
    Words
    | Party
    | KindIs
    | RulingIs
    | CourtIs
    | OnDocket
    | OfCase
    | NumberIs
    | FromSource
    | Filed
    | Seen
    | IsA
    | In
)


@dataclass(frozen=True, slots=True)
class Without:
    part: Condition


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Condition, ...]


Condition: TypeAlias = Term | Without | AnyOf | AllOf


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What somebody looks for: all of it must hold."""

    wanted: AllOf


def terms_of(condition: Condition) -> Iterator[Term]:
    """Every term, excluded ones too."""
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from terms_of(part)
    elif isinstance(condition, Without):
        yield from terms_of(condition.part)
    else:
        yield condition


def words_wanted(condition: Condition) -> Iterator[Words]:
    """The words that may stand in what is found: those of captions too, excluded ones not."""
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from words_wanted(part)
    elif isinstance(condition, Words | Party):
        yield condition if isinstance(condition, Words) else condition.words


# --- reading ---

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
#: One term: perhaps excluded, perhaps with its field, quoted or not.
_TERM = re.compile(
    r"""(?P<minus>-)? (?:(?P<field>[^\W\d]\w*):)? (?: "(?P<quoted>[^"]*)" (?P<star>\*)? (?=\s|$)
    | (?P<bare>[^\s"]*) (?=\s|$) )""",
    re.VERBOSE,
)


def read_query(raw: str, now: datetime) -> SearchQuery:
    """What a line asks for, at this moment. Raises UsageError, which names what it cannot read."""
    if len(raw) > LONGEST:
        raise UsageError(f"{len(raw):,} signs are too many: no more than {LONGEST}")
    tokens = list(_tokens(without_hiding(raw).translate(_QUOTES)))
    if not tokens:
        raise UsageError('say what to look for, as: kind:order "stay pending appeal"')
    if len(tokens) > MOST_TERMS:
        raise UsageError(f"{len(tokens)} terms are too many: no more than {MOST_TERMS}")
    return SearchQuery(AllOf(tuple(_joined(tokens, now))))


def _tokens(raw: str) -> Iterator[re.Match[str]]:
    place, end = 0, len(raw)
    while place < end:
        if raw[place].isspace():
            place += 1
            continue
        found = _TERM.match(raw, place)
        if found is None or found.end() == place:
            raise UsageError(_misquoted(raw, place))
        yield found
        place = found.end()


def _misquoted(raw: str, place: int) -> str:
    rest = raw[place:]
    if rest.count('"') % 2:
        return f"a quote is not closed: {rest!r}"
    return f"{rest!r}: quotes stand around whole words, with blanks outside"


def _joined(tokens: list[re.Match[str]], now: datetime) -> Iterator[Condition]:
    """The terms, and those between which OR stands as one."""
    groups: list[list[Condition]] = []
    is_open = False
    for place, token in enumerate(tokens):
        match token[0]:
            case "OR":
                _check_or(tokens, place)
                is_open = True
            case "AND" | "NOT":
                raise UsageError(_not_an_operator(token[0]))
            case _:
                groups = groups if is_open else [*groups, []]
                groups[-1].append(_condition(token, now))
                is_open = False
    yield from (group[0] if len(group) == 1 else AnyOf(tuple(group)) for group in groups)


def _check_or(tokens: list[re.Match[str]], place: int) -> None:
    beside = (tokens[place - 1][0] if place else "OR", *(one[0] for one in tokens[place + 1 :][:1]))
    if len(beside) < 2 or "OR" in beside:
        raise UsageError("OR stands between two terms; put the word itself in quotes")


def _not_an_operator(word: str) -> str:
    said = "all terms must hold anyway" if word == "AND" else "write - before what to leave out"
    return f"{word} is no operator here: {said}; put the word itself in quotes"


def _condition(token: re.Match[str], now: datetime) -> Condition:
    quoted = token["quoted"]
    value = token["bare"] if quoted is None else quoted + (token["star"] or "")
    term = _term(token, value, now)
    return Without(_surely(term)) if token["minus"] else term


def _surely(term: Condition) -> Condition:
    """What is left out for its kind is surely of that kind: what may be another is shown."""
    return replace(term, is_sure=True) if isinstance(term, KindIs) else term


def _term(token: re.Match[str], value: str, now: datetime) -> Condition:
    name = token["field"]
    if name is None:
        _check_holds_words(value, token[0])
        return _words_or_docket(token, value)
    read = _FIELDS.get(name.lower())
    if read is None:
        tip = f"{_did_you_mean(name.lower(), _FIELDS)}; in quotes it would be words"
        raise UsageError(f"no field is called {name!r}{tip}")
    if not value.strip():
        raise UsageError(f"{name}: says nothing: write its value behind it, without a blank")
    return read(value.strip(), now)


# --- words ---


def _words_or_docket(token: re.Match[str], value: str) -> Condition:
    """Words; and what is a docket number is found in every spelling, and names its docket."""
    words = _words(value)
    number = normalize_docket_number(value)
    if words.is_prefix or token["quoted"] is not None or not is_docket_number(number):
        return words
    spellings = dict.fromkeys((words.text, number, number.partition(":")[2] or number))
    return AnyOf((*map(Words, spellings), OnDocket(number, is_meant=False)))


def _words(value: str) -> Words:
    is_prefix = value.endswith("*")
    text = value.removesuffix("*")
    if "*" in text:
        raise UsageError(f"{value!r}: * stands at the end of a word only")
    _check_holds_words(text, value)
    if is_prefix and not (len(text) > 1 and text[-2:].isalnum()):
        raise UsageError(f"{value!r}: at least two letters or digits stand before *")
    return Words(text, is_prefix)


def _check_holds_words(text: str, said: str) -> None:
    if not any(map(str.isalnum, text)):
        raise UsageError(f"{said!r} holds no letter and no digit to look for")


# --- fields ---


def _kind(value: str, now: datetime) -> KindIs:
    return KindIs(EntryKind(_one_of("kind", value, [one.value for one in EntryKind])))


def _ruling(value: str, now: datetime) -> RulingIs:
    return RulingIs(Ruling(_one_of("ruling", value, [one.value for one in Ruling])))


def _court(value: str, now: datetime) -> CourtIs:
    return CourtIs(find_court(value) or _one_of("court", value, courts()))


def _trait(value: str, now: datetime) -> IsA:
    return IsA(Trait(_one_of("is", value, [one.value for one in Trait])))


def _place(value: str, now: datetime) -> In:
    return In(Place(_one_of("in", value, [one.value for one in Place])))


def _docket(value: str, now: datetime) -> OnDocket:
    return OnDocket(normalize_docket_number(value))


def _case(value: str, now: datetime) -> OfCase:
    return OfCase(value)


def _source(value: str, now: datetime) -> FromSource:
    return FromSource(value)


def _party(value: str, now: datetime) -> Party:
    return Party(_words(value))


def _number(value: str, now: datetime) -> NumberIs:
    digits = value.removeprefix("#")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > len(str(LARGEST_NUMBER)):
        raise UsageError(f"number:{value} is no number of an entry: write number:113")
    if int(digits) > LARGEST_NUMBER:
        raise UsageError(f"no entry bears the number {value}")
    return NumberIs(int(digits))


def _one_of(field: str, value: str, known: Iterable[str]) -> str:
    names = set(known)
    wanted = value.lower().replace("-", "_")
    if wanted not in names:
        raise UsageError(f"{field}:{value} is not known{_did_you_mean(wanted, names)}")
    return wanted


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    from monitor.settings.problems import did_you_mean

    return did_you_mean(word, known)


# --- days ---

_DAYS = (
    "write 2026-03-05, yesterday, >=2026-03-05, 2026-03-01..2026-03-31, or 7d, 2w, P7D for since "
    "then"
)


def _filed(value: str, now: datetime) -> Filed:
    if length_ago(value) is not None:
        return Filed(read_day(value, now))
    return Filed(*_days("filed", value, now))


def _seen(value: str, now: datetime) -> Seen:
    if (ago := length_ago(value)) is not None:
        return Seen(now - ago)
    return Seen(*_days("seen", value, now))


def _days(field: str, value: str, now: datetime) -> tuple[date | None, date | None]:
    """The first and the last day that are meant."""
    first, dots, last = value.partition("..")
    try:
        if dots:
            days = read_day(first, now), read_day(last, now)
        else:
            return _compared(value, now)
    except (UsageError, OverflowError) as exc:
        raise UsageError(f"{field}:{value} is no day: {_DAYS}") from exc
    return _in_order(value, *days)


def _in_order(value: str, first: date, last: date) -> tuple[date, date]:
    if first > last:
        raise UsageError(f"nothing lies in {value}: did you mean {last}..{first}?")
    return first, last


def _compared(value: str, now: datetime) -> tuple[date | None, date | None]:
    sign, said = value[: len(value) - len(value.lstrip("<>="))], value.lstrip("<>=")
    if length_ago(said) is not None:
        # "<7d" may be meant of the day, or of the age.
        raise UsageError("a length of time is not compared")
    day = read_day(said, now)
    match sign:
        case "" | "=":
            return day, day
        case ">=":
            return day, None
        case ">":
            return day + _DAY, None
        case "<=":
            return None, day
        case "<":
            return None, day - _DAY
        case _:
            raise UsageError("no comparison")


_FIELDS: dict[str, Callable[[str, datetime], Condition]] = {
    "kind": _kind,
    "ruling": _ruling,
    "court": _court,
    "docket": _docket,
    "case": _case,
    "number": _number,
    "source": _source,
    "party": _party,
    "filed": _filed,
    "seen": _seen,
    "is": _trait,
    "in": _place,
}
FIELDS = tuple(_FIELDS)
