"""The way to a recipient: whether anything gets through, and whether he wants it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OffBy(StrEnum):
    """Who switched a recipient off."""

    NOBODY = ""
    #: Himself, by the link in a message: he may undo it.
    READER = "reader"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Channel:
    """A recipient to whom nothing gets through, or to whom nothing is sent."""

    recipient: str
    #: Attempts in a row that reached nobody, and since when.
    failures: int = 0
    failing_since: datetime | None = None
    #: Since when he is tried only now and then; None for one that is tried as usual.
    rests_since: datetime | None = None
    #: Since when nothing is sent to him; None for one that is on.
    off_since: datetime | None = None
    off_by: OffBy = OffBy.NOBODY
    #: Why he rests or is off.
    reason: str = ""
    #: The one notification that is still sent to one who is off: that he is.
    last_word: str = ""
