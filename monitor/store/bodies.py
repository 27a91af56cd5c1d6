"""The raw bodies of polls: equal ones once, with the polls that brought them. Part of a unit."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.model.body import Keeping, RawBody
from monitor.model.outcome import PollOutcome
from monitor.normalize.text import storable
from monitor.store import schema
from monitor.store.writer import Row, Writer

#: The fastest: a feed becomes a tenth or less, at two milliseconds a megabyte.
_LEVEL = 1
#: So many are forgotten at once, so that no poll waits for long.
FORGOTTEN_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class BodyTable:
    """What was read, as it came."""

    writer: Writer

    def save(self, outcome: PollOutcome) -> None:
        """Keep what this poll brought; nothing for one that brought the same as the last."""
        named = [(body.hash, body) for body in outcome.bodies]
        names = [name for name, _ in named]
        if not names:
            return
        if not outcome.consequences.changes_record and names == self._last(outcome.source_id):
            return
        known = self._known(names)
        fresh = {name: body for name, body in named if name not in known}
        new = [_body_row(name, body, outcome.at) for name, body in fresh.items()]
        self.writer.add_new(schema.bodies, new)
        kept = [_poll_row(outcome, n, *one) for n, one in enumerate(named)]
        self.writer.add(schema.kept_polls, kept)

    def _last(self, source_id: str) -> list[str]:
        """What the poll of this source brought of which a body was kept last."""
        t = schema.kept_polls
        latest = sa.select(sa.func.max(t.c.at)).where(t.c.source_id == source_id)
        query = sa.select(t.c.body_hash).where(t.c.source_id == source_id)
        query = query.where(t.c.at == latest.scalar_subquery()).order_by(t.c.place)
        return list(self.writer.connection.execute(query).scalars())

    def _known(self, names: Collection[str]) -> set[str]:
        t = schema.bodies
        return self.writer.ids([sa.select(t.c.hash).where(t.c.hash.in_(names))])

    # --- forgetting ---

    def forget(self, keeping: Keeping, now: datetime) -> int:
        """Forget what is too old, and the oldest of what is too much; return how many bodies.

        That a poll brought them stays, with their hashes: whoever has a copy can still prove it.
        """
        return self._forget(self.older_than(now - keeping.length)) + self._forget(
            _beyond(keeping.most_bytes)
        )

    def older_than(self, before: datetime) -> sa.Select[tuple[str]]:
        """The bodies that no poll brought since."""
        last, b = _last_brought(), schema.bodies
        is_old = sa.func.coalesce(last.c.at, b.c.first_kept_at) < before
        joined = b.outerjoin(last, last.c.body_hash == b.c.hash)
        return sa.select(b.c.hash).select_from(joined).where(is_old)

    def _forget(self, names: sa.Select[tuple[str]]) -> int:
        t = schema.bodies
        some = names.limit(FORGOTTEN_AT_ONCE).subquery()
        gone = sa.delete(t).where(t.c.hash.in_(sa.select(some.c.hash)))
        return self.writer.connection.execute(gone).rowcount


def _last_brought() -> sa.Subquery:
    t = schema.kept_polls
    return (
        sa.select(t.c.body_hash, sa.func.max(t.c.at).label("at")).group_by(t.c.body_hash).subquery()
    )


def _beyond(most_bytes: int) -> sa.Select[tuple[str]]:
    """The bodies for which there is no room, counted from the latest."""
    last, b = _last_brought(), schema.bodies
    latest_first = (sa.func.coalesce(last.c.at, b.c.first_kept_at).desc(), b.c.hash)
    total = sa.func.sum(b.c.packed_size).over(order_by=latest_first).label("total")
    joined = b.outerjoin(last, last.c.body_hash == b.c.hash)
    running = sa.select(b.c.hash, total).select_from(joined).subquery()
    return sa.select(running.c.hash).where(running.c.total > most_bytes)


def _body_row(name: str, body: RawBody, at: datetime) -> Row:
    packed = zlib.compress(body.content, _LEVEL)
    return {
        "hash": name,
        "content": packed,
        "size": len(body.content),
        "packed_size": len(packed),
        "first_kept_at": at,
    }


def _poll_row(outcome: PollOutcome, place: int, name: str, body: RawBody) -> Row:
    return {
        "source_id": outcome.source_id,
        "at": outcome.at,
        "place": place,
        "body_hash": name,
        "url": storable(body.url),
        "content_type": storable(body.content_type),
        "etag": storable(body.etag),
        "last_modified": storable(body.last_modified),
        "served_at": body.served_at,
    }
