"""A delivery that is under way is not begun a second time because somebody asks for a retry."""

from __future__ import annotations

from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.make import filed, notification


def test_a_retry_does_not_send_what_is_being_sent(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.outbox.add([filed()])
        unit.outbox.plan([notification()], NOON)
        under_way = unit.outbox.claim("desk", NOON, 210)
    assert under_way is not None
    with store.begin() as unit:
        unit.outbox.retry(under_way.delivery_id, NOON)
        assert unit.outbox.claim("desk", NOON, 210) is None
