"""A filing that waits for its text leaves together with it, in one message."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from monitor.decide.policy import Policy
from monitor.dispatch import Dispatcher
from monitor.match.watchlist import make_watchlist
from monitor.model.delivery import Hold, Notification, Rule
from monitor.model.docket import Sighting
from monitor.model.reading import Reading
from monitor.model.source import Window
from monitor.poll import Poller, claim_due
from monitor.sources.courtlistener import ENTRIES
from monitor.store.database import SqlStore
from tests.contract.test_healing import Nobody
from tests.feeds import NOON
from tests.make import DOCKET_ID, NUMBER, source, watch

KEY = "dcd:seq:1:10"
CL = f"cl:entries:{DOCKET_ID}"
STUB = Sighting(
    "court:dcd", KEY, "dcd", NUMBER, entry_keys=(KEY,), event_name="Order",
    date_filed=date(2026, 3, 2), published_at=NOON,
)  # fmt: skip
TEXT = Sighting(
    CL, "cl:9", "dcd", NUMBER, entry_keys=(KEY, "cl:9"), text="ORDER denying 7 Motion to Stay.",
    date_filed=date(2026, 3, 2),
)  # fmt: skip


class Desk:
    def __init__(self) -> None:
        self.received: list[Notification] = []

    async def deliver(self, notification: Notification) -> str:
        self.received.append(notification)
        return "250 ok"


async def test_a_filing_that_was_held_for_its_text_leaves_with_it(store: SqlStore) -> None:
    now, desk = NOON, Desk()
    poller = Poller(Nobody(), {}, store, Policy(has_api=True), lambda: now, lambda: 0.5)
    dispatcher = Dispatcher(
        store, {"desk": desk}, [Rule("all", ("desk",), topics=("filed", "amended"))],
        lambda: now, lambda: 0.5,
    )  # fmt: skip

    def reads(name: str, at: datetime, *seen: Sighting) -> None:
        nonlocal now
        now = at
        with store.begin() as unit:
            (claim,) = claim_due(unit, now, 1, 60, [name])
        poller.conclude(claim, Reading(seen, window=Window()), make_watchlist([watch()]))

    with store.begin() as unit:
        unit.sources.put([source(), source(CL, ENTRIES, docket_number=NUMBER)], NOON)
        unit.watches.put(watch())
    reads("court:dcd", NOON)
    reads(CL, NOON)
    reads("court:dcd", NOON + timedelta(minutes=10), STUB)
    assert await dispatcher.drain() == 0  # as the daemon does every two seconds
    with store.begin() as unit:
        assert [one.hold for one in unit.outbox.held(["desk"], now)] == [Hold.TEXT]
    reads(CL, now + timedelta(seconds=5), TEXT)
    await dispatcher.drain()
    now += timedelta(hours=1)
    await dispatcher.drain()
    assert [[r.alert.topic for r in n.alerts] for n in desk.received] == [["filed", "amended"]]
