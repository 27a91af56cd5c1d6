"""Version 2 of the webhook's document: one or more alerts, in the names of `history --json`.

These classes are the public contract: `docs/webhook.schema.json` is generated from them, and a test
holds it and them together. They are apart from our own types, so that these may change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from monitor.model.docket import Certainty, EntryKind, Ruling

# --- what alerts speak of ---


@dataclass(frozen=True, slots=True)
class Case:
    """The dispute: a group of dockets."""

    case_id: str
    label: str


@dataclass(frozen=True, slots=True)
class Court:
    court_id: str
    citation: str
    name: str
    #: The zone in which the court's days begin.
    timezone: str


@dataclass(frozen=True, slots=True)
class Docket:
    docket_id: str
    court_id: str
    docket_number: str
    case_name: str


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so."""

    source_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A docket entry as it was when it was told; `text` is empty while only its name is known."""

    entry_id: str
    docket_id: str
    court_id: str
    docket_number: str
    case_name: str
    entry_number: int | None
    headline: str
    event_names: tuple[str, ...]
    text: str
    date_filed: date | None
    published_at: datetime | None
    first_seen_at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Change:
    """What changed: `kind` says how, `field` which word, where one was revised."""

    kind: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A time for which nothing vouches."""

    from_at: datetime
    until_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    story_id: str
    title: str
    summary: str
    url: str
    publisher: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class About:
    """The docket entry that a story seems to be about."""

    entry_id: str
    docket_id: str
    headline: str
    date_filed: date | None


@dataclass(frozen=True, slots=True)
class ListedFiling:
    """A filing in a summary that an older version of the monitor made."""

    entry: Entry
    kind: EntryKind
    ruling: Ruling
    is_amendment: bool


# --- the alerts ---


