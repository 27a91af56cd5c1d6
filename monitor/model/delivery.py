"""A notification for one recipient, and its way there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.alert import Alert

#: After an outage, more filings than this come in as a flood: in one notification, summed up.
MOST_SINGLE = 5


@dataclass(frozen=True, slots=True)
class Rule:
    """Who is told of which alerts. Empty means all."""

    name: str
    to: tuple[str, ...]
    cases: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a rule did not take an alert."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class RoutedAlert:
    """An alert for one recipient, and the rule that led to him."""

    alert: Alert
    rule: str


class Hold(StrEnum):
    """Why a notification is sent later than it could be."""

    NONE = ""
    #: An event name alone was seen; its text is asked for at this moment.
    TEXT = "text"
    #: Further changes of the same entry may follow, and travel with it.
    AMENDMENTS = "amendments"


@dataclass(frozen=True, slots=True)
class Notification:
    """One or more alerts for one recipient, sent together.

    Its id is the idempotency key that the recipient sees: it stays the same at every attempt, and
    what the notification holds does not change once an attempt was begun.
    """

    delivery_id: str
    recipient: str
    #: In the order in which they are told.
    alerts: tuple[RoutedAlert, ...]
    created_at: datetime
    send_after: datetime
    hold: Hold = Hold.NONE
    #: The notification in which this recipient was first told of what this one amends.
    answers: str = ""

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that led to the recipient, each once."""
        return tuple(dict.fromkeys(routed.rule for routed in self.alerts))


class DeliveryState(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notification on its way, under the lease of one worker."""

    notification: Notification
    state: DeliveryState
    attempts: int
    next_attempt_at: datetime
    last_error: str = ""
    lease: str = ""

    @property
    def delivery_id(self) -> str:
        return self.notification.delivery_id

    @property
    def recipient(self) -> str:
        return self.notification.recipient
