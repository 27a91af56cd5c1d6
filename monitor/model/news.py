"""Press and official notices: leads, never facts about a docket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One item of a news or official feed, as plain text."""

    source_id: str
    #: The feed's own id, else the link, else a hash of the words.
    item_key: str
    title: str
    summary: str = ""
    url: str = ""
    publisher: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Why a text is about a case: the words that decided it."""

    case_id: str
    words: tuple[str, ...]
    #: From 0 to 1: how much speaks for it.
    score: float = 1.0
    #: False where it is about one of several cases, and nothing says which: all of them stand so.
    is_sure: bool = True
    #: The day on which a court of the case had acted last, within three days before; None: on none.
    acted_on: date | None = None
