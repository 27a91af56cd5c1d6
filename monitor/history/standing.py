"""What is in force in the cases in which a court acted, for the messages that tell of the act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import sqlalchemy as sa

from monitor.history.boards import boards
from monitor.history.record import Record, reading
from monitor.model.alert import PaperAlert
from monitor.model.delivery import Notification, Standing
from monitor.model.docket import COURT_ACTS
from monitor.model.subjects import cases_of
from monitor.store import schema
from monitor.store.database import SqlStore

#: A flood is about many; whoever gets it looks them up.
_MOST = 3


@dataclass(frozen=True, slots=True)
class Standings:
    """Looks it up; one case is judged once for all whom an act is told to."""

    store: SqlStore
    #: Case -> the last change that was stored when it was looked up, and what stood then.
    _known: dict[str, tuple[int, Sequence[Standing]]] = field(default_factory=dict)

    def of(self, notification: Notification, now: datetime) -> tuple[Standing, ...]:
        """For each case in which a court acted, in the order in which they are told."""
        cases = list(dict.fromkeys(_acted_in(notification)))[:_MOST]
        if not cases:
            return ()
        with reading(self.store) as record:
            found = [one for case_id in cases for one in self._of_case(record, case_id, now)]
        return tuple(replace(one, at=now) for one in found)

    def _of_case(self, record: Record, case_id: str, now: datetime) -> Sequence[Standing]:
        last = record.rows(sa.select(sa.func.max(schema.changes.c.change_id))).scalar() or 0
        known = self._known.get(case_id)
        if known is None or known[0] != last:
            found = [
                Standing(one.case_id, one.case_label, one.now, now)
                for one in boards(record, case_id)
            ]
            self._known[case_id] = last, found
        return self._known[case_id][1]


def _acted_in(notification: Notification) -> Iterator[str]:
    for routed in notification.alerts:
        alert = routed.alert
        if isinstance(alert, PaperAlert) and alert.judgement.kinds & COURT_ACTS:
            yield from sorted(cases_of(alert))
