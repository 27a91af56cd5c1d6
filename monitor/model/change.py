"""What happened. A closed union: use `match` with `assert_never`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class EntryFiled:
    entry_id: str
    source_id: str
    kind: ClassVar[str] = "entry_filed"


@dataclass(frozen=True, slots=True)
class TextFilledIn:
    entry_id: str
    source_id: str
    after: str
    before: str = ""
    kind: ClassVar[str] = "text_filled_in"


@dataclass(frozen=True, slots=True)
class EntryRevised:
    """A word of an entry changed; `field` says which (`event_names`, `text`, …)."""

    entry_id: str
    source_id: str
    field: str
    before: str
    after: str
    kind: ClassVar[str] = "entry_revised"


@dataclass(frozen=True, slots=True)
class DocumentAvailable:
    entry_id: str
    source_id: str
    document_id: str
    after: str
    before: str = ""
    kind: ClassVar[str] = "document_available"


@dataclass(frozen=True, slots=True)
class DocumentSealed:
    entry_id: str
    source_id: str
    document_id: str
    after: str = "sealed"
    before: str = ""
    kind: ClassVar[str] = "document_sealed"


@dataclass(frozen=True, slots=True)
class EntryWithdrawn:
    entry_id: str
    source_id: str
    kind: ClassVar[str] = "entry_withdrawn"


@dataclass(frozen=True, slots=True)
class CaptionChanged:
    docket_id: str
    source_id: str
    before: str
    after: str
    kind: ClassVar[str] = "caption_changed"


@dataclass(frozen=True, slots=True)
class Reassigned:
    docket_id: str
    source_id: str
    before: str
    after: str
    kind: ClassVar[str] = "reassigned"


@dataclass(frozen=True, slots=True)
class Terminated:
    docket_id: str
    source_id: str
    after: str
    before: str = ""
    kind: ClassVar[str] = "terminated"


@dataclass(frozen=True, slots=True)
class Reopened:
    docket_id: str
    source_id: str
    before: str
    after: str = ""
    kind: ClassVar[str] = "reopened"


@dataclass(frozen=True, slots=True)
class AppealDocketed:
    docket_id: str
    source_id: str
    after: str
    before: str = ""
    kind: ClassVar[str] = "appeal_docketed"


@dataclass(frozen=True, slots=True)
class GapOpened:
    source_id: str
    from_at: datetime
    until_at: datetime
    reason: str
    kind: ClassVar[str] = "gap_opened"


@dataclass(frozen=True, slots=True)
class GapClosed:
    source_id: str
    from_at: datetime
    until_at: datetime
    reason: str
    kind: ClassVar[str] = "gap_closed"


@dataclass(frozen=True, slots=True)
class SourceUnhealthy:
    source_id: str
    after: str
    before: str = ""
    kind: ClassVar[str] = "source_unhealthy"


@dataclass(frozen=True, slots=True)
class SourceRecovered:
    source_id: str
    before: str
    after: str = ""
    kind: ClassVar[str] = "source_recovered"


@dataclass(frozen=True, slots=True)
class CoverageChanged:
    """A source says that it now carries other types of entries than before."""

    source_id: str
    before: str
    after: str
    kind: ClassVar[str] = "coverage_changed"


@dataclass(frozen=True, slots=True)
class StoryPublished:
    source_id: str
    item_key: str
    case_id: str
    kind: ClassVar[str] = "story_published"


EntryChange = (
    EntryFiled | TextFilledIn | EntryRevised | DocumentAvailable | DocumentSealed | EntryWithdrawn
)
DocketChange = CaptionChanged | Reassigned | Terminated | Reopened | AppealDocketed
SourceChange = GapOpened | GapClosed | SourceUnhealthy | SourceRecovered | CoverageChanged
Change = EntryChange | DocketChange | SourceChange | StoryPublished
