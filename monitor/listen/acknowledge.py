"""The page on which a message is acknowledged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.history.record import reading
from monitor.ports import Clock
from monitor.render.message import moment
from monitor.render.page import Button, Page
from monitor.render.words import message_of
from monitor.store.database import SqlStore

_ZONE = "America/New_York"
_TAKE = Button("take", "I take this up")


@dataclass(frozen=True, slots=True)
class Acknowledging:
    """Says who took a message up, and takes it up. See `signed.Answer`."""

    store: SqlStore
    now: Clock

    def look(self, delivery_id: str) -> Page | None:
        with reading(self.store) as record:
            notification = record.unit.outbox.notification(delivery_id)
            taken = record.unit.outbox.acknowledged(delivery_id)
        if notification is None:
            return None
        subject = message_of(notification).subject
        if taken is not None:
            return Page("Acknowledged", subject, _taken_words(*taken))
        words = "Nobody has taken this up yet. If you do, it goes to nobody else."
        return Page("Acknowledge", subject, words, (_TAKE,))

    def take(self, delivery_id: str, action: str) -> Page | None:
        """There is one button, so whatever is posted says the same."""
        with self.store.begin() as unit:
            notification = unit.outbox.notification(delivery_id)
            if notification is not None:
                unit.outbox.acknowledge(delivery_id, notification.recipient, self.now())
        return self.look(delivery_id)


def _taken_words(at: datetime, by: str) -> str:
    return f"Taken up {moment(at, _ZONE)}{f' by {by}' if by else ''}. It goes to nobody else."
