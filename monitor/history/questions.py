"""What may be asked of the record."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeAlias

from monitor.errors import UsageError

#: The end of a day in each court's zone, or one moment.
AsOf: TypeAlias = date | datetime


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
    kinds: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    #: Each must stand in the entry or in its caption.
    words: tuple[str, ...] = ()
    #: As it stood then: later entries are left out, later changes undone.
    as_of: AsOf | None = None
    cursor: Cursor | None = None
    #: How many; None for all.
    limit: int | None = None
