"""Every error this program raises on purpose.

MonitorError
├── ConfigError
├── UsageError
├── AddressRefused
├── ListenError
├── FetchError
│   ├── SourceRefused
│   ├── SourceUnreachable
│   │   └── AskedTooOften
│   └── QuotaSpent
├── ParseError
├── StoreError
│   ├── DatabaseTooNew
│   ├── DatabaseTooOld
│   ├── NoDatabase
│   └── LeaseLost
└── DeliveryError
    ├── DeliveryPostponed
    ├── DeliveryRejected
    └── ReceiverGone

Anything else that escapes is a bug, and is logged with its traceback.
"""

from __future__ import annotations

from datetime import datetime


class MonitorError(Exception):
    """The root: whatever we foresaw."""


class ConfigError(MonitorError):
    """A setting is wrong. The message names file, line, key and a remedy."""


class UsageError(MonitorError):
    """A command was asked for something that is not there. The message says what to do."""


class AddressRefused(MonitorError):
    """A host name leads to an address that we must not talk to. The message says which."""


class ListenError(MonitorError):
    """Nobody can listen there. The message says where, why, and what to do."""


class FetchError(MonitorError):
    """A source did not give an answer that can be read.

    `retry_after` is the number of seconds that the source asked us to wait, if it said so;
    `status` is that of HTTP, 0 where there was no answer.
    """

    #: What is to be remembered of the source though this poll failed; None where all stands.
    cursor: str | None = None

    def __init__(
        self, url: str, reason: str, retry_after: float | None = None, status: int = 0
    ) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason
        self.retry_after = retry_after
        self.status = status


class SourceRefused(FetchError):
    """The source understood us and said no; asking again soon will not help."""


class SourceUnreachable(FetchError):
    """The source could not answer now; ask again later."""


class AskedTooOften(SourceUnreachable):
    """The source says that we ask more often than it allows (HTTP 429)."""


class QuotaSpent(FetchError):
    """We did not ask: the quota has no room for it until `until`."""

    def __init__(self, url: str, until: datetime) -> None:
        super().__init__(url, f"the quota has no room before {until:%Y-%m-%d %H:%M} UTC")
        self.until = until


class ParseError(MonitorError):
    """An answer is not what this source should give."""


class StoreError(MonitorError):
    """The database could not do what it must."""


class DatabaseTooNew(StoreError):
    """The database was written by a newer program than this one."""


class DatabaseTooOld(StoreError):
    """The database was written by an older program: only the daemon brings it up to date."""


class NoDatabase(StoreError):
    """There is no database here: the daemon was never started, or it uses another."""


class LeaseLost(StoreError):
    """Another worker took this source over while we were busy: our writing is void."""


class DeliveryError(MonitorError):
    """A message was not accepted."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class DeliveryPostponed(DeliveryError):
    """Not now: the receiver is down, busy, or asks us to wait."""


class DeliveryRejected(DeliveryError):
    """Never: the receiver refuses this message or this address."""


class ReceiverGone(DeliveryError):
    """The receiver wants nothing more, of whatever kind."""
