"""What a bundle says of a case: a versioned contract of its own, and not our tables turned out.

No judgement is in it (what a program thinks is no evidence), nobody who was told, and no address
that we ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

#: Names of what came from another installation begin so; see `imported_name`.
IMPORTED = "imported:"


def imported_name(origin: str, name: str) -> str:
    """What a source or an entry of another installation is called here.

    >>> imported_name("9f86d081884c", "court:dcd")
    'imported:9f86d081884c:court:dcd'
    """
    return f"{IMPORTED}{origin}:{name}"


def is_imported(name: str) -> bool:
    """Whether a source or an entry is another installation's word."""
    return name.startswith(IMPORTED)


@dataclass(frozen=True, slots=True)
class EvidenceSource:
    """Where something was seen. Its address is left out: it may hold a password."""

    source_id: str
    kind: str
    name: str
    court_id: str


@dataclass(frozen=True, slots=True)
class EvidenceDocket:
    docket_id: str
    court_id: str
    docket_number: str
    case_name: str
    case_name_at: datetime | None
    assigned_to: str
    date_filed: date | None
    date_terminated: date | None


@dataclass(frozen=True, slots=True)
class EvidenceDocument:
    document_id: str
    number: str
    attachment_number: int | None
    description: str
    url: str
    is_available: bool
    is_sealed: bool


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """An entry as its sightings together say; `merged_into` names what it turned out to be."""

    entry_id: str
    docket_id: str
    entry_number: int | None
    event_names: tuple[str, ...]
    text: str
    date_filed: date | None
    published_at: datetime | None
    first_seen_at: datetime
    url: str
    keys: tuple[str, ...]
    documents: tuple[EvidenceDocument, ...]
    possible_duplicate_of: str
    is_withdrawn: bool
    merged_into: str


@dataclass(frozen=True, slots=True)
class EvidenceSighting:
    """One source's view of an entry, in its words."""

    source_id: str
    sighting_key: str
    entry_id: str
    entry_number: int | None
    event_name: str
    text: str
    date_filed: date | None
    published_at: datetime | None
    url: str
    first_seen_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class EvidencePoll:
    """An answer of a source that brought something of the case, and the SHA-256 of its bytes."""

    source_id: str
    at: datetime
    place: int
    body_hash: str
    #: Whether the bytes are in the bundle; else they were forgotten, and a copy can be proved.
    is_kept: bool
    url: str
    content_type: str
    etag: str
    last_modified: str
    served_at: datetime | None


@dataclass(frozen=True, slots=True)
class EvidenceChange:
    """A row of the change log: its hash, and the text that was hashed behind the hash before it."""

    hash: str
    row: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle is of."""

    format: str
    version: int
    case_id: str
    case_label: str
    #: The hash of the first row of the change log: it names the installation.
    origin: str
    #: Rows of the whole change log, its last hash, and how many of them are shown.
    changes_in_log: int
    head: str
    changes: int
    entries: int
    sightings: int
    bodies: int
