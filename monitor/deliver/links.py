"""Links by which a message is acknowledged: signed, so that nobody can make one up."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from urllib.parse import quote

from monitor.model.delivery import Notification


@dataclass(frozen=True, slots=True)
class AcknowledgeLinks:
    """Where the daemon is reached from outside, and the key of its links."""

    url: str
    secret: str = field(repr=False)

    def link(self, notification: Notification) -> str:
        """The link for a message; empty where it asks for none."""
        if notification.escalation is None:
            return ""
        name = notification.delivery_id
        return f"{self.url.rstrip('/')}/acknowledge/{quote(name, safe='')}/{self.signature(name)}"

    def signature(self, delivery_id: str) -> str:
        """What stands at the end of a link."""
        name = delivery_id.encode("utf-8", "replace")
        return hmac.new(self.secret.encode(), name, hashlib.sha256).hexdigest()[:40]

    def is_signed(self, delivery_id: str, signature: str) -> bool:
        said = signature.encode("utf-8", "replace")
        return hmac.compare_digest(said, self.signature(delivery_id).encode())
