"""The fields of a search, and what stands behind each: read, or refused by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from monitor.errors import UsageError
from monitor.history.days import length_ago, read_day
from monitor.history.questions import LARGEST_NUMBER
from monitor.history.search_terms import (
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
    Trait,
    Words,
)
from monitor.model.court import courts, find_court
from monitor.model.docket import EntryKind, Ruling
from monitor.normalize.docket_number import normalize_docket_number
from monitor.settings.problems import did_you_mean

_DAY = timedelta(days=1)


# --- words ---


def read_words(value: str) -> Words:
    """Words side by side, of the last one perhaps the beginning. Raises UsageError."""
    is_prefix = value.endswith("*")
    text = value.removesuffix("*")
    if "*" in text:
        raise UsageError(f"{value!r}: * stands at the end of a word only")
    check_holds_words(text, value)
    if is_prefix and not (len(text) > 1 and text[-2:].isalnum()):
        raise UsageError(f"{value!r}: at least two letters or digits stand before *")
    return Words(text, is_prefix)


def check_holds_words(text: str, said: str) -> None:
    """Raises UsageError for signs in which there is nothing to look for."""
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
    return Party(read_words(value))


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
        raise UsageError(f"{field}:{value} is not known{did_you_mean(wanted, names)}")
    return wanted


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


READERS: dict[str, Callable[[str, datetime], Condition]] = {
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
FIELDS = tuple(READERS)
