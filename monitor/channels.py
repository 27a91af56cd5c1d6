"""A recipient leaves by the link in a message, or mutes by it: both are told to him at once."""

from __future__ import annotations

from datetime import datetime

from monitor.decide.channels import gets_nothing, silenced
from monitor.decide.snapshots import alert_id
from monitor.model.alert import Alert
from monitor.model.channel import OffBy
from monitor.model.delivery import Notification, RoutedAlert
from monitor.model.silence import Silence
from monitor.ports import OutboxUnit
from monitor.route.bundle import recipient_part

_BY_LINK = "its reader asked for nothing more, by the link in a message"


def leave(unit: OutboxUnit, recipient: str, now: datetime) -> bool:
    """Nothing more is sent to him but a last word, by which he can undo it; False if it was so.

    Anybody who holds a mail can follow its link: whoever forwards one must see what became of it.
    """
    last = gets_nothing(recipient, "off", _BY_LINK, now, to=recipient)
    notification = _notification(last, recipient, now)
    if not unit.channels.switch_off(
        recipient, now, OffBy.READER, _BY_LINK, notification.delivery_id
    ):
        return False
    unit.outbox.add_routed([last], now)
    unit.outbox.plan([notification], now)
    unit.outbox.add([gets_nothing(recipient, "off", _BY_LINK, now)])
    return True


def tell_muted(unit: OutboxUnit, silence: Silence, now: datetime) -> None:
    """The recipient of a silence hears that somebody made it with his link."""
    name = alert_id("muted", silence.silence_id)
    told = silenced(silence, name, now, "somebody used the link in a message to you")
    unit.outbox.add_routed([told], now)
    unit.outbox.plan([_notification(told, silence.recipient, now)], now)


def _notification(alert: Alert, recipient: str, now: datetime) -> Notification:
    return Notification(
        delivery_id=f"{alert.alert_id}.{recipient_part(recipient)}",
        recipient=recipient,
        alerts=(RoutedAlert(alert, "the link in a message"),),
        created_at=now,
        send_after=now,
        is_urgent=True,
    )
