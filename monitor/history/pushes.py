"""What was posted to us, and what became of it."""

from __future__ import annotations

from monitor.errors import UsageError
from monitor.history.answers import PushLine
from monitor.history.record import Record
from monitor.model.push import Push, PushState
from monitor.normalize.text import plain
from monitor.settings.problems import did_you_mean

#: Of a body that somebody looks at.
_LONGEST_BODY = 20_000


def latest(record: Record, *, state: str = "", limit: int) -> tuple[PushLine, ...]:
    """The latest bodies, of all states or of this one."""
    wanted = PushState(state) if state else None
    return tuple(map(_line, record.unit.pushes.latest(limit, wanted)))


def one(record: Record, push_id: str) -> tuple[PushLine, str]:
    """One of them, and the beginning of its body. Raises UsageError where there is none."""
    push = record.unit.pushes.one(push_id)
    if push is None:
        known = did_you_mean(push_id, record.unit.pushes.names(1_000))
        raise UsageError(f"nothing was posted under the name {push_id!r}{known}")
    return _line(push), plain(push.body.decode("utf-8", "replace"), _LONGEST_BODY)


def _line(push: Push) -> PushLine:
    return PushLine(
        push_id=push.push_id,
        source_id=push.source_id,
        received_at=push.received_at,
        state=push.state.value,
        note=push.note,
        processed_at=push.processed_at,
        size=len(push.body),
    )
