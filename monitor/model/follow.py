"""From a docket to the docket of its appeal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class FollowState(StrEnum):
    #: An appeal is known to come, its number is not: a person may name it, or a later entry will.
    PENDING = "pending"
    #: A docket that looks like it: a person says whether it is.
    PROPOSED = "proposed"
    BOUND = "bound"
    #: A person said that it is not.
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Follow:
    """A docket leads to an appeal. `appeal_number` is empty while it is pending."""

    lower_docket_id: str
    court_id: str
    appeal_number: str
    state: FollowState
    #: The entry that said so, and its words.
    entry_id: str
    reason: str
    case_id: str
    case_label: str
    at: datetime
    #: The caption of the docket below, by which the appeal may be recognized.
    caption: str = ""

    @property
    def follow_id(self) -> str:
        return f"{self.case_id}: {self.lower_docket_id}>{self.court_id}/{self.appeal_number or '?'}"


@dataclass(frozen=True, slots=True)
class AppealCandidate:
    """A docket of a higher court that a look-up found. `lower_number` is empty if it names none."""

    court_id: str
    appeal_number: str
    case_name: str
    lower_number: str = ""
    date_filed: date | None = None
