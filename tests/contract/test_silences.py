"""What is muted waits, and is never lost: acts of courts until the next morning, the rest until the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from monitor.model.alert import Silenced
from monitor.model.delivery import Rule
from monitor.model.docket import EntryKind
from monitor.model.silence import Silence
from monitor.store.database import SqlStore
from tests.contract.test_digests import TEN, at, dispatcher, told_at
from tests.contract.test_dispatch import Office
from tests.make import DAY, ORDER, amended, filed, gap_opened

NOW = Rule("all", ("desk", "hook"))
NOTICE = replace(ORDER, kind=EntryKind.NOTICE)


@pytest.fixture
def office(store: SqlStore) -> Office:
    return Office(store, TEN)


def mute(office: Office, until: timedelta = 3 * DAY, **what: Any) -> Silence:
    silence = Silence("s-1", TEN, TEN + until, "we know", **what)
    with office.store.begin() as unit:
        unit.silences.add(silence)
    return silence


def told(office: Office) -> list[list[str]]:
    """What the desk was told, without the notes on silences."""
    return [
        [one.alert.alert_id for one in got.alerts if not isinstance(one.alert, Silenced)]
        for got in office.desk.accepted
    ]


async def test_a_routine_paper_waits_for_the_end_and_an_order_for_the_morning(
    office: Office,
) -> None:
    lanes = dispatcher(office, NOW)
    mute(office, case_id="ctr-v-irs", recipient="desk")
    told_at(office, TEN, filed("o1", "e1"), filed("n1", "e2", judgement=NOTICE))
    await lanes.drain()
    assert told(office) == []
    assert sorted(office.hook.told) == [["n1"], ["o1"]]  # muted for the desk alone
    office.now = at(3, 5, 8)
    await lanes.drain()
    assert told(office) == [["o1"]]
    office.now = TEN + 3 * DAY
    await lanes.drain()
    assert told(office) == [["o1"], ["n1"]]


async def test_a_digest_says_what_is_muted_and_why_once(office: Office) -> None:
    lanes = dispatcher(office, NOW)
    mute(office, case_id="ctr-v-irs")
    for place in range(3):
        told_at(office, TEN + place * timedelta(minutes=5), filed(f"o{place}", f"e{place}"))
        await lanes.drain()
    office.now = at(3, 5, 8)
    await lanes.drain()
    (digest,) = office.desk.accepted
    notes = [one.alert for one in digest.alerts if isinstance(one.alert, Silenced)]
    assert [(one.silence_id, one.reason) for one in notes] == [("s-1", "we know")]
    assert "silenced by s-1" in digest.alerts[0].rule
    assert told(office) == [["o0", "o1", "o2"]]


async def test_what_other_cases_are_told_is_not_muted(office: Office) -> None:
    lanes = dispatcher(office, NOW)
    mute(office, case_id="roe-v-poe")
    mute_docket = Silence("s-2", TEN, TEN + DAY, "x", docket_id="cadc/26-5006")
    with office.store.begin() as unit:
        unit.silences.add(mute_docket)
    told_at(office, TEN, filed("o1", "e1"), gap_opened("g1"))
    await lanes.drain()
    assert sorted(told(office)) == [["g1"], ["o1"]]


async def test_a_silence_that_is_ended_lets_go_at_once(office: Office) -> None:
    lanes = dispatcher(office, NOW)
    silence = mute(office, topics=("filed",))
    told_at(office, TEN, filed("n1", "e2", judgement=NOTICE))
    await lanes.drain()
    with office.store.begin() as unit:
        unit.silences.end(silence, office.now)
        assert unit.silences.on(office.now) == []
    await lanes.drain()
    assert told(office) == [["n1"]]
    told_at(office, TEN + timedelta(hours=1), filed("n2", "e3", judgement=NOTICE))
    await lanes.drain()
    assert told(office) == [["n1"], ["n2"]]


async def test_an_amendment_under_it_joins_its_filing(office: Office) -> None:
    lanes = dispatcher(office, NOW)
    mute(office, case_id="ctr-v-irs", recipient="desk")
    told_at(office, TEN, filed("o1", "e1"))
    await lanes.drain()
    told_at(office, TEN + timedelta(hours=2), amended("a1", "e1", amends="o1"))
    await lanes.drain()
    office.now = at(3, 5, 8)
    await lanes.drain()
    assert told(office) == [["o1", "a1"]]


async def test_an_ended_one_mutes_nothing(office: Office) -> None:
    lanes = dispatcher(office, NOW)
    mute(office, until=DAY, case_id="ctr-v-irs")
    told_at(office, TEN + DAY, filed("o1", "e1"))
    await lanes.drain()
    assert told(office) == [["o1"]]
