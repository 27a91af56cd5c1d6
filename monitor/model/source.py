"""Places we read, and what we remember of reading them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.model.quota import Priority


class SourceKind(StrEnum):
    COURT_RSS = "court_rss"
    CL_ENTRIES = "courtlistener_entries"
    CL_DOCUMENTS = "courtlistener_documents"
    CL_DOCKET = "courtlistener_docket"
    CL_ATOM = "courtlistener_atom"
    #: A search for the docket of an appeal that is known to come.
    CL_APPEAL = "courtlistener_appeal"
    #: What CourtListener lets the account ask; asking costs nothing.
    CL_USAGE = "courtlistener_usage"
    SUPREME_COURT = "supreme_court"
    NEWS = "news"

    @property
    def priority(self) -> Priority | None:
        """How urgent a regular reading is; None for what spends no quota."""
        return _PRIORITIES.get(self)


_PRIORITIES = {
    SourceKind.CL_ENTRIES: Priority.RECONCILE,
    SourceKind.CL_APPEAL: Priority.APPEAL,
    SourceKind.CL_DOCUMENTS: Priority.REST,
    SourceKind.CL_DOCKET: Priority.REST,
}


@dataclass(frozen=True, slots=True)
class Source:
    """A place we read: one URL, one grammar, one rhythm."""

    source_id: str
    kind: SourceKind
    url: str
    every: timedelta
    name: str = ""
    #: Court feeds: the court; CourtListener: the docket's court.
    court_id: str = ""
    #: CourtListener: which docket. The id may be unknown until the first look-up.
    docket_number: str = ""
    cl_docket_id: int | None = None
    publisher: str = ""
    origin: str = "config"
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Window:
    """What a source showed last: enough to know, without parsing, what it shows anew.

    `fingerprints` holds 16 bytes for each item. `sieve` names the watches under which the
    items were read: an item seen but not kept must be read again when a watch is added.
    """

    region_hash: bytes = b""
    fingerprints: bytes = b""
    sieve: str = ""
    newest_at: datetime | None = None
    description: str = ""
    #: The watched items that it showed: fingerprint, sighting key, when it was entered.
    kept: tuple[tuple[str, str, str], ...] = ()


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
class Claim:
    """A source that this worker may read now, and write about while it holds the lease."""

    source: Source
    state: SourceState
    lease: str
    #: What its calls may use of the quota; None where it spends none.
    priority: Priority | None = None
