"""Who may read the history from elsewhere: readers with a password, programs with a token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Scope(StrEnum):
    """What may be read."""

    #: What courts and the press published, and how well it was watched.
    HISTORY = "history"
    #: Who is told of what, and the routes that lead there.
    DELIVERIES = "deliveries"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may log in. Of the password only the hash is known."""

    name: str
    password_hash: str
    #: When the password was set.
    changed_at: datetime
    #: Sessions that began earlier have ended: the password was changed then, or he logged out.
    sessions_from: datetime


@dataclass(frozen=True, slots=True)
class Token:
    """What a program shows instead of a password; the token itself is known to nobody but it."""

    name: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    #: None: never.
    expires_at: datetime | None
