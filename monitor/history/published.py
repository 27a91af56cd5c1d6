"""What of a case may stand where everybody reads it: a closed list.

A field that is not named here is not published: no recipient, route or delivery, no state of a
watch, no source and its health, no report of the press (a lead for those who watch). Of what a
court changed the day is said and not the former words; of what it took back, only that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from monitor.diff.coverage import Span
from monitor.history.answers import RulingLine, Statement
from monitor.history.timeline import CaseTimeline
from monitor.stated.calendar import CalendarLine
from monitor.store import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedLine:
    """One line of a docket sheet."""

    entry_id: str
    court_id: str
    docket_number: str
    case_name: str
    entry_number: int | None
    headline: str
    text: str
    kind: str
    may_be: tuple[str, ...]
    certainty: str
    ruling: str
    rulings: tuple[RulingLine, ...]
    is_dispositive: bool | None
    date_filed: date | None
    published_at: datetime | None
    first_seen_at: datetime
    url: str
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    number: str
    attachment_number: int | None
    description: str
    #: Empty for what cannot be read freely.
    url: str
    is_available: bool
    is_sealed: bool


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """When something of an entry changed; `field` is empty where it is no single word."""

    at: datetime
    kind: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEntry(PublishedLine):
    """An entry with what hangs on it."""

    #: Why it is taken for what it is.
    kind_reason: str
    documents: tuple[PublishedDocument, ...]
    changes: tuple[PublishedChange, ...]


@dataclass(frozen=True, slots=True)
class PublishedDay:
    """A stated hearing or deadline. Unofficial: what counts is the entry."""

    court_id: str
    docket_number: str
    kind: str
    day: date
    time: time | None
    what: str
    place: str
    words: str
    entry_id: str
    entry_number: int | None
    is_doubtful: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedDocket:
    """A docket of a case, and what silence is worth there."""

    court_id: str
    docket_number: str
    #: Silence says nothing of what was before.
    watched_since: datetime
    not_visible: tuple[Span, ...]
    #: The last reading, where it was before today.
    not_read_since: datetime | None
    #: Printed numbers that nobody showed: first and last.
    entry_numbers_not_seen: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedBoard:
    """Where a case stands."""

    case_id: str
    case_label: str
    now: str
    pending_in: str
    relief: Statement | None
    review: tuple[Statement, ...]
    mandate: Statement | None
    dockets: tuple[PublishedDocket, ...]
    #: Days to come, the earliest first.
    stated: tuple[PublishedDay, ...]


@dataclass(frozen=True, slots=True)
class PublishedCase:
    """A case with its whole docket sheet."""

    board: PublishedBoard
    #: The oldest first.
    entries: tuple[PublishedEntry, ...]
    #: For the drawing, without what is not published.
    picture: CaseTimeline
    #: Every stated day, for its calendar.
    calendar: tuple[CalendarLine, ...]


@dataclass(frozen=True, slots=True)
class PublishedCoverage:
    """How far the silence of a docket can be trusted now."""

    case_id: str
    case_label: str
    court_id: str
    docket_number: str
    watched_since: datetime
    #: None while no source was read for it.
    seen_until: datetime | None
    not_visible: tuple[Span, ...]


def line_of(found: PublishedEntry) -> PublishedLine:
    """Its line on the docket sheet."""
    return PublishedLine(**rows.fields_of(PublishedLine, found))
