"""What a webhook carries: a contract with receivers, versioned, apart from our own types.

Version 2 (`v2`) is what is sent; version 1 (`v1`) goes to whoever asks for it.
"""

from __future__ import annotations

import json

from monitor.model.delivery import Notification
from monitor.render.visible import visible
from monitor.render.webhook import v1, v2

#: Raised when a field changes its meaning or goes away; added fields do not raise it.
VERSIONS = (1, 2)


def body_of(notification: Notification, version: int) -> str:
    """The document as JSON text: the same at every attempt."""
    told = visible(notification)
    if version == 1:
        return json.dumps(v1.document_of(told), ensure_ascii=False, sort_keys=True)
    return v2.dump(v2.document_of(told))
