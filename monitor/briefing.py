"""Briefings: at the times that a recipient asked for, what came in and what could be seen.

A briefing bears the name of its recipient and of the moment at which it fell due: however often it
is made, it is told once, and what fell due while nobody ran is told at the next start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.decide.snapshots import alert_id
from monitor.diff.coverage import Span
from monitor.history.brief import dockets_in_brief, unreliable
from monitor.history.record import reading
from monitor.model.alert import Briefing
from monitor.model.timing import Hours, Pace
from monitor.ports import Clock
from monitor.route.silence import silence_words
from monitor.route.timing import due_before
from monitor.store.database import SqlStore

_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Briefings:
    """Makes what is due. Blocking: the daemon gives it its writing thread."""

    store: SqlStore
    #: Recipient -> when he wants to be briefed, by his own clock.
    wanted: Mapping[str, tuple[Pace, Hours]]
    now: Clock
    #: What was made by this process, so that it is not worked out again at every beat.
    _made: dict[str, datetime] = field(default_factory=dict)

    def make_due(self) -> int:
        """Put every briefing that is due into the outbox; return how many were looked into."""
        made, off = 0, self._off()
        for recipient, (pace, hours) in self.wanted.items():
            if recipient in off:
                continue
            due = due_before(pace, hours, self.now())
            if self._made.get(recipient) == due:
                continue
            briefing = self._briefing(recipient, due_before(pace, hours, due - _MOMENT), due)
            with self.store.begin() as unit:
                unit.outbox.add([briefing])
            self._made[recipient] = due
            made += 1
        return made

    def _off(self) -> set[str]:
        """Who gets nothing now: what would wait for him would be stale when it is sent."""
        if not self.wanted:
            return set()
        with reading(self.store) as record:
            return {one.recipient for one in record.unit.channels.off()}

    def _briefing(self, recipient: str, since: datetime, due: datetime) -> Briefing:
        with reading(self.store) as record:
            return Briefing(
                alert_id=alert_id("briefing", recipient, due.isoformat()),
                created_at=self.now(),
                why="you asked for a briefing at this time",
                recipient=recipient,
                since=since,
                until=due,
                dockets=dockets_in_brief(record, Span(since, due), recipient),
                unreliable=tuple(unreliable(record, self.now())),
                silences=tuple(
                    f"{silence_words(one)}: {one.reason}"
                    for one in record.unit.silences.on(self.now())
                    if one.is_for(recipient)
                ),
            )
