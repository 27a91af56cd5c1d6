"""What the press wrote. One part of a unit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.model.outcome import StoredStory
from monitor.store import rows, schema
from monitor.store.writer import Writer, chunks


@dataclass(frozen=True, slots=True)
class StoryTable:
    """See `ports.Stories`."""

    writer: Writer

    def known(self, source_id: str, keys: Collection[str]) -> frozenset[str]:
        t = schema.stories
        return frozenset(
            self.writer.ids(
                sa.select(t.c.item_key).where(t.c.source_id == source_id, t.c.item_key.in_(some))
                for some in chunks(set(keys))
            )
        )

    def recent(self, since: datetime) -> Sequence[StoredStory]:
        t = schema.stories
        query = sa.select(t).where(t.c.first_seen_at >= since).order_by(t.c.first_seen_at)
        return [rows.to_story(row) for row in self.writer.connection.execute(query)]

    def save(self, stories: Sequence[StoredStory]) -> None:
        self.writer.add_new(schema.stories, [rows.story_row(story) for story in stories])
