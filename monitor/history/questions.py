"""What may be asked of the record."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from monitor.errors import UsageError

#: The end of a day in each court's zone, or one moment.
AsOf: TypeAlias = date | datetime


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


def read_cursor(raw: str) -> Cursor:
    """The cursor that `dump` wrote. Raises UsageError for anything else."""
    try:
        padded = raw + "=" * (-len(raw) % 4)
        day, at, number, entry_id = json.loads(base64.urlsafe_b64decode(padded.encode()))
        return Cursor(
            date.fromisoformat(day) if day else None,
            datetime.fromisoformat(at) if at else None,
            None if number is None else int(number),
            str(entry_id),
        )
    except (ValueError, TypeError) as exc:
        message = f"{raw!r} is no cursor: use the one that the page before ended with"
        raise UsageError(message) from exc


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
