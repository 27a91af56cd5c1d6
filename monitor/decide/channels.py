"""When nothing is sent to a recipient any more, and how that is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.decide.snapshots import alert_id
from monitor.model.alert import DeliveryGivenUp
from monitor.model.delivery import Delivery, DeliveryState

#: What a channel that failed for so long is spared; nothing is lost meanwhile.
PATIENCE = timedelta(days=2)
#: All that there is for him waits, whenever it was planned.
EVERYTHING = datetime(1970, 1, 1, tzinfo=UTC)


def why_off(delivery: Delivery, failing_since: datetime, now: datetime) -> str:
    """Why this recipient is to be left alone, after a failed attempt; empty where he is not."""
    if delivery.is_unwanted:
        return f"it wants nothing more: {delivery.last_error}"
    if now - failing_since < PATIENCE:
        return ""
    days = (now - failing_since).days
    return f"nothing got through for {days} days, lastly: {delivery.last_error}"


def given_up(delivery: Delivery, now: datetime) -> DeliveryGivenUp:
    """Told once a day and recipient, so that somebody mends it."""
    return DeliveryGivenUp(
        alert_id=alert_id("dead", delivery.recipient, now.date().isoformat()),
        created_at=now,
        why="you are a recipient of this monitor",
        recipient=delivery.recipient,
        reason=delivery.last_error,
    )


def switched_off(recipient: str, reason: str, now: datetime, to: str = "") -> DeliveryGivenUp:
    """Told to whoever looks after the monitor, and (`to`) to the recipient himself."""
    return DeliveryGivenUp(
        alert_id=alert_id("off", recipient, now.isoformat(), to),
        created_at=now,
        why="you are a recipient of this monitor",
        recipient=recipient,
        reason=reason,
        is_off=True,
    )


def is_failure(delivery: Delivery) -> bool:
    """Whether an attempt, settled now, got through to nobody."""
    return delivery.state is not DeliveryState.SENT
