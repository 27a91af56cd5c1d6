"""The one value in which a poll ends, and which is committed in one transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import chain

from monitor.model.alert import Alert
from monitor.model.body import RawBody
from monitor.model.change import Change
from monitor.model.docket import Docket, DocketEntry, Sighting
from monitor.model.follow import Follow
from monitor.model.news import Match, NewsItem
from monitor.model.quota import Limit, LookUp
from monitor.model.source import SourceState
from monitor.model.watch import Watch


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An item that could not be read: kept raw, so that it can be read later."""

    source_id: str
    raw: str
    reason: str

    @property
    def raw_hash(self) -> str:
        """What names it: the same words are one item."""
        return hashlib.blake2b(self.raw.encode("utf-8", "replace"), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class StoredSighting:
    """A sighting, the entry it belongs to, and the fingerprint of its compared words."""

    sighting: Sighting
    #: Empty while it belongs to none yet.
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
class Consequences:
    """What follows from a reading: every judge adds its part, and the parts add up."""

    dockets: tuple[Docket, ...] = ()
    entries: tuple[DocketEntry, ...] = ()
    #: Entries that lost sightings: their keys and documents are replaced, not added to.
    rebuilt: tuple[str, ...] = ()
    sightings: tuple[StoredSighting, ...] = ()
    stories: tuple[StoredStory, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    #: For the append-only log.
    changes: tuple[Change, ...] = ()
    alerts: tuple[Alert, ...] = ()
    #: What was told of appeals, and the watches that follow from it.
    follows: tuple[Follow, ...] = ()
    watches: tuple[Watch, ...] = ()
    #: What is to be asked before its turn, and the ids of what needs not be asked any more.
    look_ups: tuple[LookUp, ...] = ()
    settled_look_ups: tuple[str, ...] = ()
    #: Entries whose text was asked for and did not come: nobody waits for it any longer.
    asked_texts: tuple[str, ...] = ()
    #: Watches whose first reading by this source this was.
    baselines: tuple[str, ...] = ()
    #: Watches that were told "now watching".
    told_watches: tuple[str, ...] = ()

    @property
    def changes_record(self) -> bool:
        """Whether anything is remembered that somebody may ask the evidence of."""
        return bool(self.sightings or self.stories or self.unreadable or self.changes)


def together(*parts: Consequences) -> Consequences:
    """All consequences of these parts, in their order."""
    return Consequences(
        **{
            part.name: tuple(chain.from_iterable(getattr(one, part.name) for one in parts))
            for part in fields(Consequences)
        }
    )


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """Everything that follows from one poll."""

    source_id: str
    lease: str
    #: When it was decided.
    at: datetime
    #: Its `window` is written only where `window_changed`: it may be large.
    state: SourceState
    consequences: Consequences = Consequences()
    window_changed: bool = False
    #: Whether something was to be asked of this source before its turn.
    had_look_ups: bool = False
    #: What the server lets us ask, where this reading says so.
    limits: tuple[Limit, ...] = ()
    #: Until when the whole quota must rest, where the server said so.
    blocked_until: datetime | None = None
    #: What it was read from, as far as that is to be kept.
    bodies: tuple[RawBody, ...] = ()
    items_read: int = 0
    failed: str = ""
    #: Why nothing was asked, where the quota had no room.
    postponed: str = ""
