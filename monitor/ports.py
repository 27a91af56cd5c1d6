"""The seams: what the shell asks of the world, and who answers.

Each port has a real part, and what callers need of it and nothing else; the contract tests hold
SQLite and PostgreSQL to one promise. A unit is one transaction, with one part for each subject.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from monitor.model.alert import Alert
from monitor.model.channel import Channel, OffBy
from monitor.model.coverage import OpenGap
from monitor.model.delivery import Delivery, Notification, Refusal, Standing
from monitor.model.docket import Docket, DocketEntry, Sighting
from monitor.model.follow import Follow
from monitor.model.news import NewsItem
from monitor.model.outcome import PollOutcome, StoredSighting, StoredStory
from monitor.model.push import Envelope, Push
from monitor.model.quota import LookUp, Priority, Quota
from monitor.model.reading import KnownSighting, Reading
from monitor.model.silence import Silence
from monitor.model.source import DueSource, Source, SourceState
from monitor.model.watch import Watch

#: The current moment, aware and in UTC.
Clock = Callable[[], datetime]
T = TypeVar("T")


async def run_here(work: Callable[..., T], *args: Any) -> T:
    """Run blocking work in this thread: for tests and single commands."""
    return work(*args)


# --- reading a source ---


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
    #: The cursor with which to begin again where the source says that this is not there (any
    #: more): what was remembered is stale. Empty where that would be a failure.
    if_gone: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer with status 200: its whole body, decompressed."""

    body: bytes
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    #: The server's own clock; None where it does not say.
    served_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The source says that nothing changed since the validators we sent."""


class Fetcher(Protocol):
    async def fetch(self, request: Request) -> Fetched | NotModified:
        """Ask once. Called by the poller. Raises SourceRefused or SourceUnreachable."""
        ...


class Wanted(Protocol):
    """Which dockets are meant: what a reader keeps of what a source shows."""

    @property
    def name(self) -> str:
        """Changes whenever something may be kept that was dropped before."""
        ...

    def keeps(self, court_id: str, docket_number: str) -> bool: ...

    def expects(self, court_id: str) -> bool:
        """Whether captions matter too: an appeal is to come whose number is not known."""
        ...

    def keeps_caption(self, court_id: str, case_name: str) -> bool: ...

    def with_cl_docket(self, cl_docket_id: int) -> Watch | None:
        """The watch on the docket that CourtListener knows by this id."""
        ...

    def cl_docket_of(self, court_id: str, docket_number: str) -> int | None:
        """By which id CourtListener knows a watched docket, as far as that is known."""
        ...


class Reader(Protocol):
    """One kind of source: what its answers say."""

    def read(
        self, source: Source, state: SourceState, wanted: Wanted, bodies: Sequence[Fetched]
    ) -> Reading | Request:
        """A reading, or the next request where one more page is wanted.

        Raises ParseError where the answer is not what this source should give.
        """
        ...


class PolledReader(Reader, Protocol):
    """A kind of source that is asked; others send by themselves."""

    def first_request(self, source: Source, state: SourceState) -> Request:
        """The request that begins a poll."""
        ...


# --- remembering ---


class Entries(Protocol):
    """Dockets, their entries, and the sightings that these are made of."""

    def known(self, source_id: str, keys: Collection[str]) -> Mapping[str, KnownSighting]:
        """What this source showed before, by sighting key."""
        ...

    def like(self, sightings: Sequence[Sighting]) -> Sequence[DocketEntry]:
        """Every known entry that one of these sightings may be of."""
        ...

    def by_id(self, ids: Collection[str]) -> Sequence[DocketEntry]: ...

    def sightings_of(self, entries: Sequence[DocketEntry]) -> Sequence[StoredSighting]:
        """Every sighting of these entries, by any source."""
        ...

    def met_dockets(self, docket_ids: Collection[str]) -> Mapping[str, Docket]:
        """Those that a source of ours showed, and not a bundle alone."""
        ...

    def recent(self, since: date) -> Sequence[DocketEntry]:
        """What was filed on watched dockets since that day."""
        ...


class Stories(Protocol):
    def known(self, source_id: str, keys: Collection[str]) -> Mapping[str, NewsItem]:
        """The stories of this source that are kept under one of these keys."""
        ...

    def recent(self, since: datetime) -> Sequence[StoredStory]:
        """What the press wrote about the cases, in whatever feed, and was seen since."""
        ...


class Watches(Protocol):
    def all(self) -> Sequence[Watch]:
        """Every watch that was not removed."""
        ...

    def baselines(self, source_id: str) -> frozenset[str]:
        """The watches whose first reading by this source is done."""
        ...

    def follows(self) -> Sequence[Follow]:
        """Every appeal that was told of, whatever came of it."""
        ...


class Quotas(Protocol):
    """CourtListener's quota, what waits for it, and the gaps that are looked into."""

    def lock(self) -> None:
        """Nobody else may spend before this transaction ends."""
        ...

    def spent(self, now: datetime) -> Quota:
        """The calls of the last day, the limits, and until when the server wants us to rest."""
        ...

    def record(self, source_id: str, priority: Priority, now: datetime) -> None:
        """Count one call."""
        ...

    def look_ups_of(self, source_id: str) -> Sequence[LookUp]:
        """What is to be asked of this source before its turn, and all that is about the same."""
        ...

    def open_gaps(self, names: Collection[str]) -> Sequence[OpenGap]: ...


