"""A silence: a person mutes what he knows of, with a reason and an end. It takes nothing away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Silence:
    """What is muted, for whom and until when. What is empty asks nothing."""

    silence_id: str
    created_at: datetime
    until: datetime
    reason: str
    recipient: str = ""
    case_id: str = ""
    docket_id: str = ""
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    #: When somebody ended it before its time.
    ended_at: datetime | None = None

    def is_on(self, now: datetime) -> bool:
        return self.ended_at is None and self.created_at <= now < self.until

    def is_for(self, recipient: str) -> bool:
        """Whether it mutes something for him; one without a recipient is for everybody."""
        return self.recipient in {"", recipient}

    @property
    def mark(self) -> str:
        """How the rule of what it mutes is marked."""
        return f"silenced by {self.silence_id}"
