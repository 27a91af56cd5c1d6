"""What came in over some time and what could be seen, docket by docket."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.diff.coverage import Span, unseen
from monitor.history.answers import CoverageStatement
from monitor.history.coverage import statements
from monitor.history.record import Record
from monitor.history.sources import sources
from monitor.model.alert import CaseRef, DocketBrief, DocketRef, Filed, Hole
from monitor.model.codec import load_alert
from monitor.model.docket import COURT_ACTS
from monitor.model.watch import WatchState
from monitor.store import schema

#: A court's feed is built once an hour, and read a while after: so late it may be and say nothing.
_USUAL_LAG = timedelta(hours=3)
_MOST_ACTS = 50

#: (case, docket) -> headlines of the court's acts, and how many other filings.
_Filings = Mapping[tuple[str, str], tuple[list[str], int]]


def dockets_in_brief(record: Record, asked: Span, recipient: str) -> tuple[DocketBrief, ...]:
    """Every docket of which this recipient is told what the court does."""
    filings = _filings(record, asked)
    return tuple(
        _brief(statement, filings, asked)
        for statement in statements(record, asked)
        if recipient in (statement.leads_to or ()) and statement.state == WatchState.ACTIVE.value
    )


def unreliable(record: Record, now: datetime) -> Iterator[str]:
    """The sources whose silence means nothing now, each with what is wrong."""
    for line in sources(record, now):
        if not line.is_reliable:
            wrong = line.last_error or ("overdue" if line.is_overdue else "not read yet")
            yield f"{line.name or line.source_id}: {wrong}"


def _filings(record: Record, asked: Span) -> _Filings:
    t = schema.alerts
    told = sa.select(t.c.body).where(
        t.c.topic == "filed", t.c.created_at >= asked.since, t.c.created_at < asked.until
    )
    found: dict[tuple[str, str], tuple[list[str], int]] = {}
    for row in record.rows(told.order_by(t.c.created_at, t.c.place)):
        alert = load_alert(row.body)
        if isinstance(alert, Filed):
            for entry in alert.entries:
                key = (alert.case.case_id, entry.docket.docket_id)
                acts, others = found.get(key, ([], 0))
                is_act = bool(alert.judgement.kinds & COURT_ACTS)
                found[key] = ([*acts, entry.headline], others) if is_act else (acts, others + 1)
    return found


def _brief(statement: CoverageStatement, filings: _Filings, asked: Span) -> DocketBrief:
    docket = DocketRef(statement.court_id, statement.docket_number)
    acts, others = filings.get((statement.case_id, docket.docket_id), ([], 0))
    spans = [span for seen in statement.seen_by for span in seen.spans]
    seen_until = max((span.until for span in spans), default=None)
    return DocketBrief(
        case=CaseRef(statement.case_id, statement.case_label),
        docket=docket,
        acts=tuple(acts[:_MOST_ACTS]),
        others=others + max(0, len(acts) - _MOST_ACTS),
        seen_until=seen_until,
        holes=tuple(Hole(hole.since, hole.until) for hole in _holes(spans, seen_until, asked)),
    )


def _holes(spans: Sequence[Span], seen_until: datetime | None, asked: Span) -> Sequence[Span]:
    """When nobody saw the docket; that the last hours are still to come is none."""
    if seen_until is None:
        return []
    is_usual = asked.until - seen_until <= _USUAL_LAG
    return unseen(Span(asked.since, seen_until if is_usual else asked.until), spans)
