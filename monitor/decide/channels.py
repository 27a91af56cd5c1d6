"""When a recipient is tried only now and then, and how that and what is muted is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from monitor.decide.snapshots import alert_id
from monitor.model.alert import DeliveryGivenUp, Silenced
from monitor.model.channel import Channel
from monitor.model.delivery import Delivery
from monitor.model.silence import Silence
from monitor.route.silence import silence_words

#: So many attempts over so long reached nobody: then he rests.
_FAILURES, _PATIENCE = 20, timedelta(days=2)
#: How often one that rests is tried: whoever is back hears what waited within this time.
REST = timedelta(hours=6)


def why_rest(delivery: Delivery, channel: Channel, now: datetime) -> str:
    """Why a recipient is to rest after an attempt that reached nobody; empty where he is not."""
    if delivery.is_unwanted:
        return f"it wants nothing more: {delivery.last_error}"
    since = channel.failing_since or now
    if channel.failures < _FAILURES or now - since < _PATIENCE:
        return ""
    return f"nothing got through for {(now - since).days} days, lastly: {delivery.last_error}"


def given_up(delivery: Delivery, now: datetime) -> DeliveryGivenUp:
    """Told once a day and recipient, so that somebody mends it."""
    return DeliveryGivenUp(
        alert_id=alert_id("dead", delivery.recipient, now.date().isoformat()),
        created_at=now,
        why="you are a recipient of this monitor",
        recipient=delivery.recipient,
        reason=delivery.last_error,
    )


def silenced(silence: Silence, name: str, now: datetime, why: str) -> Silenced:
    """That something is muted, with the reason and the end; `name` is the alert's id."""
    return Silenced(
        alert_id=name,
        created_at=now,
        why=why,
        silence_id=silence.silence_id,
        about=silence_words(silence),
        reason=silence.reason,
        until=silence.until,
    )


def gets_nothing(
    recipient: str, state: Literal["rests", "off"], reason: str, now: datetime, to: str = ""
) -> DeliveryGivenUp:
    """Told to whoever looks after the monitor, and (`to`) to the recipient himself."""
    return DeliveryGivenUp(
        alert_id=alert_id(state, recipient, now.isoformat(), to),
        created_at=now,
        why="you are a recipient of this monitor",
        recipient=recipient,
        reason=reason,
        state=state,
    )
