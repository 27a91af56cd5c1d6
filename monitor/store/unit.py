"""One transaction of the store: one part for each subject, and the saving of a poll."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from monitor.model.outcome import PollOutcome
from monitor.store import rows, schema
from monitor.store.access import AccessTable
from monitor.store.bodies import BodyTable
from monitor.store.changes import ChangeLog
from monitor.store.channels import ChannelTable
from monitor.store.entries import EntryTable
from monitor.store.imports import ImportTable
from monitor.store.outbox import OutboxTable
from monitor.store.pushes import PushTable
from monitor.store.quota import QuotaTable
from monitor.store.retention import Retention
from monitor.store.silences import SilenceTable
from monitor.store.sources import SourceTable
from monitor.store.stories import StoryTable
from monitor.store.watches import WatchTable
from monitor.store.writer import Writer


class SqlUnit:
    """What may be asked and saved in one transaction; see `ports`."""

    def __init__(self, connection: sa.Connection) -> None:
        writer = Writer(connection)
        self.connection = connection
        self.entries = EntryTable(writer)
        self.stories = StoryTable(writer)
        self.watches = WatchTable(writer)
        self.sources = SourceTable(writer)
        self.quota = QuotaTable(writer)
        self.outbox = OutboxTable(writer)
        self.pushes = PushTable(writer)
        self.silences = SilenceTable(writer)
        self.channels = ChannelTable(writer)
        self.access = AccessTable(writer)
        self.bodies = BodyTable(writer)
        self.retention = Retention(writer)
        self.changes = ChangeLog(writer)
        self.imports = ImportTable(writer)
        self._writer = writer

    def save(self, outcome: PollOutcome) -> None:
        """Everything that follows from a poll. Raises LeaseLost where another worker took over."""
        self.sources.save_state(outcome)
        found, now = outcome.consequences, outcome.at
        self.entries.save(found)
        self.stories.save(found.stories)
        lost = [rows.unreadable_row(item, now) for item in found.unreadable]
        self._writer.add_new(schema.unreadable, lost)
        self.watches.save(found, outcome.source_id, now)
        self.outbox.add(found.alerts)
        self.outbox.release(found.asked_texts, now)
        self.quota.save(outcome)
        self.bodies.save(outcome)
        self.changes.add(found.changes, now)

    def overdue(self, since: datetime, recipients: Collection[str]) -> str:
        """What was due before `since` and nobody took up, in words; empty for nothing."""
        if source := self.sources.overdue(since):
            return f"source {source} is overdue"
        delivery = self.outbox.overdue(since, recipients)
        return f"delivery {delivery} is overdue" if delivery else ""
