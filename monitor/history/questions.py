"""What may be asked of the record."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from monitor.errors import UsageError
from monitor.model.court import court

if TYPE_CHECKING:
    from monitor.history.search_terms import SearchQuery

#: The end of a day in each court's zone, or one moment.
AsOf: TypeAlias = date | datetime


#: Where a court's day begins first: no court of ours has tomorrow before Guam.
_EASTERNMOST = ZoneInfo("Pacific/Guam")
_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

#: The largest number of an entry that a database can hold.
LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a listing stopped: the last entry that was shown, as it sorts."""

    date_filed: date | None
    published_at: datetime | None
    entry_number: int | None
    entry_id: str

    def dump(self) -> str:
        """As a word that may stand in an address."""
        day, at = self.date_filed, self.published_at
        place = [
            day.isoformat() if day else None,
            at.isoformat() if at else None,
            self.entry_number,
            self.entry_id,
        ]
        return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _moment(raw: str) -> datetime:
    """A moment with its zone. Raises ValueError for one without."""
    at = datetime.fromisoformat(raw)
    if at.tzinfo is None:
        raise ValueError("a moment without its zone")
    return at.astimezone(UTC)


def read_cursor(raw: str) -> Cursor:
    """The cursor that `dump` wrote. Raises UsageError for anything else."""
    try:
        padded = raw + "=" * (-len(raw) % 4)
        day, at, number, entry_id = json.loads(base64.urlsafe_b64decode(padded.encode()))
        str(entry_id).encode()  # no half a letter
        return Cursor(
            date.fromisoformat(day) if day else None,
            _moment(at) if at else None,
            None if number is None else storable(int(number)),
            str(entry_id),
        )
    except (ValueError, TypeError, OverflowError, RecursionError) as exc:
        message = f"{raw!r} is no cursor: use the one that the page before ended with"
        raise UsageError(message) from exc


def storable(number: int) -> int:
    """A number that a database can compare. Raises ValueError for one that no entry can bear."""
    if abs(number) > LARGEST_NUMBER:
        raise ValueError(f"no entry bears the number {number}")
    return number


@dataclass(frozen=True, slots=True)
class EntryQuery:
    """Which entries somebody wants to see, newest first. Empty means all."""

    court_id: str = ""
    #: In our spelling; a number without its office finds that number with any office.
    docket_number: str = ""
    case_id: str = ""
    #: What may be of one of them is found, too.
    kinds: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    #: Each must stand in the entry or in its caption.
    words: tuple[str, ...] = ()
    #: In the language of `search`; of what it finds in the press nothing is listed.
    search: SearchQuery | None = None
    #: First seen later than this.
    seen_since: datetime | None = None
    #: As it stood then: later entries are left out, later changes undone.
    as_of: AsOf | None = None
    cursor: Cursor | None = None
    #: How many; None for all.
    limit: int | None = None


def check_days(query: EntryQuery, now: datetime) -> None:
    """Days between which nothing can lie must not read as "nothing was filed".

    Raises UsageError.
    """
    since, until = query.since, query.until
    as_of = query.as_of.date() if isinstance(query.as_of, datetime) else query.as_of
    if since and until and since > until:
        raise UsageError(
            f"nothing lies between {since} and {until}: did you mean --since {until} "
            f"--until {since}?"
        )
    if since and as_of and since > as_of:
        raise UsageError(
            f"on {as_of} nothing was known of {since} yet: name a later --as-of, or an earlier "
            "--since"
        )
    today = now.astimezone(_EASTERNMOST).date()
    for option, day in (("--since", since), ("--as-of", as_of)):
        if day and day > today:
            raise UsageError(f"{day} has not come yet: {option} names a day of the past")


def day_begins(day: date, court_id: str) -> datetime:
    """When a day begins where the court is; the calendar's first and last moment bound it."""
    try:
        zone = ZoneInfo(court(court_id).timezone)
        return datetime.combine(day, time(), zone).astimezone(UTC)
    except OverflowError:
        return _FIRST


def day_ends(day: date, court_id: str) -> datetime:
    """When a day ends where the court is."""
    try:
        return day_begins(day + timedelta(days=1), court_id)
    except OverflowError:
        return _LAST


def moment_of(as_of: AsOf, court_id: str) -> datetime:
    """The moment that is meant: of a day its end where the court is."""
    return as_of if isinstance(as_of, datetime) else day_ends(as_of, court_id)


def looked_at(as_of: AsOf | None, now: datetime) -> datetime:
    """The moment that a view of several courts is of: never one to come; a day's by Washington."""
    return min(now, moment_of(as_of, "dcd")) if as_of else now
