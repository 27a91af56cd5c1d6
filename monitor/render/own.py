"""What concerns the monitor itself, in words."""

from __future__ import annotations

from datetime import timedelta
from typing import assert_never

from monitor.model.alert import (
    Briefing,
    ClockSetBack,
    DeliveryGivenUp,
    OwnAlert,
    Silenced,
    TestAlert,
)
from monitor.render.briefing import briefing_words
from monitor.render.message import Message, moment


def words(alert: OwnAlert) -> Message:
    match alert:
        case DeliveryGivenUp():
            return _given_up(alert)
        case ClockSetBack():
            return _set_back(alert)
        case Briefing():
            return briefing_words(alert)
        case Silenced():
            return _silenced(alert)
        case TestAlert():
            return _test(alert)
        case _:
            assert_never(alert)


def _given_up(alert: DeliveryGivenUp) -> Message:
    """A message was given up: somebody has to mend something."""
    if alert.state != "given_up":
        return _gets_nothing(alert)
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


def _gets_nothing(alert: DeliveryGivenUp) -> Message:
    """Nothing gets through to a recipient, or nothing is sent to him."""
    name, on = alert.recipient, f"docket-monitor recipients on {alert.recipient}"
    if alert.state == "rests":
        headline = f"Messages to {name} do not get through"
        told = f"{name} is tried every six hours only, because {alert.reason}."
        remedy = f"What there is to tell waits, and is sent when it answers. To try now: {on}"
    else:
        headline = f"Messages to {name} are off"
        told = f"Nothing more is sent to {name}, because {alert.reason}."
        remedy = f"What there is to tell is kept and waits. To have it sent: {on}; or the link at "
        remedy += f"the end of a mail to {name}."
    return Message(
        subject=f"[docket-monitor] {headline}",
        headline=headline,
        paragraphs=(told, remedy),
        why=alert.why,
    )


def _set_back(alert: ClockSetBack) -> Message:
    """Nothing was missed, and times may be wrong."""
    much = timedelta(seconds=alert.seconds)
    headline = f"The clock of this machine was set back by {much}"
    return Message(
        subject=f"[docket-monitor] {headline}",
        headline=headline,
        paragraphs=(
            "The monitor went on reading and telling. Times at which something was seen before "
            "may lie ahead of the true ones by as much; what courts print is not concerned.",
            "Let the machine keep its clock by NTP (timedatectl set-ntp true).",
        ),
        why=alert.why,
    )


def _silenced(alert: Silenced) -> Message:
    """Somebody muted something, and it is still so."""
    until = moment(alert.until, "America/New_York")
    headline = f"Silenced until {until}: {alert.about}"
    return Message(
        subject=f"[docket-monitor] {headline}",
        headline=headline,
        paragraphs=(
            f"Because: {alert.reason}.",
            "What courts do under it stands in the daily digest; anything else comes when it ends. "
            f"Whoever runs the monitor can end it ({alert.silence_id}), and so can the link at the "
            "end of a mail, where there is one.",
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
