"""What the press wrote. One part of a unit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.model.news import NewsItem
from monitor.model.outcome import StoredStory
from monitor.store import rows, schema
from monitor.store.writer import Writer, chunks


@dataclass(frozen=True, slots=True)
class StoryTable:
    """See `ports.Stories`."""

    writer: Writer

    def known(self, source_id: str, keys: Collection[str]) -> Mapping[str, NewsItem]:
        t = schema.stories
        found = {}
        for some in chunks(set(keys)):
            query = sa.select(t).where(t.c.source_id == source_id, t.c.item_key.in_(some))
            for row in self.writer.connection.execute(query):
                found[row.item_key] = rows.to_story(row).item
        return found

    def recent(self, since: datetime) -> Sequence[StoredStory]:
        t = schema.stories
        query = sa.select(t).where(t.c.first_seen_at >= since).order_by(t.c.first_seen_at)
        return [rows.to_story(row) for row in self.writer.connection.execute(query)]

    def save(self, stories: Sequence[StoredStory]) -> None:
        self.writer.add_new(schema.stories, [rows.story_row(story) for story in stories])
