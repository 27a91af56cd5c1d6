"""A wrong join is taken back in the store, and told; two entries that are one become one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from monitor.decide.policy import Policy
from monitor.history import entries as history
from monitor.history import record
from monitor.history.questions import EntryQuery
from monitor.match.watchlist import make_watchlist
from monitor.model.alert import Alert, Amended, Filed
from monitor.model.change import EntryRevised, EntryWithdrawn
from monitor.model.docket import DocketEntry, Document, Sighting
from monitor.model.follow import AppealCandidate, FollowState
from monitor.model.outcome import PollOutcome
from monitor.model.quota import Limit
from monitor.model.reading import Reading
from monitor.model.source import ShownItem, Source, Window
from monitor.model.subjects import case_of
from monitor.model.watch import Watch
from monitor.poll import Poller, claim_due
from monitor.ports import Fetched, Request
from monitor.sources.court_rss import COURT_RSS
from monitor.sources.courtlistener import ENTRIES
from monitor.store.database import SqlStore
from tests.feeds import NOON

NUMBER = "1:25-cv-00457"
SOURCES = {
    name: Source(
        name, kind, "https://x", timedelta(minutes=10), court_id="dcd", docket_number=number
    )
    for name, kind, number in (
        ("court", COURT_RSS, ""),
        ("cl", ENTRIES, NUMBER),
    )
}
WATCH = Watch("w", "case", "A v. B", "dcd", NUMBER, NOON - timedelta(days=1))


class Nobody:
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
            unit.sources.put(list(SOURCES.values()), self.now)
            unit.watches.put(WATCH)
        for name in SOURCES:
            self.read(name)

    def read(self, name: str, *seen: Sighting) -> Sequence[Alert]:
        self.now += timedelta(minutes=10)
        poller = Poller(Nobody(), {}, self.store, Policy(), lambda: self.now, lambda: 0.5)
        with self.store.begin() as unit:
            (claim,) = claim_due(unit, self.now, 1, 60, [name])
        reading = Reading(seen, window=Window())
        return poller.conclude(claim, reading, make_watchlist([WATCH])).consequences.alerts

    def entries(self) -> list[DocketEntry]:
        with record.reading(self.store) as found:
            lines = list(history.lines(found, EntryQuery()))
            return [found.unit.entries.by_id([line.entry_id])[0] for line in lines]


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
    assert isinstance(amended, Amended)
    fields = [c.field if isinstance(c, EntryRevised) else "" for c in amended.changes]
    assert fields == ["", "same_as"]
    (entry,) = readings.entries()
    assert entry.text == "SCHEDULE of the court"
    assert isinstance(filed, Filed)
    with record.reading(readings.store) as shown:
        assert history.detail(shown, filed.entries[0].entry_id).entry_id == entry.entry_id
    assert not readings.read("court", stub(10))


# --- what once broke ---


def conclude(
    readings: Readings, name: str, reading: Reading, watches: Sequence[Watch] = (WATCH,)
) -> PollOutcome:
    readings.now += timedelta(minutes=10)
    policy = Policy(has_api=True)
    poller = Poller(Nobody(), {}, readings.store, policy, lambda: readings.now, lambda: 0.5)
    with readings.store.begin() as unit:
        (claim,) = claim_due(unit, readings.now, 1, 60, [name])
        follows = unit.watches.follows()
    return poller.conclude(claim, reading, make_watchlist(watches, follows))


def test_two_orders_in_the_same_words_on_two_days_are_two(readings: Readings) -> None:
    words = "MINUTE ORDER granting motion for extension of time"
    readings.read("cl", row(9, words))
    later = replace(row(10, words), date_filed=date(2026, 3, 3))
    (filed,) = readings.read("cl", row(9, words), later)
    assert filed.topic == "filed"
    assert len(readings.entries()) == 2


def test_a_document_that_moves_to_another_number_breaks_nothing(readings: Readings) -> None:
    readings.read("cl", row(9, "ORDER", entry_number=48), row(10, "MOTION", entry_number=49))
    loose = Sighting(
        "court", "cl:doc:5", "dcd", NUMBER, entry_number=48, documents=DOCUMENT, is_supplement=True
    )
    readings.read("court", loose)
    moved = (replace(DOCUMENT[0], number="49"),)
    readings.read("court", replace(loose, entry_number=49, documents=moved))
    assert len(readings.entries()) == 2


def test_a_text_that_comes_back_is_told_each_time(readings: Readings) -> None:
    readings.read("court", stub(10))
    told: set[str] = set()
    for words in ("granting", "denying", "granting", "denying"):
        told |= {a.alert_id for a in readings.read("cl", row(9, f"ORDER {words} it", 10))}
    assert len(told) == 4


def test_what_was_withdrawn_and_is_shown_again_is_told(readings: Readings) -> None:
    readings.read("court", stub(10))
    window = Window(shown=(ShownItem("ff", "dcd:seq:1:99", NOON),))
    gone = Reading(vanished=("dcd:seq:1:10",), window=window)
    (withdrawn,) = conclude(readings, "court", gone).consequences.alerts
    assert isinstance(withdrawn, Amended)
    assert isinstance(withdrawn.changes[0], EntryWithdrawn)
    assert readings.entries()[0].is_withdrawn
    (again,) = readings.read("court", stub(10))
    assert isinstance(again, Amended)
    (change,) = again.changes
    assert isinstance(change, EntryRevised)
    assert change.after == "shown again"
    assert not readings.entries()[0].is_withdrawn


def test_a_build_date_that_lies_ahead_vouches_for_nothing(readings: Readings) -> None:
    conclude(readings, "court", Reading(window=Window(), built_at=readings.now))
    before = readings.now
    ahead = readings.now + timedelta(days=3000)
    outcome = conclude(readings, "court", Reading(window=Window(), built_at=ahead))
    assert outcome.state.built_at is not None
    assert outcome.state.built_at <= before
    assert outcome.state.covered_until == outcome.state.built_at
    assert "lies ahead" in outcome.state.last_error
    readings.now += timedelta(days=10)
    late = Reading(window=Window(), built_at=readings.now)
    kinds = [c.kind for c in conclude(readings, "court", late).consequences.changes]
    assert "gap_opened" in kinds


def test_a_wrong_clock_stops_no_source_for_years(readings: Readings) -> None:
    right = readings.now
    readings.now += timedelta(days=3650)
    readings.read("court")
    with readings.store.begin() as unit:
        due = claim_due(unit, right + timedelta(hours=1), 5, 60)
    assert "court" in {claim.source.source_id for claim in due}


def test_raised_limits_replace_the_old_ones(readings: Readings) -> None:
    for limits in (((5, 60), (125, 86_400)), ((60, 60), (5000, 86_400))):
        stated = tuple(Limit(f"{n}/{s}", n, s) for n, s in limits)
        conclude(readings, "cl", Reading(limits=stated))
    with readings.store.begin() as unit:
        assert [a.limit for a in unit.quota.spent(readings.now).limits] == [60, 5000]


def test_a_gap_is_not_kept_open_by_a_docket_that_nobody_reads(readings: Readings) -> None:
    cl = replace(SOURCES["cl"], source_id=f"cl:entries:dcd/{NUMBER}")
    with readings.store.begin() as unit:
        unit.sources.put([cl], readings.now)
    other = replace(WATCH, watch_id="w2", docket_number="1:25-cv-00999")
    with readings.store.begin() as unit:
        unit.watches.put(other)
    conclude(readings, "court", Reading(window=Window(), built_at=readings.now))
    readings.now += timedelta(days=3)
    late = Reading(window=Window(), built_at=readings.now)
    assert conclude(readings, "court", late, (WATCH, other)).consequences.look_ups
    kinds: list[str] = []
    for _ in range(12):
        outcome = conclude(readings, cl.source_id, Reading(window=Window()))
        kinds += [change.kind for change in outcome.consequences.changes]
    assert kinds.count("gap_closed") == 1


def test_a_flood_of_one_case_hides_no_filing_of_another(readings: Readings) -> None:
    other = Watch(
        "w2", "case2", "C v. D", "dcd", "1:25-cv-00999", readings.now, told_at=readings.now
    )
    with readings.store.begin() as unit:
        unit.watches.put(other)
    readings.now += timedelta(hours=10)
    theirs = replace(
        stub(99), docket_number="1:25-cv-00999", entry_keys=("dcd:seq:2:99",), sighting_key="k99",
        published_at=readings.now - timedelta(minutes=5),
    )  # fmt: skip
    flood = [stub(n, f"Order {n}") for n in range(10, 17)]
    reading = Reading((theirs, *flood), window=Window(), built_at=readings.now)
    alerts = conclude(readings, "court", reading, (WATCH, other)).consequences.alerts
    told = Counter((alert.topic, case_of(alert)) for alert in alerts)
    assert told["caught_up", "case"] == 1
    assert told["filed", "case"] == 7
    assert told["filed", "case2"] == 1


def notice(sequence: int, day: date) -> Sighting:
    seen = stub(sequence, "Notice of Appeal to DC Circuit Court")
    return replace(seen, date_filed=day, published_at=None, case_name="ACME TAX CLINIC v. IRS")


def test_an_old_notice_of_appeal_still_leads_to_its_appeal(readings: Readings) -> None:
    conclude(readings, "court", Reading((notice(10, date(2026, 1, 10)),), window=Window()))
    found = AppealCandidate("cadc", "26-5001", "Acme v. IRS", NUMBER, date(2026, 1, 14))
    outcome = conclude(readings, "cl", Reading(appeals=(found,), window=Window()))
    assert [(f.appeal_number, f.state) for f in outcome.consequences.follows] == [
        ("26-5001", FollowState.BOUND)
    ]


def test_an_old_appeal_that_is_spoken_of_settles_no_new_one(readings: Readings) -> None:
    mandate = replace(stub(9, "USCA Mandate"), text="MANDATE of USCA; USCA Case Number 25-5001")
    conclude(readings, "court", Reading((mandate,), window=Window()))
    conclude(readings, "court", Reading((notice(10, date(2026, 3, 2)),), window=Window()))
    again = replace(mandate, sighting_key="again", entry_keys=("dcd:seq:1:11",))
    conclude(readings, "court", Reading((again,), window=Window()))
    with readings.store.begin() as unit:
        states = {(f.appeal_number, f.state.value) for f in unit.watches.follows()}
    assert states == {("25-5001", "bound"), ("", "pending")}
