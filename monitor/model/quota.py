"""CourtListener's quota: what may be asked, what was asked, and what still wants to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum


class Priority(IntEnum):
    """How urgent a call is; the smaller, the more of the quota it may use."""

    #: The text of a filing that was just told without one.
    TEXT = 0
    TEXT_AGAIN = 1
    #: What a gap hid.
    GAP = 2
    #: The docket of an appeal whose number no entry says.
    APPEAL = 3
    #: The slow comparison of each docket with what is stored.
    RECONCILE = 4
    REST = 5


@dataclass(frozen=True, slots=True)
class Limit:
    """One of the server's limits, and what it said of it."""

    #: As the server writes it: "125/day".
    rate: str
    limit: int
    window_seconds: int
    used: int = 0
    #: When the server said so; None for our own assumption.
    as_of: datetime | None = None


#: A free account's limits (source: CourtListener's settings, August 2026), until the server says.
FREE_ACCOUNT = (
    Limit("5/min", 5, 60),
    Limit("50/hour", 50, 3_600),
    Limit("125/day", 125, 86_400),
)


class Purpose(StrEnum):
    """Why a source is asked before its turn."""

    TEXT = "text"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class LookUp:
    """A question to CourtListener before its turn."""

    purpose: Purpose
    source_id: str
    #: What it is about: an entry, or a gap (see `gap_name`).
    subject: str
    priority: Priority
    asked_at: datetime
    next_at: datetime
    attempts: int = 0

    @property
    def look_up_id(self) -> str:
        return f"{self.purpose}:{self.source_id}:{self.subject}"


@dataclass(frozen=True, slots=True)
class Quota:
    """All calls of the last day, oldest first, the limits, and when the server wants us back."""

    calls: tuple[datetime, ...] = ()
    #: How many of them each priority made.
    by_priority: Mapping[Priority, int] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()
    blocked_until: datetime | None = None


def look_up_source(docket_id: str) -> str:
    """The source that answers look-ups about a docket: CourtListener's list of its entries."""
    return f"cl:entries:{docket_id}"
