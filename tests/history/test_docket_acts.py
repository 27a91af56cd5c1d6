"""What is read of a docket to say where it stands leaves out nothing on which that depends."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.classify.entry import judged
from monitor.history.case_status import case_status
from monitor.history.docket_acts import acts_of, extent_of
from monitor.history.docket_status import docket_status
from monitor.history.entries import lines
from monitor.history.questions import EntryQuery
from monitor.history.record import reading
from monitor.history.related import related
from monitor.model.docket import Docket, DocketEntry, EntryKind, Judgement
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.history.test_paging import keep
from tests.make import DOCKET_ID, docket, entry

BELOW, ABOVE = docket(), docket("26-5006", "cadc")
TEXTS = (
    "ORDER granting 8 Motion for Preliminary Injunction",
    "ORDER denying 8 Motion for Preliminary Injunction",
    "ORDER dissolving the preliminary injunction",
    "MINUTE ORDER staying the case pending appeal",
    "MINUTE ENTRY for hearing held; the injunction is modified",
    "MOTION to Stay Pending Appeal",
    "MOTION for Preliminary Injunction",
    "JUDGMENT that the order of the District Court be AFFIRMED",
    "OPINION: the preliminary injunction is VACATED and the case REMANDED",
    "PER CURIAM ORDER granting the motion for stay pending appeal",
    "MANDATE ISSUED to Clerk, U.S. District Court",
    "USCA Mandate as to 12 Notice of Appeal",
    "NOTICE OF APPEAL as to 10 Order",
    "NOTICE of Appearance by Jane Roe",
    "CERTIFICATE of Service",
    "TRANSCRIPT of Proceedings held on 3/4/2026",
    "RESPONSE to 8 Motion",
    "STIPULATION of Dismissal by all parties",
    "REPORT AND RECOMMENDATION that 8 Motion be granted",
    "",
)
EVENTS = (
    (),
    ("Order",),
    ("Notice (Other)",),
    ("Opinion",),
    ("Judgment",),
    ("USCA Mandate",),
    ("Certified Judgment and Mandate",),
    ("Order on Motion to Stay",),
)


def _some(chance: random.Random, on: Docket, count: int) -> list[DocketEntry]:
    return [
        entry(
            f"{on.court_id}{n:03}",
            chance.choice(TEXTS),
            events=chance.choice(EVENTS),
            docket_id=on.docket_id,
            entry_number=chance.choice([None, n]),
            date_filed=chance.choice(
                [None, date(2026, 3, 1) + timedelta(days=chance.randint(0, 9))]
            ),
            published_at=chance.choice([None, NOON + timedelta(hours=n)]),
            is_withdrawn=chance.random() < 0.1,
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("are_judged", [True, False])
def test_the_status_is_that_of_all_entries(store: SqlStore, seed: int, are_judged: bool) -> None:
    chance = random.Random(seed)
    below, above = _some(chance, BELOW, 25), _some(chance, ABOVE, 9)
    keep(store, *below, *above, dockets=[BELOW, ABOVE], are_judged=are_judged)
    with reading(store) as record:
        whole, some = [], []
        for one in (BELOW, ABOVE):
            everything = record.unit.entries.without_parts()
            whole.append((one, [e for e in everything if e.docket_id == one.docket_id]))
            some.append((one, acts_of(record, one.docket_id)))
    assert case_status(some) == case_status(whole)
    assert are_judged is (sum(len(acts) for _, acts in some) < len(below) + len(above))
    for (one, acts), (_, all_of_it) in zip(some, whole, strict=True):
        assert docket_status(one, acts) == docket_status(one, all_of_it)


def test_what_older_rules_took_for_something_else_is_read(store: SqlStore) -> None:
    order = judged(entry("e1", "ORDER granting 8 Motion for Preliminary Injunction", events=()))
    notice = Judgement(EntryKind.NOTICE, "", is_dispositive=False, rules_version=1)
    later = judged(entry("e2", "NOTICE of Appearance", date_filed=date(2026, 3, 9), events=()))
    keep(store, replace(order, judgement=notice), later, are_judged=False)
    with reading(store) as record:
        acts = acts_of(record, DOCKET_ID)
    assert {one.entry_id for one in acts} == {"e1", "e2"}
    assert docket_status(BELOW, acts).relief is not None


def test_the_extent_of_a_docket_counts_what_stands(store: SqlStore) -> None:
    keep(
        store,
        entry("e1", date_filed=date(2026, 3, 2)),
        entry("e2", date_filed=None, first_seen_at=NOON - timedelta(days=3)),
        entry("e3", date_filed=date(2020, 1, 1), merged_into="e1"),
        entry("e4", date_filed=date(2026, 3, 1), is_withdrawn=True),
    )
    with reading(store) as record:
        extent = extent_of(record, DOCKET_ID)
        nothing = extent_of(record, "dcd/1:25-cv-99999")
    assert (extent.count, extent.begins) == (3, (NOON - timedelta(days=3)).date())
    assert (nothing.count, nothing.begins) == (0, None)


@pytest.mark.parametrize("are_judged", [True, False])
def test_what_rules_on_an_entry_is_found_by_its_number(store: SqlStore, are_judged: bool) -> None:
    keep(
        store,
        entry("motion", "MOTION to Stay", entry_number=8, events=()),
        entry("longer", "MOTION to Compel", entry_number=88, events=()),
        entry("order", "ORDER denying 8 Motion to Stay", entry_number=9, events=()),
        entry("other", "ORDER denying 88 Motion to Compel", entry_number=89, events=()),
        are_judged=are_judged,
    )
    with reading(store) as record:
        found = {one.entry_id: one for one in lines(record, EntryQuery())}
        of_motion, of_order = related(record, found["motion"]), related(record, found["order"])
    assert [[one.entry_id for one in some] for some in of_motion] == [[], ["order"]]
    assert [[one.entry_id for one in some] for some in of_order] == [["motion"], []]
