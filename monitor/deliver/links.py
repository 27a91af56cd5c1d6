"""Links in messages, by which readers answer: signed, so that nobody can make one up."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote

from monitor.model.delivery import Notification


class Purpose(StrEnum):
    """What a link is for: it opens nothing else."""

    ACKNOWLEDGE = "acknowledge"
    PREFERENCES = "preferences"


@dataclass(frozen=True, slots=True)
class SignedLinks:
    """Where the daemon is reached from outside, and the key of its links."""

    url: str
    secret: str = field(repr=False)

    def acknowledge(self, notification: Notification) -> str:
        """Where a message is taken up; empty where it asks for nothing."""
        if notification.escalation is None:
            return ""
        return self._link(Purpose.ACKNOWLEDGE, notification.delivery_id)

    def preferences(self, notification: Notification) -> str:
        """Where its reader mutes what he knows of, or says that he wants nothing more."""
        return self._link(Purpose.PREFERENCES, notification.delivery_id)

    def _link(self, purpose: Purpose, delivery_id: str) -> str:
        name, signature = quote(delivery_id, safe=""), self.signature(purpose, delivery_id)
        return f"{self.url.rstrip('/')}/{purpose.value}/{name}/{signature}"

    def signature(self, purpose: Purpose, delivery_id: str) -> str:
        """What stands at the end of a link."""
        name = f"{purpose.value}/{delivery_id}".encode("utf-8", "replace")
        return hmac.new(self.secret.encode(), name, hashlib.sha256).hexdigest()[:40]

    def is_signed(self, purpose: Purpose, delivery_id: str, signature: str) -> bool:
        said = signature.encode("utf-8", "replace")
        return hmac.compare_digest(said, self.signature(purpose, delivery_id).encode())
