"""Whether polls and deliveries progress: what a dead man's switch hangs on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.history.figures import figures
from monitor.history.record import Record
from monitor.render.message import span
from monitor.store import rows, schema

#: A mail server may be down for so long before somebody is to look.
PATIENCE = timedelta(hours=1)


def why_no_progress(record: Record, recipients: Collection[str], now: datetime) -> str:
    """What stands still, in words; empty while something is read and everything due is sent."""
    return _of_polls(record, now) or _of_deliveries(record, recipients, now)


def _of_polls(record: Record, now: datetime) -> str:
    """One court that is read is enough: that others fail is told, and is no reason to be dead."""
    t = schema.sources
    found = [
        (rows.to_source(row), rows.to_state(row))
        for row in record.rows(sa.select(t).where(t.c.enabled))
    ]
    read = [
        (source, state)
        for source, state in found
        if source.traits.shows_filings and not source.traits.is_pushed
    ]
    if not read:
        return ""
    is_fresh = (
        state.last_good_at and now - state.last_good_at <= max(3 * source.every, PATIENCE)
        for source, state in read
    )
    return "" if any(is_fresh) else "no source of filings was read well for an hour"


def _of_deliveries(record: Record, recipients: Collection[str], now: datetime) -> str:
    off = {one.recipient for one in record.unit.channels.off()}
    if recipients and off.issuperset(recipients):
        return "every recipient is off: nobody is told of anything"
    late = figures(record, now).late
    for name in sorted(set(recipients) & late.keys()):
        if late[name] > PATIENCE:
            return f"deliveries to {name} wait since {span(late[name].total_seconds())}"
    return ""
