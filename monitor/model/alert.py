"""Alerts and their way to one recipient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that one poll found for one case, ready to be told.

    `alert_id` is derived from what is told, and unique in the schema: the same thing cannot be
    told twice, whoever tries. `facts` holds every word that a message needs, as JSON values, so
    that what is sent is what was known when it was decided.
    """

    alert_id: str
    #: `filed`, `amended`, `now_watching`, `gap`, `health`, `news`, `docket`, `test`.
    topic: str
    case_id: str
    docket_id: str
    kind: str
    created_at: datetime
    facts: Mapping[str, Any]


class DeliveryState(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Delivery:
    """An alert on its way to one recipient. `delivery_id` is the idempotency key he sees."""

    delivery_id: str
    alert: Alert
    recipient: str
    route: str
    state: DeliveryState
    attempts: int
    next_attempt_at: datetime
    last_error: str = ""
    lease: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """Which recipients get which cases, kinds and topics. Empty means all."""

    name: str
    to: tuple[str, ...]
    cases: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
