"""What a webhook carries. The schema is written down in `docs/webhook.md`, and versioned."""

from __future__ import annotations

from typing import Any

from monitor.model.alert import Delivery

#: Raised when a field changes its meaning or goes away; added fields do not raise it.
SCHEMA_VERSION = 1


def payload_of(delivery: Delivery) -> dict[str, Any]:
    """The alert as JSON values: the same at every attempt."""
    alert = delivery.alert
    return {
        "type": f"docket.{alert.topic}",
        "schema_version": SCHEMA_VERSION,
        "timestamp": alert.created_at.isoformat(),
        "data": {
            "alert_id": alert.alert_id,
            "delivery_id": delivery.delivery_id,
            "topic": alert.topic,
            "kind": alert.kind,
            "route": delivery.route,
            **alert.facts,
        },
    }
