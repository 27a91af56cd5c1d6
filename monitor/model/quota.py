"""CourtListener's quota: what may be asked, what was asked, and what still wants to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum


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
class Allowance:
    """One of the server's limits, and what it said of it."""

    #: As the server writes it: "125/day".
    rate: str
    limit: int
    window_seconds: int
    used: int = 0
    #: When the server said so; None for our own assumption.
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Want:
    """A reason to ask a source before its turn."""

    #: `text`, `gap`.
    purpose: str
    source_id: str
    #: What it is about: an entry, or a gap (see `gap_name`).
    subject: str
    priority: Priority
    asked_at: datetime
    next_at: datetime
    attempts: int = 0

    @property
    def want_id(self) -> str:
        return f"{self.purpose}:{self.source_id}:{self.subject}"


@dataclass(frozen=True, slots=True)
class Spending:
    """All calls of the last day, oldest first, the limits, and when the server wants us back."""

    calls: tuple[datetime, ...] = ()
    #: How many of them each priority made.
    by_priority: Mapping[Priority, int] = field(default_factory=dict)
    allowances: tuple[Allowance, ...] = ()
    blocked_until: datetime | None = None
