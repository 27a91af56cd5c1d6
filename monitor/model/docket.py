"""Dockets, their entries, and the sightings that entries are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class EntryKind(StrEnum):
    """What an entry is: the sixteen kinds that readers of dockets tell apart."""

    OPINION = "opinion"
    ORDER = "order"
    JUDGMENT = "judgment"
    NOTICE_OF_APPEAL = "notice_of_appeal"
    APPEAL_RELATED = "appeal_related"
    MOTION = "motion"
    BRIEF_OR_MEMORANDUM = "brief_or_memorandum"
    COMPLAINT_OR_PETITION = "complaint_or_petition"
    NOTICE = "notice"
    MINUTE_ENTRY = "minute_entry"
    TRANSCRIPT = "transcript"
    APPEARANCE = "appearance"
    DECLARATION_OR_AFFIDAVIT = "declaration_or_affidavit"
    STIPULATION = "stipulation"
    CERTIFICATE_SERVICE_SUMMONS = "certificate_service_summons"
    ADMINISTRATIVE_OTHER = "administrative_other"


class Certainty(StrEnum):
    """How sure we are of a kind."""

    CERTAIN = "certain"
    UNCERTAIN = "uncertain"


class Ruling(StrEnum):
    """What the court did."""

    GRANTED = "granted"
    DENIED = "denied"
    GRANTED_IN_PART = "granted_in_part"
    STAYED = "stayed"
    DISMISSED = "dismissed"
    AFFIRMED = "affirmed"
    REVERSED = "reversed"
    VACATED = "vacated"
    REMANDED = "remanded"
    NONE = "none"


#: What weighs most: what a court does comes first, appeals next.
_WEIGHTY = (
    EntryKind.JUDGMENT,
    EntryKind.OPINION,
    EntryKind.ORDER,
    EntryKind.NOTICE_OF_APPEAL,
    EntryKind.APPEAL_RELATED,
)
#: What a court does, as against what is asked of it or told to it.
COURT_ACTS = frozenset({EntryKind.ORDER, EntryKind.OPINION, EntryKind.JUDGMENT})


@dataclass(frozen=True, slots=True)
class RulingOn:
    """What the court did to one thing: a motion, an appeal, an order below."""

    ruling: Ruling
    #: The number of the entry that was ruled on, else its title; empty where it is not said.
    on: str = ""
    #: The words that say it.
    words: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What we think an entry is, with the words that decided it. Derived: never compared."""

    kind: EntryKind
    reason: str
    #: The sum of `rulings`: all granted, all denied, or granted in part.
    ruling: Ruling = Ruling.NONE
    ruling_reason: str = ""
    rulings: tuple[RulingOn, ...] = ()
    #: Whether the court granted or denied relief, or ended the case; None where it is not said.
    is_dispositive: bool | None = None
    #: The motion or entry number that it acts on, where it names one.
    acts_on: str = ""
    #: What it may be besides: told to whoever asks for that kind, marked as uncertain.
    may_be: tuple[EntryKind, ...] = ()
    #: The version of the rules that made it; 0 for one whose rules are not known any more.
    rules_version: int = 0

    @property
    def certainty(self) -> Certainty:
        """Whether both readers agree on what it is."""
        return Certainty.UNCERTAIN if self.may_be else Certainty.CERTAIN

    @property
    def kinds(self) -> frozenset[EntryKind]:
        """Its kind, and what it may be besides."""
        return frozenset((self.kind, *self.may_be))

    @property
    def is_court_act(self) -> bool:
        """Whether the court acted: an order, an opinion or a judgment."""
        return self.kind in COURT_ACTS

    @property
    def weight(self) -> int:
        """The smaller, the more it matters to readers."""
        return _WEIGHTY.index(self.kind) if self.kind in _WEIGHTY else len(_WEIGHTY)


@dataclass(frozen=True, slots=True)
class Document:
    """What hangs on an entry: its main document or an attachment."""

    #: PACER's document id with the fourth digit set to 0 (it flips for one document),
    #: else the source's own id. Empty ids are not stored.
    document_id: str
    number: str = ""
    attachment_number: int | None = None
    description: str = ""
    #: Where to read it. Links move about; a moved link is not a revised entry.
    url: str = field(default="", compare=False)
    is_available: bool = False
    is_sealed: bool = False


@dataclass(frozen=True, slots=True)
class Docket:
    """One court's record of one case."""

    docket_id: str
    court_id: str
    docket_number: str
    case_name: str = ""
    #: When the caption was seen, so that the newest word wins in whatever order it arrives.
    case_name_at: datetime | None = None
    cl_docket_id: int | None = None
    assigned_to: str = ""
    date_filed: date | None = None
    date_terminated: date | None = None
    #: True where the source states the docket's own head (judge, dates), not just an entry.
    states_head: bool = field(default=False, compare=False)


def docket_id_of(court_id: str, docket_number: str) -> str:
    """The name of a docket: readable, and unique because numbers repeat between courts.

    >>> docket_id_of("dcd", "1:25-cv-00457")
    'dcd/1:25-cv-00457'
    """
    return f"{court_id}/{docket_number}"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One source's view of one docket entry, in that source's words.

    Times are aware UTC; `date_filed` is the court's calendar day in the court's zone.
    """

    source_id: str
    #: Names this view within its source; a changed view under a known key is an edit.
    sighting_key: str
    court_id: str
    docket_number: str
    case_name: str = ""
    pacer_case_id: str = ""
    #: Keys that no two entries share, strongest first (see `normalize.entry_keys`).
    entry_keys: tuple[str, ...] = ()
    entry_number: int | None = None
    event_name: str = ""
    text: str = ""
    date_filed: date | None = None
    published_at: datetime | None = None
    url: str = ""
    documents: tuple[Document, ...] = ()
    cl_docket_id: int | None = None
    #: True where it only adds to an entry that is known, and is no ground for a new one.
    is_supplement: bool = False

    @property
    def docket_id(self) -> str:
        return docket_id_of(self.court_id, self.docket_number)


@dataclass(frozen=True, slots=True)
class DocketEntry:
    """One line of a docket sheet, however many sources saw it.

    `event_names` keeps every event that any feed gave for the entry, in the order met.
    """

    entry_id: str
    docket_id: str
    entry_number: int | None
    event_names: tuple[str, ...]
    text: str
    date_filed: date | None
    published_at: datetime | None
    first_seen_at: datetime
    url: str = ""
    documents: tuple[Document, ...] = ()
    keys: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()
    #: Filled when two entries may be one and we refuse to guess.
    possible_duplicate_of: str = ""
    is_withdrawn: bool = False
    #: The entry that this one turned out to be; empty for all that stand.
    merged_into: str = ""
    #: What we think it is. Never compared: a better rule is no news.
    judgement: Judgement | None = field(default=None, compare=False)

    @property
    def recency(self) -> tuple[str, str, int]:
        """Sorts entries as they were filed: by day, by time, by number."""
        day = self.date_filed.isoformat() if self.date_filed else ""
        at = self.published_at.isoformat() if self.published_at else ""
        return day, at, self.entry_number or 0
