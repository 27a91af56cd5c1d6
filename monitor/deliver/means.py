"""What couriers of all channels are made with."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx

from monitor.deliver.email.settings import MailServer
from monitor.deliver.links import SignedLinks
from monitor.model.delivery import Notification
from monitor.ports import Clock


def no_link(_: Notification) -> str:
    """There is no such link."""
    return ""


@dataclass(frozen=True, slots=True)
class Means:
    """The mail server, a client for the web, the clock, and the secrets by place."""

    now: Clock
    #: A client for the open internet, or (True) one that may reach our own network.
    client: Callable[[bool], httpx.AsyncClient]
    mail: MailServer | None = None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    smtp_tls: ssl.SSLContext | None = None
    #: Links by which readers answer; None where the daemon cannot be reached by one.
    links: SignedLinks | None = None

    def link(self, notification: Notification) -> str:
        """Where a message is acknowledged; empty where it need not be, or cannot."""
        return self.links.acknowledge(notification) if self.links else ""

    def preferences(self, notification: Notification) -> str:
        """Where its reader says what he wants; empty where he cannot."""
        return self.links.preferences(notification) if self.links else ""
