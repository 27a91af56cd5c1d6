"""What somebody asked to be told about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.model.docket import docket_id_of

#: A watch on this number is about every docket of its court.
EVERYTHING = "*"
#: The origin of a watch that nobody asked for: its case went to that docket.
FOLLOWED = "follow"


class WatchState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Watch:
    """One docket to be watched, on behalf of a case (the dispute)."""

    watch_id: str
    case_id: str
    #: The short caption that stands in subjects: "CTR v. IRS".
    case_label: str
    court_id: str
    docket_number: str
    since: datetime
    cl_docket_id: int | None = None
    state: WatchState = WatchState.ACTIVE
    origin: str = "config"
    #: When "now watching" was told; None while nothing was.
    told_at: datetime | None = None
    #: The recipients to whom some rule leads its filings; None while nobody has looked.
    leads_to: tuple[str, ...] | None = None

    @property
    def docket_id(self) -> str:
        return docket_id_of(self.court_id, self.docket_number)

    @property
    def is_of_everything(self) -> bool:
        """Whether it is about every docket of its court."""
        return self.docket_number == EVERYTHING


def one_per_case(watches: Sequence[Watch]) -> list[Watch]:
    """The first watch of each case."""
    return list({watch.case_id: watch for watch in reversed(watches)}.values())


@dataclass(frozen=True, slots=True)
class NewsTerms:
    """What speaks for an item's being about a case; see `match.news` for what weighs how much.

    A name with " v. " in it, a number, or every group of a combination decides alone. Groups name
    alternatives: `IRS|Internal Revenue Service`; `block*` finds "blocks" too. `topic` holds the
    groups of the subject, the first of which nothing can do without; `signals` what is peculiar to
    this case, `hints` what points to it if nothing points to another; `exclude` lists words that
    make an item not about the case, unless a caption, a number or a combination decides.
    """

    case_id: str
    case_label: str
    names: tuple[str, ...] = ()
    docket_numbers: tuple[str, ...] = ()
    combinations: tuple[tuple[str, ...], ...] = ()
    exclude: tuple[str, ...] = ()
    judges: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    #: Words that say that a court is concerned.
    courts: str = ""
    hints: tuple[tuple[str, ...], ...] = ()
    signals: tuple[tuple[str, ...], ...] = ()
    #: An item on the topic that points to no case is about this one.
    is_default: bool = False
    #: The pack that names the case: its cases share a subject.
    pack_id: str = ""
    #: When its courts acted: what is reported soon after points to it.
    dates: tuple[date, ...] = ()
