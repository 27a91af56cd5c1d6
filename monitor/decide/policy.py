"""What the operator decides about judging."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model.watch import NewsTerms


@dataclass(frozen=True, slots=True)
class Policy:
    """`unhealthy_after` failures in a row are told; `news_terms` say what the press is asked."""

    unhealthy_after: int = 3
    news_terms: tuple[NewsTerms, ...] = ()
    #: CourtListener may be asked: for texts, for what a gap hid, for whole dockets.
    has_api: bool = False
