"""What one poll brought, and what is known that it must be compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from monitor.model.body import RawBody
from monitor.model.coverage import OpenGap
from monitor.model.docket import Docket, DocketEntry, Sighting
from monitor.model.follow import AppealCandidate
from monitor.model.news import NewsItem
from monitor.model.outcome import StoredSighting, StoredStory, Unreadable
from monitor.model.quota import Limit, LookUp
from monitor.model.source import Window


@dataclass(frozen=True, slots=True)
class Reading:
    """What one poll of a source brought, normalized but not yet compared."""

    sightings: tuple[Sighting, ...] = ()
    dockets: tuple[Docket, ...] = ()
    stories: tuple[NewsItem, ...] = ()
    #: Dockets of higher courts that a look-up found.
    appeals: tuple[AppealCandidate, ...] = ()
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
    limits: tuple[Limit, ...] = ()
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
    #: What all this was read from, as it came; empty where nothing was sent anew.
    bodies: tuple[RawBody, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownSighting:
    """A sighting that is stored: the entry it is of, and the hash of its compared words."""

    entry_id: str
    words_hash: str


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known that a reading must be compared with."""

    #: What this source showed before, by sighting key.
    known: Mapping[str, KnownSighting] = field(default_factory=dict)
    entries: tuple[DocketEntry, ...] = ()
    #: Every sighting of these entries, by any source.
    sightings: tuple[StoredSighting, ...] = ()
    dockets: Mapping[str, Docket] = field(default_factory=dict)
    #: (case, entry) -> the alert in which the entry was first told.
    first_alerts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    #: Watches whose baseline this source has already given.
    baselines: frozenset[str] = frozenset()
    #: What was to be asked of this source before its turn, and all that is about the same.
    look_ups: tuple[LookUp, ...] = ()
    #: Holes that are open, and the entries that were first seen in looking into them.
    gaps: tuple[OpenGap, ...] = ()
    #: Which of the items that cannot be read were known to be so, by their hash.
    unreadable: frozenset[str] = frozenset()
    #: Stories of this source that are known, by their keys.
    stories: Mapping[str, NewsItem] = field(default_factory=dict)
    #: What the press wrote lately, in whatever feed.
    recent_stories: tuple[StoredStory, ...] = ()
    #: When the text of an entry could be asked for; None where it cannot be asked for at all.
    text_askable_at: datetime | None = None

    def entry_of(self, sighting_key: str) -> str:
        """The entry of which this source showed this before; empty where it did not."""
        known = self.known.get(sighting_key)
        return known.entry_id if known else ""