class Sources(Protocol):
    def due(
        self,
        now: datetime,
        limit: int,
        ids: Collection[str] | None = None,
        kinds: Collection[str] | None = None,
    ) -> Sequence[DueSource]:
        """Sources that are due and free (or those of `ids`, due or not), the longest due first.

        Of all kinds, or of these.
        """
        ...

    def take(self, source_ids: Collection[str], lease: str, until: datetime) -> None:
        """Put them under this lease."""
        ...

    def postpone(self, source_id: str, until: datetime) -> None: ...

    def unreadable(self, source_id: str, hashes: Collection[str]) -> frozenset[str]:
        """Which of these items of the source were known to be unreadable."""
        ...


class PushedReader(Reader, Protocol):
    """Reads what somebody posts to us."""

    def open(self, body: bytes) -> Envelope:
        """What a body says of itself. Raises ParseError for what its sender never sends."""
        ...


class Pushes(Protocol):
    """What was posted to us: kept raw, read later."""

    def add(self, pushes: Sequence[Push]) -> None:
        """Keep them; one whose name is known stays as it is."""
        ...

    def waiting(self, limit: int) -> Sequence[Push]:
        """Those that were not read yet, the oldest first."""
        ...

    def was_read(self, push: Push) -> bool:
        """Whether another one of the same content was read before."""
        ...

    def settle(self, push: Push) -> None:
        """Remember what became of it."""
        ...

    def forget(self, before: datetime) -> None:
        """Drop those of an earlier time that are done; what cannot be read stays."""
        ...


class PushUnit(Protocol):
    @property
    def pushes(self) -> Pushes: ...


class PushStore(Protocol):
    def begin(self) -> AbstractContextManager[PushUnit]: ...


class FirstAlerts(Protocol):
    def first_alerts(self, entry_ids: Collection[str]) -> Mapping[tuple[str, str], str]:
        """(case, entry) -> the alert in which the entry was first told."""
        ...


class PollUnit(Protocol):
    """One transaction of the poller. Leaving it by an exception undoes everything."""

    @property
    def entries(self) -> Entries: ...
    @property
    def stories(self) -> Stories: ...
    @property
    def watches(self) -> Watches: ...
    @property
    def quota(self) -> Quotas: ...
    @property
    def sources(self) -> Sources: ...
    @property
    def outbox(self) -> FirstAlerts: ...

    def save(self, outcome: PollOutcome) -> None:
        """Commit what follows from a poll. Raises LeaseLost where another worker took over."""
        ...


class PollStore(Protocol):
    def begin(self) -> AbstractContextManager[PollUnit]: ...


# --- telling ---


