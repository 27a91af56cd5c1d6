"""A recipient is switched off by himself or by whoever runs the monitor, and on again."""

from __future__ import annotations

from datetime import datetime

from monitor.decide.channels import switched_off
from monitor.model.delivery import Notification, RoutedAlert
from monitor.ports import OutboxUnit
from monitor.route.bundle import recipient_part

_BY_LINK = "its reader asked for nothing more, by the link in a message"


def switch_off_for_reader(unit: OutboxUnit, recipient: str, now: datetime) -> bool:
    """Nothing more is sent to him but a last word, by which he can undo it; False if it was so.

    Anybody who holds a mail can follow its link: whoever forwards one must see what became of it.
    """
    if not unit.channels.switch_off(recipient, now, _BY_LINK):
        return False
    farewell = switched_off(recipient, _BY_LINK, now, to=recipient)
    last = Notification(
        delivery_id=f"{farewell.alert_id}.{recipient_part(recipient)}",
        recipient=recipient,
        alerts=(RoutedAlert(farewell, "unsubscribed"),),
        created_at=now,
        send_after=now,
        is_urgent=True,
    )
    unit.outbox.add_routed([farewell], now)
    unit.outbox.plan([last], now)
    unit.outbox.add([switched_off(recipient, _BY_LINK, now)])
    return True
