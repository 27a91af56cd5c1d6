"""The way to a recipient: whether anything gets through, and whether he wants it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Channel:
    """A recipient to whom nothing gets through, or who wants nothing more."""

    recipient: str
    #: Since when every attempt failed; None where the last one did not.
    failing_since: datetime | None = None
    #: What was planned after this moment waits; None for a channel that is on.
    off_since: datetime | None = None
    #: Why it is off; empty for one that is on.
    reason: str = ""
