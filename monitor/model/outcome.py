"""The one value in which a poll ends, and which is committed in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.model.alert import Alert
from monitor.model.change import Change
from monitor.model.docket import Docket, DocketEntry, Sighting
from monitor.model.follow import Follow
from monitor.model.news import Match, NewsItem
from monitor.model.quota import Allowance, Want
from monitor.model.source import SourceState
from monitor.model.watch import Watch


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An item that could not be read: kept raw, so that it can be read later."""

    source_id: str
    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class StoredSighting:
    """A sighting, the entry it belongs to, and the fingerprint of its compared words."""

    sighting: Sighting
    entry_id: str
    words_hash: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class StoredStory:
    item: NewsItem
    matches: tuple[Match, ...]
    seen_at: datetime
    #: What it is a copy of; its own key where it is the first.
    story_id: str = ""
    #: The docket entry that it seems to be about; empty where none fits.
    entry_id: str = ""


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """One line of the append-only change log."""

    change: Change
    at: datetime


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """Everything that follows from one poll."""

    source_id: str
    lease: str
    #: Its `window` is written only where `window_changed`: it may be large.
    state: SourceState
    window_changed: bool = False
    dockets: tuple[Docket, ...] = ()
    entries: tuple[DocketEntry, ...] = ()
    #: Entries that lost views: their keys and documents are replaced, not added to.
    rebuilt: tuple[str, ...] = ()
    sightings: tuple[StoredSighting, ...] = ()
    stories: tuple[StoredStory, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    changes: tuple[LoggedChange, ...] = ()
    alerts: tuple[Alert, ...] = ()
    #: What was told of appeals, and the watches that follow from it.
    follows: tuple[Follow, ...] = ()
    watches: tuple[Watch, ...] = ()
    #: What is to be asked before its turn, and what needs not be asked any more.
    wants: tuple[Want, ...] = ()
    settled_wants: tuple[str, ...] = ()
    #: Whether something was wanted of this source before its turn.
    waits: bool = False
    allowances: tuple[Allowance, ...] = ()
    #: Until when the whole quota must rest, where the server said so.
    blocked_until: datetime | None = None
    #: Watches whose first reading by this source this was.
    baselines: tuple[str, ...] = ()
    #: Watches that were told "now watching" by this poll.
    told_watches: tuple[str, ...] = ()
    items_read: int = 0
    failed: str = ""
    #: Why nothing was asked, where the quota had no room.
    postponed: str = ""
