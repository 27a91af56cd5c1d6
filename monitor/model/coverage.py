"""Holes in what a source vouches for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

#: The court's day may be the one before ours.
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OpenGap:
    """A hole that is not closed yet, and what was found in it since."""

    source_id: str
    from_at: datetime
    until_at: datetime
    reason: str
    opened_at: datetime
    #: Entries filed in that time and first seen after it was opened.
    found: tuple[str, ...] = ()

    def hides(self, day: date | None) -> bool:
        """Whether a filing of this day may have been hidden by the gap."""
        return day is not None and self.from_at.date() - _DAY <= day <= self.until_at.date()

    @property
    def name(self) -> str:
        return gap_name(self.source_id, self.from_at)


def gap_name(source_id: str, from_at: datetime) -> str:
    """What names a gap: where, and since when."""
    return f"{source_id}@{from_at.isoformat()}"
