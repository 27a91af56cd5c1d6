"""What is told: a closed union, one class for each thing that can happen. Use `assert_never`.

An alert holds every word that its message needs, so that what is sent is what was known when it was
decided. Its id is derived from what it tells, and unique in the schema: the same thing cannot be
told twice, whoever tries. `topic` is the name under which it is stored and told apart; it is never
given by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from monitor.model.change import EntryChange, HeadChange
from monitor.model.docket import EntryKind, Judgement, Ruling, docket_id_of

# --- what alerts speak of ---


@dataclass(frozen=True, slots=True)
class CaseRef:
    """The dispute, and the short caption that stands in subjects."""

    case_id: str
    label: str


@dataclass(frozen=True, slots=True)
class DocketRef:
    court_id: str
    docket_number: str
    case_name: str = ""

    @property
    def docket_id(self) -> str:
        return docket_id_of(self.court_id, self.docket_number)


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Who says so. `court_id` is empty for sources of no court."""

    source_id: str
    name: str
    court_id: str = ""


@dataclass(frozen=True, slots=True)
class WatchedDocket:
    """A watched docket that a statement about a source concerns."""

    case: CaseRef
    docket: DocketRef


@dataclass(frozen=True, slots=True)
class Hole:
    """A time for which nothing vouches."""

    from_at: datetime
    until_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EntrySnapshot:
    """An entry as it was when it was told; `text` is cut at a length that a message can bear."""

    entry_id: str
    docket: DocketRef
    entry_number: int | None
    headline: str
    event_names: tuple[str, ...]
    text: str
    date_filed: date | None
    published_at: datetime | None
    first_seen_at: datetime
    url: str
    #: Where it can be read for nothing, where `url` is one that courts charge for.
    free_url: str = ""
    #: Whether CourtListener says that its paper is sealed.
    is_sealed: bool = False

    @property
    def first_url(self) -> str:
        """The link that readers get first: the free one, where one is known."""
        return self.free_url or self.url


