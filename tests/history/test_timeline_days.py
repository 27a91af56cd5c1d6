"""A case's timeline between two days, on both databases; and what is said of each event."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TextIO, cast

from monitor.history.answers import AppealLine
from monitor.history.record import reading
from monitor.history.timeline import ALL_DAYS, CaseTimeline, Days, timeline
from monitor.show.cli.terminal import Terminal
from monitor.show.cli.timeline_drawn import draw
from monitor.show.cli.timeline_events import Event, Sort, events
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.history.test_paging import keep
from tests.make import DAY, docket, entry, watch

ABOVE = docket("26-5006", "cadc")
NOW = NOON + 30 * DAY
MARCH = date(2026, 3, 1)


def told(store: SqlStore, days: Days = ALL_DAYS) -> CaseTimeline:
    with reading(store) as record:
        return timeline(record, "ctr-v-irs", NOW, days)


def case_of(store: SqlStore) -> CaseTimeline:
    keep(
        store,
        entry("first", "COMPLAINT", entry_number=1, date_filed=MARCH),
        entry("denied", "ORDER denying 7 Motion", entry_number=11, date_filed=MARCH + timedelta(9)),
        entry("up", "PER CURIAM ORDER", docket_id=ABOVE.docket_id, date_filed=MARCH + timedelta(20),
              entry_number=None),
        dockets=[docket(), ABOVE],
        watches=[watch("below"), replace(watch("above", number="26-5006"), court_id="cadc")],
    )  # fmt: skip
    return told(store)


def test_both_days_belong_to_what_is_asked(store: SqlStore) -> None:
    whole = case_of(store)
    assert [len(lane.marks) for lane in whole.lanes] == [1, 1]
    assert [lane.others for lane in whole.lanes] == [1, 0]
    ninth = MARCH + timedelta(9)
    one_day = told(store, Days(ninth, ninth))
    assert [(lane.docket_number, len(lane.marks), lane.others) for lane in one_day.lanes] == [
        ("1:25-cv-00457", 1, 0)
    ]
    later = told(store, Days(ninth + timedelta(1), date.max))
    assert [len(lane.marks) for lane in later.lanes] == [0, 1]
    assert later.lanes[0].begins == MARCH


def test_events_stand_in_their_order_and_today_among_them(store: SqlStore) -> None:
    found = events(case_of(store), NOW, ALL_DAYS)
    days = [one.day for one in found]
    assert days == sorted(days)
    sorts = {one.sort for one in found}
    assert {Sort.BEGINS, Sort.TODAY, Sort.UNSEEN} <= sorts
    only = events(told(store), NOW, Days(MARCH + timedelta(9), MARCH + timedelta(9)))
    assert [one.sort for one in only if one.sort is not Sort.UNSEEN] in (
        [Sort.ACT],
        [Sort.DECISIVE],
    )


def drawn(case: CaseTimeline, found: tuple[Event, ...]) -> list[str]:
    sent = io.StringIO()
    draw(Terminal(sent), case, found, 100)
    return re.sub(r"\x1b\[[0-9;]*m", "", sent.getvalue()).splitlines()


def test_an_appeal_branches_off_the_docket_below(store: SqlStore) -> None:
    case = case_of(store)
    appeal = AppealLine(docket().docket_id, "cadc", "26-5006", "bound", "")
    bound = replace(case, board=replace(case.board, appeals=(appeal,)))
    (row,) = (
        one for one in drawn(bound, events(bound, NOW, ALL_DAYS)) if "Cir. 26-5006 begins" in one
    )
    assert "├──╮" in row
    assert "from D.D.C. 25-cv-457" in row
    (alone,) = (one for one in drawn(case, events(case, NOW, ALL_DAYS)) if "26-5006 begins" in one)
    assert "├" not in alone


def test_only_styles_get_past_the_terminals_defence() -> None:
    sent = io.StringIO()
    terminal = Terminal(cast(TextIO, Terminal(sent)))
    terminal.write_styled("\x1b[1m", "a\x1b[2Jb", "\x1b[0m")
    terminal.write_styled("\x1b]0;title\x07", "c", "\x1b[2J")
    assert sent.getvalue() == "\x1b[1ma[2Jb\x1b[0mc"
