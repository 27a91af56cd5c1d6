"""A wrong join is taken back in the store, and told; two entries that are one become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from monitor.decide.policy import Policy
from monitor.match.sieve import make_sieve
from monitor.model.alert import Alert
from monitor.model.docket import DocketEntry, Document, Sighting
from monitor.model.source import Source, SourceKind, Window
from monitor.model.watch import Watch
from monitor.poll import Poller
from monitor.ports import Fetched, Reading, Request
from monitor.store.database import SqlStore
from monitor.store.history import Question, SqlHistory
from tests.feeds import NOON

NUMBER = "1:25-cv-00457"
SOURCES = {
    name: Source(
        name, kind, "https://x", timedelta(minutes=10), court_id="dcd", docket_number=number
    )
    for name, kind, number in (
        ("court", SourceKind.COURT_RSS, ""),
        ("cl", SourceKind.CL_ENTRIES, NUMBER),
    )
}
WATCH = Watch("w", "case", "A v. B", "dcd", NUMBER, NOON - timedelta(days=1))


class _Nobody:
    async def fetch(self, request: Request) -> Fetched:
        raise AssertionError(request)


@dataclass
class Readings:
    """Concludes polls on a real store, ten minutes apart."""

    store: SqlStore
    now: datetime = NOON
    alerts: list[Alert] = field(default_factory=list)

    def begin(self) -> None:
        with self.store.begin() as unit:
            unit.put_sources(list(SOURCES.values()), self.now)
            unit.put_watch(WATCH)
        for name in SOURCES:
            self.read(name)

    def read(self, name: str, *seen: Sighting) -> Sequence[Alert]:
        self.now += timedelta(minutes=10)
        poller = Poller(_Nobody(), {}, self.store, Policy(), lambda: self.now, lambda: 0.5)
        with self.store.begin() as unit:
            (claim,) = unit.claim_due(self.now, 1, 60, [name])
        reading = Reading(seen, window=Window())
        return poller.conclude(claim, reading, make_sieve([WATCH])).alerts

    def entries(self) -> list[DocketEntry]:
        with self.store.reading() as connection:
            return [row.entry for row in SqlHistory(connection).entries(Question())]


@pytest.fixture
def readings(store: SqlStore) -> Readings:
    found = Readings(store)
    found.begin()
    return found


def stub(sequence: int, event: str = "Order", **more: Any) -> Sighting:
    key = f"dcd:seq:1:{sequence}"
    return _seen("court", key, (key,), event_name=event, published_at=NOON, **more)


def row(name: int, text: str, sequence: int | None = None, **more: Any) -> Sighting:
    keys = (f"dcd:seq:1:{sequence}",) if sequence else ()
    return _seen("cl", f"cl:{name}", (*keys, f"cl:{name}"), text=text, **more)


def _seen(source: str, name: str, keys: tuple[str, ...], **more: Any) -> Sighting:
    day = date(2026, 3, 2)
    return Sighting(source, name, "dcd", NUMBER, entry_keys=keys, date_filed=day, **more)


DOCUMENT = (Document("04500000010", "48"),)


def test_a_text_that_belonged_to_another_order_is_taken_back(readings: Readings) -> None:
    readings.read("court", stub(10))
    (amended,) = readings.read("cl", row(9, "ORDER denying the motion"))
    assert amended.topic == "amended"
    alerts = readings.read("cl", row(9, "ORDER denying the motion", 11))
    assert sorted(alert.topic for alert in alerts) == ["amended", "filed"]
    told = {entry.keys[-1]: entry.text for entry in readings.entries()}
    assert told == {"dcd:seq:1:10": "", "dcd:seq:1:11": "ORDER denying the motion"}
    assert not readings.read("cl", row(9, "ORDER denying the motion", 11))
    assert not readings.read("court", stub(10))


def test_documents_go_with_the_views_that_brought_them(readings: Readings) -> None:
    readings.read("court", stub(10))
    readings.read("cl", row(9, "ORDER denying the motion"))
    readings.read("cl", row(9, "ORDER denying the motion", 11, documents=DOCUMENT))
    documents = {entry.keys[-1]: entry.documents for entry in readings.entries()}
    assert documents["dcd:seq:1:10"] == ()
    assert [d.document_id for d in documents["dcd:seq:1:11"]] == ["04500000010"]


def test_two_entries_that_prove_to_be_one_are_told_so(readings: Readings) -> None:
    readings.read("court", stub(10))
    (filed,) = readings.read("cl", row(9, "SCHEDULE of the court"))
    assert filed.topic == "filed"
    (amended,) = readings.read("cl", row(9, "SCHEDULE of the court", 10))
    assert [change["field"] for change in amended.facts["changes"]] == ["", "same_as"]
    (entry,) = readings.entries()
    assert entry.text == "SCHEDULE of the court"
    with readings.store.reading() as connection:
        gone = filed.facts["entries"][0]["entry_id"]
        assert SqlHistory(connection).entry(gone)[0] == entry
    assert not readings.read("court", stub(10))