@dataclass(frozen=True, slots=True)
class RulingOn:
    """What the court did to one thing."""

    ruling: Ruling
    #: The number of the entry that was ruled on, else its title; empty where it is not said.
    on: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Alert:
    alert_id: str
    created_at: datetime
    #: Why you are told: the end of "You get this because …".
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(_Alert):
    """A filing was seen for the first time; `entries` names it on every docket it stands on."""

    topic: Literal["filed"] = "filed"
    case: Case
    court: Court
    docket: Docket
    source: Source
    entries: tuple[Entry, ...]
    kind: EntryKind
    #: Other kinds that it may be of: then it is uncertain.
    may_be: tuple[EntryKind, ...]
    certainty: Certainty
    #: The words that decided the kind, and those that decided the ruling.
    kind_reason: str
    ruling: Ruling
    ruling_reason: str
    #: One for each thing ruled on; `ruling` is their sum.
    rulings: tuple[RulingOn, ...]
    #: Whether the court granted or denied relief, or ended the case; null where it is not said.
    is_dispositive: bool | None
    #: The number of the motion or entry that it acts on; empty where it names none.
    acts_on: str
    #: The gap that had hidden it; null for what was seen in time.
    after_gap: Gap | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended(_Alert):
    """The words of a known filing changed. `amends` is the alert in which it was first told."""

    topic: Literal["amended"] = "amended"
    case: Case
    court: Court
    docket: Docket
    source: Source
    entries: tuple[Entry, ...]
    kind: EntryKind
    may_be: tuple[EntryKind, ...]
    certainty: Certainty
    kind_reason: str
    ruling: Ruling
    ruling_reason: str
    rulings: tuple[RulingOn, ...]
    is_dispositive: bool | None
    acts_on: str
    changes: tuple[Change, ...]
    amends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAvailable(_Alert):
    """The paper of an act or an appeal that was told of can be read for nothing from now on."""

    topic: Literal["document_available"] = "document_available"
    case: Case
    court: Court
    docket: Docket
    source: Source
    entries: tuple[Entry, ...]
    kind: EntryKind
    may_be: tuple[EntryKind, ...]
    certainty: Certainty
    kind_reason: str
    ruling: Ruling
    ruling_reason: str
    rulings: tuple[RulingOn, ...]
    is_dispositive: bool | None
    acts_on: str
    document_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NowWatching(_Alert):
    """The first reading of a watched docket, with its latest entries."""

    topic: Literal["now_watching"] = "now_watching"
    case: Case
    court: Court
    docket: Docket
    source: Source
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal(_Alert):
    """The case went up: the docket there is watched (`appeal_found`), or a person is asked about it
    (`appeal_proposed`)."""

    topic: Literal["appeal_found", "appeal_proposed"]
    case: Case
    court: Court
    docket: Docket
    source: Source
    lower_docket: Docket
    entry_id: str
    #: What can be seen of this docket.
    coverage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketChanged(_Alert):
    """The court closed, reopened or reassigned the docket."""

    topic: Literal["docket_changed"] = "docket_changed"
    case: Case
    court: Court
    docket: Docket
    source: Source
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class GapOpened(_Alert):
    """Something may have been filed that we cannot see.

    `unread` are the words of items that could not be read, where that is the reason.
    """

    topic: Literal["gap_opened"] = "gap_opened"
    source: Source
    gap: Gap
    unread: tuple[str, ...]
    dockets: tuple[Docket, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapClosed(_Alert):
    """A gap was looked into at another source; `entry_ids` were found there."""

    topic: Literal["gap_closed"] = "gap_closed"
    source: Source
    gap_source_id: str
    gap: Gap
    entry_ids: tuple[str, ...]
    dockets: tuple[Docket, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceUnhealthy(_Alert):
    """A source cannot be relied on: its silence proves nothing."""

    topic: Literal["source_unhealthy"] = "source_unhealthy"
    source: Source
    reason: str
    since: datetime
    last_good_at: datetime | None
    dockets: tuple[Docket, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecovered(_Alert):
    """A source can be relied on again; `is_whole` says that nothing is missing that it carries."""

    topic: Literal["source_recovered"] = "source_recovered"
    source: Source
    reason: str
    since: datetime
    is_whole: bool
    dockets: tuple[Docket, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageChanged(_Alert):
    """A source says that it carries other types of entries than before."""

    topic: Literal["coverage_changed"] = "coverage_changed"
    source: Source
    before: str
    after: str
    dockets: tuple[Docket, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtUp(_Alert):
    """After an outage: whether anything is missing. The filings have alerts of their own."""

    topic: Literal["caught_up"] = "caught_up"
    case: Case
    court: Court
    docket: Docket
    source: Source
    since: datetime
    until: datetime
    #: Null where nothing is missing.
    gap: Gap | None
    #: How many filings of this case came in, and how many known ones changed.
    filed: int
    amended: int
    #: Only in summaries that an older version made: they told the filings themselves.
    filings: tuple[ListedFiling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class News(_Alert):
    """The press writes about a case (`story`), or of an act that no docket shows (`lead`)."""

    topic: Literal["story", "lead"]
    #: The case; where several are in question, the pack that names them.
    case: Case
    one_of: tuple[Case, ...]
    source: Source
    story: Story
    #: From 0 to 1: how much speaks for its being about the case.
    score: float
    about: About | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryGivenUp(_Alert):
    """A message to somebody was refused for good, or tried too often."""

    topic: Literal["delivery_given_up"] = "delivery_given_up"
    recipient: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSetBack(_Alert):
    """The monitor's clock was set back: times at which something was seen may be wrong."""

    topic: Literal["clock_set_back"] = "clock_set_back"
    seconds: int


@dataclass(frozen=True, slots=True)
class DocketBrief:
    """What came in on one docket over some time."""

    case: Case
    docket: Docket
    #: Headlines of what the court did, and how many other filings there were.
    acts: tuple[str, ...]
    others: int
    #: Until when some source vouches for the docket; null where none does.
    seen_until: datetime | None
    #: When nobody could see it.
    not_visible: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing(_Alert):
    """What came in over some time and what could be seen, on a schedule: silence, said aloud."""

    topic: Literal["briefing"] = "briefing"
    since: datetime
    until: datetime
    briefs: tuple[DocketBrief, ...]
    #: Sources that cannot be relied on now, each with what is wrong.
    unreliable: tuple[str, ...]
    #: What is muted for you.
    silences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Silenced(_Alert):
    """Somebody muted something: said in every digest until that ends."""

    topic: Literal["silenced"] = "silenced"
    silence_id: str
    muted: str
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Test(_Alert):
    """Somebody tries whether alerts arrive."""

    __test__ = False
    topic: Literal["test"] = "test"


Alert = (
    Filed
    | Amended
    | DocumentAvailable
    | NowWatching
    | Appeal
    | DocketChanged
    | GapOpened
    | GapClosed
    | SourceUnhealthy
    | SourceRecovered
    | CoverageChanged
    | CaughtUp
    | News
    | DeliveryGivenUp
    | ClockSetBack
    | Briefing
    | Silenced
    | Test
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    #: The idempotency key, as in the header `webhook-id`.
    delivery_id: str
    recipient: str
    #: The rules that led to you.
    rules: tuple[str, ...]
    #: The delivery in which you were first told of what this one amends; empty for news.
    answers: str
    #: One, or several that travel together.
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The body of a webhook."""

    #: `docket.` and the topic of the one alert, or `docket.bundle` for several.
    type: str
    schema_version: Literal[2] = 2
    #: When the first of the alerts was made.
    timestamp: datetime
    data: Data
