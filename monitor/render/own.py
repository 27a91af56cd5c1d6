"""What concerns the monitor itself, in words."""

from __future__ import annotations

from typing import assert_never

from monitor.model.alert import DeliveryGivenUp, OwnAlert, TestAlert
from monitor.render.message import Message


def words(alert: OwnAlert) -> Message:
    match alert:
        case DeliveryGivenUp():
            return _given_up(alert)
        case TestAlert():
            return _test(alert)
        case _:
            assert_never(alert)


def _given_up(alert: DeliveryGivenUp) -> Message:
    """A message was given up: somebody has to mend something."""
    headline = f"Messages to {alert.recipient} are given up"
    return Message(
        subject=f"[docket-monitor] {headline}",
        headline=headline,
        paragraphs=(
            f"A delivery to {alert.recipient} was refused for good: {alert.reason}.",
            "It is kept. Mend the address or its server, then: docket-monitor deliveries retry "
            "--all-dead",
        ),
        why=alert.why,
    )


def _test(alert: TestAlert) -> Message:
    """Somebody tries whether alerts arrive."""
    return Message(
        subject="[docket-monitor] Test alert",
        headline="Test alert",
        paragraphs=("This is a test. If you can read it, alerts will reach you here.",),
        why=alert.why,
    )
