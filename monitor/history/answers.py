"""What is asked of the history, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from monitor.model.docket import Docket, DocketEntry


@dataclass(frozen=True, slots=True)
class Question:
    """Which entries somebody wants to see. Empty means all; newest first."""

    court_id: str = ""
    #: In our spelling; a number without its office finds that number with any office.
    docket_number: str = ""
    case_id: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""
    #: As it stood at this moment: later entries are left out, later changes undone.
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the history."""

    entry: DocketEntry
    docket: Docket
    sighting_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SightingRow:
    source_id: str
    sighting_key: str
    entry_number: int | None
    event_name: str
    text: str
    published_at: datetime | None
    first_seen_at: datetime
    changed_at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    at: datetime
    kind: str
    source_id: str
    entry_id: str
    docket_id: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    delivery_id: str
    recipient: str
    route: str
    state: str
    attempts: int
    next_attempt_at: datetime
    last_error: str
    created_at: datetime
    sent_at: datetime | None
    alert_id: str
    topic: str
    case_id: str
    kind: str
    facts: Mapping[str, Any]
