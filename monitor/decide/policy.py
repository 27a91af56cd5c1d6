"""What the operator decides about judging."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from monitor.model.watch import NewsTerms


@dataclass(frozen=True, slots=True)
class Policy:
    """What makes a source unhealthy, and what the press is asked for."""

    #: So many failures in a row, over at least so long since it was read well, are told.
    unhealthy_after: int = 3
    unhealthy_for: timedelta = timedelta()
    news_terms: tuple[NewsTerms, ...] = ()
    #: CourtListener may be asked: for texts, for what a gap hid, for whole dockets.
    has_api: bool = False
    #: What sources sent is kept as it came.
    keeps_bodies: bool = True
