"""What happened. A closed union: use `match` with `assert_never`.

`kind` is the name under which a change stands in the log; it is never given by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class EntryFiled:
    entry_id: str
    source_id: str
    kind: Literal["entry_filed"] = "entry_filed"


@dataclass(frozen=True, slots=True)
class TextFilledIn:
    entry_id: str
    source_id: str
    after: str
    before: str = ""
    kind: Literal["text_filled_in"] = "text_filled_in"


@dataclass(frozen=True, slots=True)
class EntryRevised:
    """A word of an entry changed; `field` says which (`event_names`, `text`, …)."""

    entry_id: str
    source_id: str
    field: str
    before: str
    after: str
    kind: Literal["entry_revised"] = "entry_revised"


@dataclass(frozen=True, slots=True)
class DocumentAvailable:
    entry_id: str
    source_id: str
    document_id: str
    after: str
    before: str = ""
    kind: Literal["document_available"] = "document_available"


@dataclass(frozen=True, slots=True)
class DocumentSealed:
    entry_id: str
    source_id: str
    document_id: str
    after: str = "sealed"
    before: str = ""
    kind: Literal["document_sealed"] = "document_sealed"


@dataclass(frozen=True, slots=True)
class EntryWithdrawn:
    entry_id: str
    source_id: str
    kind: Literal["entry_withdrawn"] = "entry_withdrawn"


@dataclass(frozen=True, slots=True)
class CaptionChanged:
    docket_id: str
    source_id: str
    before: str
    after: str
    kind: Literal["caption_changed"] = "caption_changed"


@dataclass(frozen=True, slots=True)
class Reassigned:
    docket_id: str
    source_id: str
    before: str
    after: str
    kind: Literal["reassigned"] = "reassigned"


@dataclass(frozen=True, slots=True)
class Terminated:
    docket_id: str
    source_id: str
    after: str
    before: str = ""
    kind: Literal["terminated"] = "terminated"


@dataclass(frozen=True, slots=True)
class Reopened:
    docket_id: str
    source_id: str
    before: str
    after: str = ""
    kind: Literal["reopened"] = "reopened"


@dataclass(frozen=True, slots=True)
class AppealDocketed:
    docket_id: str
    source_id: str
    after: str
    before: str = ""
    kind: Literal["appeal_docketed"] = "appeal_docketed"


@dataclass(frozen=True, slots=True)
class GapOpened:
    source_id: str
    from_at: datetime
    until_at: datetime
    reason: str
    kind: Literal["gap_opened"] = "gap_opened"


@dataclass(frozen=True, slots=True)
class GapClosed:
    source_id: str
    from_at: datetime
    until_at: datetime
    reason: str
    kind: Literal["gap_closed"] = "gap_closed"


@dataclass(frozen=True, slots=True)
class SourceUnhealthy:
    source_id: str
    after: str
    before: str = ""
    kind: Literal["source_unhealthy"] = "source_unhealthy"


@dataclass(frozen=True, slots=True)
class SourceRecovered:
    source_id: str
    before: str
    after: str = ""
    kind: Literal["source_recovered"] = "source_recovered"


@dataclass(frozen=True, slots=True)
class CoverageChanged:
    """A source says that it now carries other types of entries than before."""

    source_id: str
    before: str
    after: str
    kind: Literal["coverage_changed"] = "coverage_changed"


@dataclass(frozen=True, slots=True)
class StoryPublished:
    source_id: str
    item_key: str
    case_id: str
    kind: Literal["story_published"] = "story_published"


EntryChange = (
    EntryFiled | TextFilledIn | EntryRevised | DocumentAvailable | DocumentSealed | EntryWithdrawn
)
#: A docket's head as the court states it.
HeadChange = CaptionChanged | Reassigned | Terminated | Reopened
DocketChange = HeadChange | AppealDocketed
SourceChange = GapOpened | GapClosed | SourceUnhealthy | SourceRecovered | CoverageChanged
Change = EntryChange | DocketChange | SourceChange | StoryPublished
