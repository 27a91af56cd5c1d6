"""Who may read the history from elsewhere. One part of a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.model.access import Reader, Scope, Token
from monitor.store import schema
from monitor.store.writer import Writer


@dataclass(frozen=True, slots=True)
class AccessTable:
    """Readers and tokens. Neither a password nor a token is stored: only what proves them."""

    writer: Writer

    def set_reader(self, reader: Reader) -> None:
        """Let somebody log in, or change his password."""
        row = {
            "name": reader.name,
            "password_hash": reader.password_hash,
            "changed_at": reader.changed_at,
            "sessions_from": reader.sessions_from,
        }
        self.writer.upsert(schema.readers, [row], "name")

    def reader(self, name: str) -> Reader | None:
        t = schema.readers
        row = self.writer.connection.execute(sa.select(t).where(t.c.name == name)).first()
        return Reader(**row._mapping) if row else None

    def readers(self) -> Sequence[Reader]:
        """All, by name."""
        t = schema.readers
        return [
            Reader(**row._mapping)
            for row in self.writer.connection.execute(sa.select(t).order_by(t.c.name))
        ]

    def end_sessions(self, name: str, now: datetime) -> None:
        """Those that have begun until now."""
        t = schema.readers
        since = now + timedelta(microseconds=1)
        ended = sa.update(t).where(t.c.name == name).values(sessions_from=since)
        self.writer.connection.execute(ended)

    def remove_reader(self, name: str) -> bool:
        """Whether there was one."""
        t = schema.readers
        return self.writer.connection.execute(sa.delete(t).where(t.c.name == name)).rowcount == 1

    def add_token(self, token: Token, token_hash: str) -> bool:
        """Whether the name was free."""
        if token.name in {one.name for one in self.tokens()}:
            return False
        row = {
            "name": token.name,
            "token_hash": token_hash,
            "scopes": [one.value for one in token.scopes],
            "created_at": token.created_at,
            "expires_at": token.expires_at,
        }
        self.writer.add(schema.tokens, [row])
        return True

    def token(self, token_hash: str) -> Token | None:
        """The token of this hash, also one that has expired."""
        t = schema.tokens
        found = sa.select(t).where(t.c.token_hash == token_hash)
        row = self.writer.connection.execute(found).first()
        return _to_token(row) if row else None

    def tokens(self) -> Sequence[Token]:
        """All, by name."""
        t = schema.tokens
        rows = self.writer.connection.execute(sa.select(t).order_by(t.c.name))
        return [_to_token(row) for row in rows]

    def revoke(self, name: str) -> bool:
        """Whether there was such a token."""
        t = schema.tokens
        return self.writer.connection.execute(sa.delete(t).where(t.c.name == name)).rowcount == 1


def _to_token(row: sa.Row[tuple[object, ...]]) -> Token:
    scopes = tuple(Scope(one) for one in row.scopes)
    return Token(row.name, scopes, row.created_at, row.expires_at)
