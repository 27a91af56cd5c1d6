"""What the record answers: the same for commands, pages, programs and exports.

Field names are public: they are what `--json` prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from monitor.diff.coverage import Span
from monitor.model.docket import Document
from monitor.model.quota import LookUp


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One article of the press. A lead, never a fact about the docket."""

    title: str
    publisher: str
    url: str
    published_at: datetime | None
    #: Shared by the reports of one event.
    story_id: str


@dataclass(frozen=True, slots=True)
class RulingLine:
    """What the court did to one thing."""

    ruling: str
    #: The number of the entry that was ruled on, else its title; empty where it is not said.
    on: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One line of the history."""

    entry_id: str
    court_id: str
    docket_number: str
    case_name: str
    entry_number: int | None
    headline: str
    event_names: tuple[str, ...]
    text: str
    kind: str
    #: Other kinds that it may be of; "uncertain" where there are any.
    may_be: tuple[str, ...]
    certainty: str
    ruling: str
    rulings: tuple[RulingLine, ...]
    is_dispositive: bool | None
    date_filed: date | None
    published_at: datetime | None
    first_seen_at: datetime
    url: str
    #: The court's own names of it, and those of the sightings that it is made of.
    source_keys: tuple[str, ...]
    sighting_keys: tuple[str, ...]
    source_ids: tuple[str, ...]
    is_withdrawn: bool
    possible_duplicate_of: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Some lines of the history, and where the next ones begin."""

    entries: tuple[EntryLine, ...]
    #: Empty at the end.
    next_cursor: str = ""


@dataclass(frozen=True, slots=True)
class SightingLine:
    """Who saw an entry when, and in which words."""

    source_id: str
    sighting_key: str
    entry_number: int | None
    event_name: str
    text: str
    published_at: datetime | None
    first_seen_at: datetime
    changed_at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of the change log. `field` is empty where a change concerns no single word."""

    at: datetime
    kind: str
    source_id: str
    entry_id: str
    docket_id: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AttemptLine:
    at: datetime
    result: str
    detail: str


@dataclass(frozen=True, slots=True)
class CarriedAlert:
    """An alert that a delivery carries, and the rule that led it there."""

    alert_id: str
    topic: str
    case_id: str
    docket_id: str
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A notification on its way to one recipient, or arrived."""

    delivery_id: str
    recipient: str
    state: str
    attempts: int
    created_at: datetime
    send_after: datetime
    #: Why it is held; empty for what is not.
    hold: str
    next_attempt_at: datetime
    sent_at: datetime | None
    last_error: str
    answers: str
    #: Who took it up and when, where it is to be acknowledged; and how often it went on to others.
    acknowledged_at: datetime | None
    acknowledged_by: str
    escalated: int
    #: What it tells, in a line: a mail's subject.
    subject: str
    alerts: tuple[CarriedAlert, ...]


@dataclass(frozen=True, slots=True)
class DeliveryDetail(DeliveryLine):
    """A delivery with its message and every attempt."""

    text: str
    tries: tuple[AttemptLine, ...]
    #: What a webhook's receiver gets, letter for letter; empty for mail, and for a recipient whom
    #: the configuration does not name any more.
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDetail(EntryLine):
    """Everything known of one entry."""

    documents: tuple[Document, ...]
    sightings: tuple[SightingLine, ...]
    changes: tuple[ChangeLine, ...]
    deliveries: tuple[DeliveryLine, ...]
    #: What the press wrote that seems to be about it, the earliest first.
    reports: tuple[ReportLine, ...]


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """What a rule of the present configuration says to an entry; empty where it takes it."""

    rule: str
    refused_because: str


@dataclass(frozen=True, slots=True)
class RecordedRefusal:
    """Why a rule refused an alert when it was routed."""

    alert_id: str
    topic: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class WatchBrief:
    watch_id: str
    since: datetime
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why an entry was told, or was not."""

    entry: EntryLine
    kind_reason: str
    ruling_reason: str
    #: Which rules judged it, and which are in force.
    rules_version: int
    current_rules_version: int
    watches: tuple[WatchBrief, ...]
    verdicts: tuple[RuleVerdict, ...]
    #: Of alerts about it that led to nobody: why.
    refusals: tuple[RecordedRefusal, ...]
    deliveries: tuple[DeliveryLine, ...]
    #: One sentence for each alert that did not go out, or for why there was none.
    why_not_told: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingOf:
    """One recipient and an entry: whether he was told of it, by which routes, and why (not)."""

    recipient: str
    state: str
    at: datetime | None
    delivery_id: str
    rules: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoAnswer:
    """Who is told of an entry, and who is not."""

    entry: EntryLine
    told: tuple[TellingOf, ...]
    not_told: tuple[TellingOf, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, and the entry that says so."""

    words: str
    entry_id: str
    entry_number: int | None
    date_filed: date | None


