"""From a docket to the docket of its appeal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FollowState(StrEnum):
    #: An appeal is known to come, its number is not: a person may name it, or a later entry will.
    PENDING = "pending"
    BOUND = "bound"


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

    @property
    def follow_id(self) -> str:
        return f"{self.case_id}: {self.lower_docket_id}>{self.court_id}/{self.appeal_number or '?'}"
