"""What is asked of CourtListener before its turn, until when, and which gaps the answers close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from monitor.decide.compare import compare
from monitor.decide.evidence import Evidence
from monitor.decide.filings import tell_filings
from monitor.decide.look_ups import judge_look_ups, text_look_up_id
from monitor.decide.policy import Policy
from monitor.decide.quota import TEXT_LADDER
from monitor.model.alert import GapClosed
from monitor.model.change import GapOpened
from monitor.model.coverage import OpenGap
from monitor.model.docket import Sighting
from monitor.model.outcome import Consequences
from monitor.model.quota import LookUp, Priority, Purpose
from monitor.model.reading import Memory, Reading
from monitor.model.source import Source
from monitor.model.watch import EVERYTHING
from monitor.sources import courtlistener
from tests.decide.test_compare import CL, known, row, seen
from tests.feeds import NOON
from tests.make import DAY, DOCKET_ID, HOUR, MINUTE, NUMBER, evidence, source, watch

LISTING = source(CL, courtlistener.ENTRIES, docket_number=NUMBER)
FEED = source()
TEXT = "ORDER denying 7 Motion to Stay."
API = Policy(has_api=True)
HOLE = GapOpened("court:dcd", NOON - 40 * HOUR, NOON - 16 * HOUR, "longer than a day")
OPEN = OpenGap(HOLE.source_id, HOLE.from_at, HOLE.until_at, HOLE.reason, NOON - HOUR)


def judged(given: Evidence, gap: GapOpened | None = None) -> Consequences:
    found = compare(given.source.source_id, given.reading, given.memory, given.now)
    return judge_look_ups(given, found, tell_filings(given, found), gap)


def asks(*sightings: Sighting, gap: GapOpened | None = None, **more: Any) -> Sequence[LookUp]:
    values: dict[str, Any] = {"policy": API} | more
    return judged(evidence(Reading(sightings=sightings), **values), gap).look_ups


def asked(
    subject: str, purpose: Purpose = Purpose.TEXT, *, of: str = CL, attempts: int = 0, **more: Any
) -> LookUp:
    values: dict[str, Any] = {"asked_at": NOON - HOUR, "next_at": NOON - MINUTE} | more
    priority = Priority.TEXT if purpose is Purpose.TEXT else Priority.GAP
    return LookUp(purpose, of, subject, priority, attempts=attempts, **values)


def answers(
    *sightings: Sighting, memory: Memory, by: Source = LISTING, **more: Any
) -> Consequences:
    return judged(evidence(Reading(sightings=sightings, **more), by=by, memory=memory, policy=API))


# --- texts ---


def test_the_text_of_a_fresh_stub_is_asked_for_at_once() -> None:
    (one,) = asks(seen())
    assert (one.purpose, one.source_id, one.next_at) == (Purpose.TEXT, CL, NOON)
    assert one.priority is Priority.TEXT


UNASKED: dict[str, tuple[Sighting, dict[str, Any]]] = {
    "it is there": (seen(text=TEXT), {}),
    "there is no token": (seen(), {"policy": Policy(has_api=False)}),
    "nobody watches": (seen(docket_number="1:25-cv-00999"), {}),
    "it stood there before": (seen(), {"memory": Memory(), "watches": [watch(since=NOON)]}),
    "it was told": (seen("Order on Motion"), {"memory": known(seen())}),
}


@pytest.mark.parametrize(("item", "more"), UNASKED.values(), ids=UNASKED)
def test_no_text_is_asked_for_that_nobody_waits_for(item: Sighting, more: dict[str, Any]) -> None:
    assert asks(item, **more) == ()


def test_a_text_that_two_cases_wait_for_is_one_question() -> None:
    watches = [watch(), watch("x", case="roe")]
    memory = Memory(baselines=frozenset({"w", "x"}))
    assert len({one.look_up_id for one in asks(seen(), watches=watches, memory=memory)}) == 1


def test_a_text_is_asked_for_no_more_whoever_brought_it() -> None:
    by = source("cl:atom", courtlistener.ATOM, docket_number=NUMBER)
    memory = known(seen())
    brought = replace(row(TEXT), source_id="cl:atom")
    (entry,) = memory.entries
    settled = answers(brought, memory=memory, by=by).settled_look_ups
    assert settled == (text_look_up_id(DOCKET_ID, entry.entry_id),)
    assert settled == (asked(entry.entry_id).look_up_id,)


def waiting(**more: Any) -> tuple[Memory, str]:
    memory = known(seen(), to=CL)
    name = memory.entries[0].entry_id
    return replace(memory, look_ups=(asked(name, **more),)), name


def test_an_answer_without_the_text_is_asked_again_less_urgently() -> None:
    memory, name = waiting()
    said = answers(memory=memory)
    (again,) = said.look_ups
    assert (again.attempts, again.next_at) == (1, NOON + TEXT_LADDER[0])
    assert again.priority is Priority.TEXT_AGAIN
    assert again.look_up_id == memory.look_ups[0].look_up_id
    assert (said.settled_look_ups, said.asked_texts) == ((), (name,))


def test_a_text_that_never_comes_is_given_up() -> None:
    memory, name = waiting(attempts=len(TEXT_LADDER))
    said = answers(memory=memory)
    assert said.look_ups == ()
    assert said.settled_look_ups == (memory.look_ups[0].look_up_id,)
    assert said.asked_texts == (name,)


def test_a_text_that_came_in_its_answer_settles_it() -> None:
    memory, _ = waiting()
    said = answers(row(TEXT), memory=memory)
    assert set(said.settled_look_ups) == {memory.look_ups[0].look_up_id}
    assert said.look_ups == ()


def test_a_question_whose_time_has_not_come_is_left_alone() -> None:
    memory, _ = waiting(next_at=NOON + MINUTE)
    assert answers(memory=memory) == Consequences()


def test_half_a_listing_and_other_sources_answer_nothing() -> None:
    memory, _ = waiting()
    assert answers(memory=memory, is_partial=True) == Consequences()
    assert answers(memory=memory, by=FEED) == Consequences()
    others = replace(memory, look_ups=(asked("e", of="cl:entries:dcd/other"),))
    assert answers(memory=others) == Consequences()


# --- gaps ---


def test_a_gap_makes_every_watched_docket_be_looked_into_once() -> None:
    watches = [watch(), watch("v"), watch("x", number="1:25-cv-00999"), watch("y", number=EVERYTHING)]  # fmt: skip
    found = asks(gap=HOLE, watches=watches)
    assert [one.source_id for one in found] == [CL, "cl:entries:dcd/1:25-cv-00999"]
    assert {(one.purpose, one.subject) for one in found} == {(Purpose.GAP, OPEN.name)}


def test_without_a_token_nobody_is_asked_about_a_gap() -> None:
    assert asks(gap=HOLE, policy=Policy(has_api=False)) == ()


def into_the_gap(*look_ups: LookUp, **more: Any) -> Memory:
    return replace(known(to=CL), look_ups=look_ups, gaps=(replace(OPEN, **more),))


def closed(said: Consequences) -> list[GapClosed]:
    return [alert for alert in said.alerts if isinstance(alert, GapClosed)]


def test_a_gap_is_looked_into_twice_because_the_other_source_may_lag() -> None:
    first = answers(memory=into_the_gap(asked(OPEN.name, Purpose.GAP)))
    assert [one.attempts for one in first.look_ups] == [1]
    assert closed(first) == []
    last = answers(memory=into_the_gap(asked(OPEN.name, Purpose.GAP, attempts=1)))
    assert last.look_ups == ()
    assert [change.kind for change in last.changes] == ["gap_closed"]
    (alert,) = closed(last)
    assert (alert.gap_source_id, alert.gap.from_at) == ("court:dcd", HOLE.from_at)


def test_a_gap_stays_open_while_one_docket_waits_for_its_second_look() -> None:
    other = asked(OPEN.name, Purpose.GAP, of="cl:entries:dcd/other", attempts=1)
    said = answers(memory=into_the_gap(asked(OPEN.name, Purpose.GAP, attempts=1), other))
    assert closed(said) == []
    assert len(said.settled_look_ups) == 1


def test_a_closed_gap_names_what_was_found_before_and_now() -> None:
    memory = into_the_gap(asked(OPEN.name, Purpose.GAP, attempts=1), found=("e0",))
    hidden, fresh = row(TEXT, 10, 900), row("NOTICE of change of address", 11, 901)
    hidden = replace(hidden, date_filed=date(2026, 3, 1))
    said = answers(hidden, replace(fresh, date_filed=date(2026, 3, 3)), memory=memory)
    (alert,) = closed(said)
    assert alert.entry_ids[0] == "e0"
    assert len(alert.entry_ids) == 2


def test_a_gap_of_another_day_is_not_closed_by_the_answer_to_this_one() -> None:
    other = replace(OPEN, from_at=HOLE.from_at - 9 * DAY)
    memory = into_the_gap(asked(OPEN.name, Purpose.GAP, attempts=1))
    said = answers(memory=replace(memory, gaps=(OPEN, other)))
    assert [alert.gap.from_at for alert in closed(said)] == [OPEN.from_at]


def test_a_text_that_is_settled_closes_no_gap() -> None:
    memory, _ = waiting(attempts=len(TEXT_LADDER))
    assert closed(answers(memory=replace(memory, gaps=(OPEN,)))) == []
