"""What somebody sent us: kept raw as it came, read later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class PushState(Enum):
    """What became of what was pushed."""

    WAITING = "waiting"
    READ = "read"
    #: The same content came before, under another name.
    REPEATED = "repeated"
    #: It speaks of nothing that we read: another kind of event, or an empty one.
    IGNORED = "ignored"
    #: It cannot be read. It stays, and is not tried again by itself.
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a body says of itself, before its rows are read."""

    words: str
    #: Whether it holds entries; other events say nothing that a docket does not.
    has_rows: bool
    #: The sender's own ids of the dockets that its rows name.
    dockets: frozenset[int]
    #: The same for the same content, whatever the attempt and the order of keys.
    content_hash: str
    #: The sender will stop sending this version.
    is_deprecated: bool = False
    #: Somebody tries whether what is sent arrives.
    is_test: bool = False


@dataclass(frozen=True, slots=True)
class Push:
    """One body that was posted. `push_id` is the sender's name for it, the same at each attempt."""

    push_id: str
    source_id: str
    received_at: datetime
    body: bytes
    state: PushState = PushState.WAITING
    #: Of what it says, in a form that does not change between attempts; empty until it is read.
    content_hash: str = ""
    #: What was in it, or why it cannot be read.
    note: str = ""
    processed_at: datetime | None = None