class Outbox(Protocol):
    """Alerts that wait, and the notifications that carry them."""

    def add(self, alerts: Sequence[Alert]) -> None:
        """Put alerts into the outbox; those that are there already stay as they are."""
        ...

    def add_routed(self, alerts: Sequence[Alert], now: datetime) -> None:
        """Put alerts there whose notification is known already."""
        ...

    def unrouted(self, limit: int) -> Sequence[Alert]:
        """The oldest alerts that were not routed yet; those of one poll are never parted."""
        ...

    def held(self, recipients: Collection[str], now: datetime) -> Sequence[Notification]:
        """Notifications that wait for more, and that nobody has begun to send."""
        ...

    def carriers(self, alert_ids: Collection[str]) -> Mapping[tuple[str, str], str]:
        """(recipient, alert) -> the notification that carries it to him."""
        ...

    def plan(self, notifications: Sequence[Notification], now: datetime) -> None:
        """Add these notifications; those that are there get what they hold now."""
        ...

    def texts_asked(self, entry_ids: Collection[str]) -> frozenset[str]:
        """Those of these entries whose text was asked for already, and did not come."""
        ...

    def release(self, entry_ids: Collection[str], now: datetime) -> None:
        """Nobody waits any longer for the text of these entries."""
        ...

    def mark_routed(
        self, alert_ids: Collection[str], refusals: Mapping[str, Sequence[Refusal]], now: datetime
    ) -> None:
        """They are routed; `refusals` says of each that led to nobody why each rule refused it."""
        ...

    def unacknowledged(self, now: datetime) -> Sequence[tuple[Notification, int]]:
        """Those that should have been acknowledged by now, and how often they went on already."""
        ...

    def escalated(self, delivery_id: str, times: int, next_at: datetime | None) -> None:
        """It went on to somebody else, and goes on again at `next_at`."""
        ...

    def due_recipients(self, now: datetime) -> Sequence[str]:
        """Those for whom some delivery may be attempted now."""
        ...

    def note_standing(self, delivery_id: str, standing: Sequence[Standing]) -> None:
        """Keep what was in force when it was first tried."""
        ...

    def rest_until(self, recipient: str, until: datetime) -> None:
        """Nothing that waits for one recipient is tried before this."""
        ...

    def wake(self, recipient: str, now: datetime) -> None:
        """What waits for one recipient only because he rested is tried now."""
        ...

    def put_off(self, recipient: str, now: datetime, until: datetime) -> None:
        """What is due for one recipient and is not urgent is sent at `until`."""
        ...

    def claim(self, recipient: str, now: datetime, lease_seconds: float) -> Delivery | None:
        """Take a lease on the delivery of this recipient that has waited longest."""
        ...

    def settle(self, delivery: Delivery, now: datetime) -> None:
        """Remember the result of an attempt. Raises LeaseLost where another worker took over."""
        ...


class Silences(Protocol):
    """What people muted."""

    def on(self, now: datetime) -> Sequence[Silence]:
        """Those that mute something now, the latest first."""
        ...


class Channels(Protocol):
    """Recipients to whom nothing gets through, or who are off."""

    def failed(self, recipient: str, now: datetime) -> Channel:
        """An attempt reached nobody; return what is known of him now."""
        ...

    def worked(self, recipient: str) -> bool:
        """An attempt was accepted; return whether he rested until now."""
        ...

    def rest(self, recipient: str, now: datetime, reason: str) -> bool:
        """He is tried only now and then. False where he rested before, or is off."""
        ...

    def switch_off(
        self, recipient: str, now: datetime, by: OffBy, reason: str, last_word: str = ""
    ) -> bool:
        """Nothing but the delivery `last_word` is sent to him. False where he was off before."""
        ...

    def switch_on(self, recipient: str, by: Collection[OffBy] = tuple(OffBy)) -> bool:
        """Whoever rests, or was switched off by one of these, is told again. False for others."""
        ...


class OutboxUnit(Protocol):
    @property
    def outbox(self) -> Outbox: ...
    @property
    def silences(self) -> Silences: ...
    @property
    def channels(self) -> Channels: ...


class OutboxStore(Protocol):
    def begin(self) -> AbstractContextManager[OutboxUnit]: ...


class Courier(Protocol):
    async def deliver(self, notification: Notification) -> str:
        """Hand the notification over; return what the receiver answered.

        Called by the dispatcher. Raises DeliveryPostponed, DeliveryRejected or ReceiverGone.
        """
        ...
