"""A notification for one recipient, and its way there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from monitor.model.alert import Alert
from monitor.model.timing import AT_ONCE, Pace

#: In the id of a notification that went to somebody else, as nobody acknowledged the first.
ESCALATED = ".to."
#: After an outage, more filings than this come in as a flood: in one notification, summed up.
MOST_SINGLE = 5


@dataclass(frozen=True, slots=True)
class Words:
    """Words and phrases of a filing; `a*` stands for a word that begins so. Empty asks nothing."""

    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.any_of or self.all_of or self.none_of)


@dataclass(frozen=True, slots=True)
class Escalation:
    """Within what time a message is to be acknowledged, and to whom it goes else, in turn."""

    within: timedelta
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Who is told of which alerts: a node of an ordered tree. What is empty asks nothing.

    `kinds` and what stands below them limit filings only: whoever is told of a case hears also of
    what is said of silence about it.
    """

    name: str
    #: Empty: whoever the rule above leads to.
    to: tuple[str, ...]
    cases: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    courts: tuple[str, ...] = ()
    dockets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    rulings: tuple[str, ...] = ()
    is_dispositive: bool | None = None
    certainty: str = ""
    parties: tuple[str, ...] = ()
    words: Words = Words()
    #: From which score on news is taken.
    least_score: float = 0.0
    #: The last day on which it takes anything; None: no end.
    until: date | None = None
    #: Asked in their order of what this rule takes; where none takes it, this rule does.
    rules: tuple[Rule, ...] = ()
    #: Whether the rules behind it are asked too, once it took an alert.
    goes_on: bool = True
    #: When what it takes is sent.
    pace: Pace = AT_ONCE
    #: Whether it is sent in quiet hours too.
    is_urgent: bool = False
    #: Whether what it takes is to be acknowledged.
    escalation: Escalation | None = None


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
    #: When it is to be sent. This and what follows is said while it is planned, and not kept.
    pace: Pace = AT_ONCE
    is_urgent: bool = False
    escalation: Escalation | None = None
    #: It was in another notification that waits, and leaves it.
    is_moved: bool = False


class Hold(StrEnum):
    """Why a notification is sent later than it could be."""

    NONE = ""
    #: An event name alone was seen; its text is asked for at this moment.
    TEXT = "text"
    #: Further changes of the same entry may follow, and travel with it.
    AMENDMENTS = "amendments"
    #: It is sent with others at a time of the recipient's choice.
    DIGEST = "digest"
    #: The recipient's quiet hours.
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in force in a case, as the record shows it at the first attempt to tell of an act."""

    case_id: str
    label: str
    words: str
    at: datetime


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
    #: Whether it may be sent in quiet hours.
    is_urgent: bool = False
    #: Whether somebody is to acknowledge it.
    escalation: Escalation | None = None
    #: Of the cases in which a court acted; None before the first attempt.
    standing: tuple[Standing, ...] | None = None

    @property
    def root_id(self) -> str:
        """What is acknowledged with it: the notification that nobody acknowledged before."""
        return self.delivery_id.partition(ESCALATED)[0]

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
    #: The receiver said just now that it wants nothing more. Not kept.
    is_unwanted: bool = False

    @property
    def delivery_id(self) -> str:
        return self.notification.delivery_id

    @property
    def recipient(self) -> str:
        return self.notification.recipient
