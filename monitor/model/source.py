"""Places we read, and what we remember of reading them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.model.quota import Priority

#: Clocks differ by minutes, not by more: what lies farther ahead was written under a wrong one.
CLOCKS_DIFFER = timedelta(minutes=15)
#: When a source is due that nobody asks, because it sends by itself.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Traits:
    """What judges may ask about a kind of source; each kind declares its own in its folder.

    Whoever judges a reading asks these and never for the kind itself, so that a new kind needs no
    judge to be changed.
    """

    kind: str
    #: It shows filings: its silence about a docket says something.
    shows_filings: bool = False
    #: It shows what was entered in the last day and forgets: only windows that touch vouch for the
    #: time between them, and a feed that is not rebuilt vouches for nothing.
    is_window: bool = False
    #: It shows so many of the newest rows, and forgets the others; 0 where it has no such length.
    list_length: int = 0
    #: It lists all that there is of one docket: one whole reading vouches for everything before.
    is_whole_list: bool = False
    #: It shows the dockets of a whole court; watches say which of them are meant.
    carries_whole_court: bool = False
    #: It can be asked before its turn for the text of an entry, and for what a gap hid.
    answers_look_ups: bool = False
    #: It sends by itself: what came in vouches for itself and for nothing else.
    is_pushed: bool = False
    #: Anybody writes into it: it is read in a lane of its own, and delays no court.
    is_of_anybody: bool = False
    #: How urgent a regular reading is; None for what spends no quota.
    priority: Priority | None = None

    @property
    def spends_quota(self) -> bool:
        return self.priority is not None


@dataclass(frozen=True, slots=True)
class Source:
    """A place we read: one URL, one grammar, one rhythm."""

    source_id: str
    traits: Traits
    url: str
    every: timedelta
    name: str = ""
    #: Court feeds: the court; CourtListener: the docket's court.
    court_id: str = ""
    #: CourtListener: which docket. The id may be unknown until the first look-up.
    docket_number: str = ""
    cl_docket_id: int | None = None
    #: News: who publishes it, where the items do not say.
    publisher: str = ""
    #: A search: the caption of the case whose appeal is looked for.
    caption: str = ""
    origin: str = "config"
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A watched item that a source showed at the last reading."""

    #: Of its bytes, in hexadecimal; empty where the source is compared by keys.
    fingerprint: str
    sighting_key: str
    entered_at: datetime | None = None
    #: It was not there at the last reading, for the first time.
    is_missed: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """What a source showed last: enough to know, without parsing, what it shows anew.

    `fingerprints` holds 16 bytes for each item. `watchlist` names the watches under which the
    items were read: an item seen but not kept must be read again when a watch is added.
    """

    region_hash: bytes = b""
    fingerprints: bytes = b""
    watchlist: str = ""
    newest_at: datetime | None = None
    description: str = ""
    #: The watched items that it showed.
    shown: tuple[ShownItem, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceState:
    """Everything that decides when and how a source is read next."""

    next_due_at: datetime
    last_polled_at: datetime | None = None
    last_good_at: datetime | None = None
    failures: int = 0
    last_error: str = ""
    #: Something to know that is no failure, as "CourtListener has no such docket yet".
    note: str = ""
    #: How many items came without a link or a time, ever: kept with what they had.
    incomplete: int = 0
    #: When "unhealthy" was told; None while the source counts as healthy.
    unhealthy_since: datetime | None = None
    #: When "recovered" was told last.
    recovered_at: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    #: Where an API reading stopped: the newest `date_modified` that is stored.
    cursor: str = ""
    #: When the source says that it was built: the only sign of a feed that stands still.
    built_at: datetime | None = None
    covered_since: datetime | None = None
    covered_until: datetime | None = None
    window: Window = Window()


@dataclass(frozen=True, slots=True)
class DueSource:
    """A source that may be read, and the most urgent look-up that waits for it now."""

    source: Source
    state: SourceState
    look_up: Priority | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A source that this worker may read now, and write about while it holds the lease."""

    source: Source
    state: SourceState
    lease: str
    #: What its calls may use of the quota; None where it spends none.
    priority: Priority | None = None