@dataclass(frozen=True, slots=True)
class AppealLine:
    lower_docket_id: str
    court_id: str
    appeal_number: str
    state: str
    entry_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketBoard:
    """What stands on one watched docket. Empty parts mean that the record says nothing of it."""

    watch_id: str
    court_id: str
    docket_number: str
    state: str
    #: Whom the rules lead its filings to; None while nobody has looked.
    leads_to: tuple[str, ...] | None
    relief: Statement | None
    unknown: tuple[Statement, ...]
    pending: tuple[Statement, ...]
    appeals: tuple[Statement, ...]
    latest: Statement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBoard:
    """Where a case stands over all of its dockets."""

    case_id: str
    case_label: str
    now: str
    pending_in: str
    relief: Statement | None
    review: tuple[Statement, ...]
    mandate: Statement | None
    dockets: tuple[DocketBoard, ...]
    appeals: tuple[AppealLine, ...]


@dataclass(frozen=True, slots=True)
class SeenBy:
    """The spans for which a source vouches, and what it says that it carries."""

    source_id: str
    name: str
    carries: str
    spans: tuple[Span, ...]
    #: It lists all that there is, as at its last reading; a window vouches from then to then.
    is_whole_list: bool


@dataclass(frozen=True, slots=True)
class LookedInto:
    """A gap that was looked into since."""

    source_id: str
    since: datetime
    until: datetime
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageStatement:
    """What can be said of one docket over the time asked about."""

    case_id: str
    case_label: str
    court_id: str
    docket_number: str
    #: Of the watch: a paused one is read, and nobody is told.
    state: str
    #: The recipients to whom some rule leads its orders; null while nobody has looked.
    leads_to: tuple[str, ...] | None
    asked: Span
    #: The court's acts that were seen in that time.
    orders: tuple[str, ...]
    seen_by: tuple[SeenBy, ...]
    not_visible: tuple[Span, ...]
    #: Printed numbers, and the court's running numbers, that nobody showed: first and last.
    entry_numbers_not_seen: tuple[tuple[int, int], ...]
    sequence_numbers_not_seen: tuple[tuple[int, int], ...]
    gaps_looked_into: tuple[LookedInto, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """Where we read, how it goes, and what it vouches for."""

    source_id: str
    kind: str
    name: str
    url: str
    court_id: str
    enabled: bool
    is_healthy: bool
    is_overdue: bool
    unhealthy_since: datetime | None
    failures: int
    last_error: str
    note: str
    last_polled_at: datetime | None
    last_good_at: datetime | None
    next_due_at: datetime
    built_at: datetime | None
    covered_since: datetime | None
    covered_until: datetime | None
    description: str
    incomplete: int
    unreadable: int

    @property
    def is_reliable(self) -> bool:
        """Whether its silence means something now; what is off claims nothing."""
        is_read = self.last_good_at is not None and not self.is_overdue
        return not self.enabled or (self.is_healthy and is_read)


@dataclass(frozen=True, slots=True, kw_only=True)
class PushLine:
    """A body that was posted to us; `size` in bytes."""

    push_id: str
    source_id: str
    received_at: datetime
    state: str
    note: str
    processed_at: datetime | None
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchLine:
    watch_id: str
    case_id: str
    case_label: str
    court_id: str
    docket_number: str
    case_name: str
    cl_docket_id: int | None
    state: str
    origin: str
    since: datetime
    told_at: datetime | None
    leads_to: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchDetail(WatchLine):
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class LimitLine:
    rate: str
    limit: int
    used: int
    for_fresh_texts: int
    as_of: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaReport:
    """What of CourtListener's quota is spent, planned and waited for, by how urgent it is."""

    limits: tuple[LimitLine, ...]
    blocked_until: datetime | None
    spent: dict[str, int]
    planned: dict[str, int]
    waiting: tuple[LookUp, ...]


# --- rules tried on the past ---


@dataclass(frozen=True, slots=True)
class TriedAlert:
    """An alert that was stored, and the rules that would lead it to somebody."""

    alert_id: str
    created_at: datetime
    topic: str
    kind: str
    case_id: str
    headline: str
    #: "otherwise > rulings"; empty where no rule takes it.
    path: str


@dataclass(frozen=True, slots=True)
class DayOfRecipient:
    """What one recipient would have got on one day, in Washington."""

    day: str
    recipient: str
    alerts: tuple[TriedAlert, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """An alert that a recipient would get by one set of rules only."""

    recipient: str
    #: Whether the tried rules lead it to him, and the running ones do not.
    is_new: bool
    alert: TriedAlert


@dataclass(frozen=True, slots=True)
class Trial:
    """What rules would have done since some moment."""

    since: datetime
    alerts: int
    days: tuple[DayOfRecipient, ...]
    #: From the running rules.
    differences: tuple[Difference, ...]
    to_nobody: tuple[TriedAlert, ...]