@dataclass(frozen=True, slots=True)
class DocketBrief:
    """What came in on one docket over some time, and when nobody could see it."""

    case: CaseRef
    docket: DocketRef
    #: Headlines of what the court did, and how many other filings there were.
    acts: tuple[str, ...]
    others: int
    #: Until when some source vouches for the docket; None where none does.
    seen_until: datetime | None
    holes: tuple[Hole, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedFiling:
    """A filing in a summary that was made before each had an alert of its own."""

    entry: EntrySnapshot
    kind: EntryKind
    ruling: Ruling
    is_amendment: bool = False


@dataclass(frozen=True, slots=True)
class StorySnapshot:
    """An item of the press. `story_id` is shared by copies of one text."""

    story_id: str
    title: str
    summary: str
    url: str
    publisher: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class AboutEntry:
    """The docket entry that a story seems to be about."""

    entry_id: str
    docket_id: str
    headline: str
    date_filed: date | None
    #: Where to read it, for nothing where that is known.
    url: str = ""


# --- the alerts ---


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    alert_id: str
    created_at: datetime
    #: Why somebody gets it, as the end of "You get this because …".
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(_Told):
    """A filing was seen for the first time; `entries` names it on every docket it stands on."""

    case: CaseRef
    source: SourceRef
    entries: tuple[EntrySnapshot, ...]
    judgement: Judgement
    #: The gap that had hidden it, where it was found by looking into one.
    after_gap: Hole | None = None
    #: Until when its text may still come by itself; None where it is there, or not asked for.
    text_expected_until: datetime | None = None
    topic: Literal["filed"] = "filed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended(_Told):
    """The words of a known filing changed. `amends` is the alert in which it was first told."""

    case: CaseRef
    source: SourceRef
    entry: EntrySnapshot
    judgement: Judgement
    changes: tuple[EntryChange, ...]
    #: Empty where the entry was never told, as one that stood there before the watch began.
    amends: str = ""
    topic: Literal["amended"] = "amended"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFreed(_Told):
    """The paper of an act or an appeal that was told of can be read for nothing from now on."""

    case: CaseRef
    source: SourceRef
    entry: EntrySnapshot
    judgement: Judgement
    url: str
    topic: Literal["document_available"] = "document_available"


@dataclass(frozen=True, slots=True, kw_only=True)
class NowWatching(_Told):
    """The first reading of a watched docket, with its latest entries."""

    case: CaseRef
    source: SourceRef
    docket: DocketRef
    entries: tuple[EntrySnapshot, ...]
    topic: Literal["now_watching"] = "now_watching"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealFound(_Told):
    """The case went up: the docket there is watched from now on."""

    case: CaseRef
    source: SourceRef
    docket: DocketRef
    lower_docket: DocketRef
    #: The entry below that leads to it.
    entry_id: str
    topic: Literal["appeal_found"] = "appeal_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealProposed(_Told):
    """A docket that looks like the appeal: a person says whether it is."""

    case: CaseRef
    source: SourceRef
    docket: DocketRef
    lower_docket: DocketRef
    entry_id: str
    topic: Literal["appeal_proposed"] = "appeal_proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketChanged(_Told):
    """The court closed, reopened or reassigned the docket."""

    case: CaseRef
    source: SourceRef
    docket: DocketRef
    change: HeadChange
    topic: Literal["docket_changed"] = "docket_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class GapOpened(_Told):
    """Something may have been filed that we cannot see.

    `unread` are the words of items that could not be read, where that is the reason.
    """

    source: SourceRef
    gap: Hole
    dockets: tuple[WatchedDocket, ...]
    unread: tuple[str, ...] = ()
    topic: Literal["gap_opened"] = "gap_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class GapClosed(_Told):
    """A gap was looked into at another source; `entry_ids` were found there."""

    source: SourceRef
    #: The source whose gap it was.
    gap_source_id: str
    gap: Hole
    entry_ids: tuple[str, ...]
    dockets: tuple[WatchedDocket, ...] = ()
    topic: Literal["gap_closed"] = "gap_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceUnhealthy(_Told):
    """A source cannot be read, or not be relied on: its silence proves nothing."""

    source: SourceRef
    reason: str
    since: datetime
    last_good_at: datetime | None
    dockets: tuple[WatchedDocket, ...]
    topic: Literal["source_unhealthy"] = "source_unhealthy"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecovered(_Told):
    """A source can be relied on again."""

    source: SourceRef
    reason: str
    since: datetime
    #: What it shows now joins what it showed before: nothing is missing that it carries.
    is_whole: bool
    dockets: tuple[WatchedDocket, ...]
    topic: Literal["source_recovered"] = "source_recovered"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageChanged(_Told):
    """A source says that it carries other types of entries than before."""

    source: SourceRef
    before: str
    after: str
    dockets: tuple[WatchedDocket, ...]
    topic: Literal["coverage_changed"] = "coverage_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtUp(_Told):
    """After an outage: what its silence was worth. The filings have alerts of their own."""

    case: CaseRef
    source: SourceRef
    docket: DocketRef
    since: datetime
    until: datetime
    #: The hole that the outage left; None where nothing is missing.
    gap: Hole | None
    #: How many filings of this case came in, and how many known ones changed.
    filed: int
    amended: int
    #: Only in summaries that an older version made: they told the filings themselves.
    filings: tuple[ListedFiling, ...] = ()
    topic: Literal["caught_up"] = "caught_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPublished(_Told):
    """The press writes about a case. The docket is the fact."""

    case: CaseRef
    source: SourceRef
    story: StorySnapshot
    #: From 0 to 1: how much speaks for its being about the case.
    score: float
    about: AboutEntry | None = None
    #: Where it is about one of several cases, and nobody knows which; then `case` names their pack.
    one_of: tuple[CaseRef, ...] = ()
    topic: Literal["story"] = "story"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPublished(_Told):
    """The press reports an act of a court that no docket source shows yet."""

    case: CaseRef
    source: SourceRef
    story: StorySnapshot
    score: float
    one_of: tuple[CaseRef, ...] = ()
    topic: Literal["lead"] = "lead"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryGivenUp(_Told):
    """A message was refused for good, or tried too often; or a recipient gets nothing now."""

    recipient: str
    reason: str
    #: `rests`: nothing gets through, he is tried now and then; `off`: he or somebody wants it so.
    #: What there is for him waits in both.
    state: Literal["given_up", "rests", "off"] = "given_up"
    topic: Literal["delivery_given_up"] = "delivery_given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSetBack(_Told):
    """This machine's clock was set back: times that were told lately may be wrong."""

    #: By how many seconds.
    seconds: int
    topic: Literal["clock_set_back"] = "clock_set_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing(_Told):
    """What came in over some time and what could be seen: silence, said aloud."""

    recipient: str
    since: datetime
    until: datetime
    dockets: tuple[DocketBrief, ...]
    #: Sources that cannot be relied on now, each with what is wrong.
    unreliable: tuple[str, ...] = ()
    #: What is muted for him, in words.
    silences: tuple[str, ...] = ()
    topic: Literal["briefing"] = "briefing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silenced(_Told):
    """Somebody muted something: said in every digest until that ends."""

    silence_id: str
    #: What is muted, and for whom, in words.
    about: str
    reason: str
    until: datetime
    topic: Literal["silenced"] = "silenced"


@dataclass(frozen=True, slots=True, kw_only=True)
class TestAlert(_Told):
    """Somebody tries whether alerts arrive."""

    #: Not a test of ours: pytest must not collect it.
    __test__ = False
    topic: Literal["test"] = "test"


FilingAlert = Filed | Amended
CaseAlert = AppealFound | AppealProposed | DocketChanged
#: What a source's silence is worth.
SilenceAlert = (
    GapOpened | GapClosed | SourceUnhealthy | SourceRecovered | CoverageChanged | CaughtUp
)
NewsAlert = StoryPublished | LeadPublished
#: What concerns the monitor itself.
OwnAlert = DeliveryGivenUp | ClockSetBack | Briefing | Silenced | TestAlert
#: What tells of single filings, and bears a judgement.
PaperAlert = FilingAlert | DocumentFreed
Alert = PaperAlert | NowWatching | CaseAlert | SilenceAlert | NewsAlert | OwnAlert
