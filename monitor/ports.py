"""The seams: what the middle asks of the world, and who answers.

Each port has a real part and at most one fake, and a contract test holds both to one promise.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from monitor.model.alert import Alert, Delivery
from monitor.model.coverage import OpenGap
from monitor.model.docket import Docket, DocketEntry, Sighting
from monitor.model.follow import AppealFound, Follow
from monitor.model.news import NewsItem
from monitor.model.outcome import PollOutcome, StoredSighting, StoredStory, Unreadable
from monitor.model.quota import Allowance, Priority, Want
from monitor.model.source import Claim, Source, SourceState, Window
from monitor.model.watch import Watch

#: The current moment, aware and in UTC.
Clock = Callable[[], datetime]
T = TypeVar("T")


async def run_here(work: Callable[..., T], *args: Any) -> T:
    """Run blocking work in this thread: for tests and single commands."""
    return work(*args)


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask a source for. Validators are empty where the source does not honor them."""

    url: str
    etag: str = ""
    last_modified: str = ""
    #: True where the call counts against CourtListener's quota and carries its token.
    is_metered: bool = False
    #: True where the server does not count the call, though it wants the token.
    is_free: bool = False
    accept: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer with status 200: its whole body, decompressed."""

    body: bytes
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class NotModified:
    """The source says that nothing changed since the validators we sent."""


class Fetcher(Protocol):
    async def fetch(self, request: Request) -> Fetched | NotModified:
        """Ask once. Called by the poller. Raises SourceRefused or SourceUnreachable."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What one poll of a source brought, normalized but not yet compared."""

    sightings: tuple[Sighting, ...] = ()
    dockets: tuple[Docket, ...] = ()
    stories: tuple[NewsItem, ...] = ()
    #: Dockets of higher courts that a look-up found.
    appeals: tuple[AppealFound, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    #: What to remember of the window; None where it stands as before.
    window: Window | None = None
    built_at: datetime | None = None
    #: Items in the window, and how many of them the last window showed too.
    total: int = 0
    shared: int = 0
    #: The time of the oldest item of the window, where it was looked at.
    oldest_at: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    cursor: str = ""
    #: Something is odd though the answer was read: told as "unhealthy".
    complaint: str = ""
    #: Something to know that is no failure: shown with the source, not told.
    note: str = ""
    #: What the server lets us ask.
    allowances: tuple[Allowance, ...] = ()
    #: Watched items of the last window that this one does not show though it shows older ones.
    vanished: tuple[str, ...] = ()
    #: An older build than one that was read before, from a cache: it proves nothing about now.
    is_old: bool = False
    #: A long listing was read in part; `cursor` says where to go on, soon.
    is_partial: bool = False
    #: The entry types that the source says it carries.
    description: str = ""
    #: Items that came without a link or a time: kept, and counted.
    incomplete: int = 0


class Reader(Protocol):
    """One kind of source: which requests to make, and what the answers say."""

    def first_request(self, source: Source, state: SourceState) -> Request:
        """The request that begins a poll."""
        ...

    def read(
        self, source: Source, state: SourceState, sieve: Sieve, bodies: Sequence[Fetched]
    ) -> Reading | Request:
        """A reading, or the next request where one more page is wanted.

        Raises ParseError where the answer is not what this source should give.
        """
        ...


class Sieve(Protocol):
    """Keeps what some watch is about."""

    @property
    def name(self) -> str:
        """Changes whenever something may be kept that was dropped before."""
        ...

    def keeps(self, court_id: str, docket_number: str) -> bool: ...

    def expects(self, court_id: str) -> bool:
        """Whether captions matter too: an appeal is to come whose number is not known."""
        ...

    def keeps_caption(self, court_id: str, case_name: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known that a reading must be compared with."""

    #: Known views: sighting key -> (entry id, hash of the compared words).
    sightings: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    entries: tuple[DocketEntry, ...] = ()
    #: Every view of these entries, by any source.
    views: tuple[StoredSighting, ...] = ()
    dockets: Mapping[str, Docket] = field(default_factory=dict)
    #: Watches whose baseline this source has already given.
    baselines: frozenset[str] = frozenset()
    #: What was to be asked of this source before its turn, and all that is about the same.
    wants: tuple[Want, ...] = ()
    #: Holes that are open, and the entries that were first seen in looking into them.
    gaps: tuple[OpenGap, ...] = ()
    #: Stories of this source that are known.
    stories: frozenset[str] = frozenset()
    #: What the press wrote lately, in whatever feed.
    press: tuple[StoredStory, ...] = ()


class Unit(Protocol):
    """One transaction. Leaving it by an exception undoes everything."""

    def known_sightings(
        self, source_id: str, keys: Collection[str]
    ) -> Mapping[str, tuple[str, str]]:
        """Known views of this source: sighting key -> (entry id, hash of the compared words)."""
        ...

    def entries_like(self, sightings: Sequence[Sighting]) -> Sequence[DocketEntry]:
        """Every known entry that one of these sightings may be of."""
        ...

    def entries(self, ids: Collection[str]) -> Sequence[DocketEntry]: ...

    def views_of(self, entries: Sequence[DocketEntry]) -> Sequence[StoredSighting]:
        """Every view of these entries, by any source."""
        ...

    def known_dockets(self, docket_ids: Collection[str]) -> Mapping[str, Docket]: ...

    def baselines(self, source_id: str) -> frozenset[str]:
        """The watches whose first reading by this source is done."""
        ...

    def recent_stories(self, since: datetime) -> Sequence[StoredStory]:
        """What the press wrote about the cases, in whatever feed, and was seen since."""
        ...

    def recent_entries(self, since: date) -> Sequence[DocketEntry]:
        """What was filed on watched dockets since that day."""
        ...

    def known_stories(self, source_id: str, keys: Collection[str]) -> frozenset[str]: ...

    def wants_of(self, source_id: str) -> Sequence[Want]:
        """What is to be asked of this source before its turn, and all that is about the same."""
        ...

    def open_gaps(self, names: Collection[str]) -> Sequence[OpenGap]: ...

    def take_call(self, source_id: str, priority: Priority, now: datetime) -> datetime | None:
        """Count one call against the quota, or say from when on there is room for it."""
        ...

    def save(self, outcome: PollOutcome) -> None:
        """Commit what follows from a poll. Raises LeaseLost where another worker took over."""
        ...

    def claim_due(
        self, now: datetime, limit: int, lease_seconds: float, ids: Collection[str] | None = None
    ) -> Sequence[Claim]:
        """Take a lease on sources that are due (or on those of `ids`, due or not)."""
        ...

    def watches(self) -> Sequence[Watch]: ...

    def follows(self) -> Sequence[Follow]:
        """Every appeal that was told of, whatever came of it."""
        ...

    def add_alerts(self, alerts: Sequence[Alert]) -> None:
        """Put alerts into the outbox; those that are there already stay as they are."""
        ...

    def unrouted_alerts(self, limit: int) -> Sequence[Alert]: ...

    def add_deliveries(self, alert: Alert, recipients: Mapping[str, str], now: datetime) -> None:
        """Plan one delivery per recipient (each with its route), and mark the alert as routed."""
        ...

    def due_recipients(self, now: datetime) -> Sequence[str]:
        """Those for whom some delivery may be attempted now."""
        ...

    def claim_delivery(
        self, recipient: str, now: datetime, lease_seconds: float
    ) -> Delivery | None:
        """Take a lease on the delivery of this recipient that has waited longest."""
        ...

    def settle(self, delivery: Delivery, now: datetime) -> None:
        """Remember the result of an attempt."""
        ...


class Store(Protocol):
    def begin(self) -> AbstractContextManager[Unit]: ...


class Courier(Protocol):
    async def deliver(self, delivery: Delivery) -> str:
        """Hand the message over; return what the receiver answered.

        Called by the dispatcher. Raises DeliveryPostponed or DeliveryRejected.
        """
        ...
