"""What couriers of all channels are made with."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx

from monitor.deliver.email.settings import MailServer
from monitor.ports import Clock


@dataclass(frozen=True, slots=True)
class Means:
    """The mail server, a client for the web, the clock, and the secrets by place."""

    now: Clock
    #: A client for the open internet, or (True) one that may reach our own network.
    client: Callable[[bool], httpx.AsyncClient]
    mail: MailServer | None = None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    smtp_tls: ssl.SSLContext | None = None
