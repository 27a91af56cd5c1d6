"""What the operator decides about judging."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model.watch import NewsTerms


@dataclass(frozen=True, slots=True)
class Policy:
    """`unhealthy_after` failures in a row are told; `news_terms` say what the press is asked."""

    unhealthy_after: int = 3
    news_terms: tuple[NewsTerms, ...] = ()
    #: Watches for which a complete source will be read: their "now watching" can wait for it.
    patient_watches: frozenset[str] = frozenset()
    #: CourtListener may be asked for texts, and for what a gap hid.
    has_api: bool = False
