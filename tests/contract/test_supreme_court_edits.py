"""The Supreme Court edits its page: nothing is told twice, nothing as withdrawn that is there."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.decide.policy import Policy
from monitor.match.watchlist import make_watchlist
from monitor.model.docket import DocketEntry
from monitor.model.outcome import PollOutcome
from monitor.model.reading import Reading
from monitor.poll import Poller, claim_due
from monitor.ports import Fetched
from monitor.sources.supreme_court.reader import SupremeCourtReader
from monitor.store.database import SqlStore, open_store
from tests.feeds import NOON
from tests.make import watch
from tests.sources.test_supreme_court import PAGE, PDF, SOURCE

Row = dict[str, Any]
WATCH = watch("scotus", number="25-1234", court_id="scotus")
PETITION, DENIED = PAGE["ProceedingsandOrder"][:2]
ROWS: list[Row] = [
    PETITION,
    {"Date": "Jun 20 2026", "Text": "Waiver of right of respondent Jane Doe to respond filed."},
    {"Date": "Jun 24 2026", "Text": "DISTRIBUTED for Conference of 9/29/2026."},
    DENIED,
]


def linked(row: Row, filing: int) -> Row:
    url = PDF.replace("400001", str(filing))
    return row | {"Links": [{"Description": "Main Document", "DocumentUrl": url}]}


@dataclass
class Page:
    """The page of one docket, read once an hour into a real store."""

    store: SqlStore
    rows: list[Row] = field(default_factory=lambda: deepcopy(ROWS))
    hours: int = 0

    def begin(self) -> None:
        with self.store.begin() as unit:
            unit.sources.put([SOURCE], NOON)
            unit.watches.put(WATCH)

    def poll(self) -> PollOutcome:
        self.hours += 1
        now = NOON + timedelta(hours=self.hours)
        with self.store.begin() as unit:
            (claim,) = claim_due(unit, now, 1, 60, ids=[SOURCE.source_id])
        watchlist = make_watchlist([WATCH])
        body = json.dumps(PAGE | {"ProceedingsandOrder": self.rows}).encode()
        reading = SupremeCourtReader().read(claim.source, claim.state, watchlist, (Fetched(body),))
        assert isinstance(reading, Reading)
        poller = Poller(None, {}, self.store, Policy(), lambda: now, lambda: 0.5)  # type: ignore[arg-type]
        return poller.conclude(claim, reading, watchlist)

    def told(self, polls: int = 3) -> list[str]:
        """What is told of the next polls: the withdrawal of a line takes two."""
        outcomes = [self.poll() for _ in range(polls)]
        return [alert.topic for one in outcomes for alert in one.consequences.alerts]


@pytest.fixture
def page(store: SqlStore) -> Page:
    found = Page(store)
    found.begin()
    found.told(1)
    return found


#: A document that comes or goes is kept; that an act of the court can be read for nothing is told.
EDITS: dict[str, tuple[list[Row], list[str]]] = {
    "nothing": (ROWS, []),
    "a document appears": ([*ROWS[:3], linked(DENIED, 9)], ["document_available"]),
    "a document is replaced": ([linked(PETITION, 9), *ROWS[1:]], []),
    "all documents go": ([PETITION | {"Links": []}, *ROWS[1:]], []),
    "a date is corrected": ([*ROWS[:3], DENIED | {"Date": "Oct 06 2026"}], []),
    "words are corrected": ([*ROWS[:3], DENIED | {"Text": "Petition DENIED"}], ["amended"]),
    "a row in the middle": ([*ROWS[:2], linked(ROWS[1], 9), *ROWS[2:]], ["filed"]),
    "a second row of the same words": ([*ROWS, DENIED], ["filed"]),
    "a row at the end": ([*ROWS, DENIED | {"Date": "Nov 02 2026"}], ["filed"]),
    "turned round": (ROWS[::-1], []),
    "a row is removed": ([ROWS[0], *ROWS[2:]], ["amended"]),
    "at once": (
        [
            {"Date": "Nov 02 2026", "Text": "Rehearing DENIED."},
            linked(DENIED | {"Date": "Oct 06 2026"}, 9),
            *ROWS[2:0:-1],
            linked(PETITION, 10),
        ],
        ["document_available", "filed"],
    ),
}


@pytest.mark.parametrize(("rows", "topics"), EDITS.values(), ids=EDITS)
def test_an_edit_is_told_as_what_it_is(page: Page, rows: list[Row], topics: list[str]) -> None:
    page.rows = rows
    assert sorted(page.told()) == topics
    assert page.told() == []


def test_two_equal_rows_are_two_entries_from_the_first_reading_on(store: SqlStore) -> None:
    page = Page(store, rows=[*deepcopy(ROWS), DENIED])
    page.begin()
    outcome = page.poll()
    assert len({entry.entry_id for entry in outcome.consequences.entries}) == 5
    assert page.told() == []


def test_a_row_that_is_gone_comes_back_as_itself(page: Page) -> None:
    page.rows = ROWS[:3]
    assert page.told() == ["amended"]
    page.rows = ROWS
    outcome = page.poll()
    (entry,) = outcome.consequences.entries
    assert not entry.is_withdrawn
    assert [alert.topic for alert in outcome.consequences.alerts] == ["amended"]


def test_a_row_is_missed_once_and_corrected_when_it_comes_back(page: Page) -> None:
    page.rows = ROWS[:3]
    assert page.told(1) == []
    page.rows = [*ROWS[:3], linked(DENIED | {"Text": "Petition DENIED"}, 9)]
    assert page.told() == ["amended", "document_available"]


def test_a_row_that_is_like_one_that_is_gone_is_new(page: Page) -> None:
    page.rows = ROWS[:3]
    page.told()
    page.rows = [*ROWS[:3], DENIED | {"Text": "Petition DENIED. Justice Roe took no part."}]
    assert page.told() == ["filed"]


@given(st.lists(st.sampled_from(["document", "date", "words", "turn", "row"]), max_size=8))
@settings(max_examples=25, deadline=None)
def test_whatever_is_edited_only_a_new_row_is_filed_and_none_is_withdrawn(
    script: list[str],
) -> None:
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/m.db")
        page = Page(store)
        page.begin()
        page.told(1)
        for place, edit in enumerate(script):
            _edit(page.rows, edit, place)
            told = page.told(3)
            assert told.count("filed") == (edit == "row"), (script, place)
            assert len(told) <= 1
        assert not any(entry.is_withdrawn for entry in _entries(store))
        store.close()


def _edit(rows: list[Row], edit: str, place: int) -> None:
    row = place % len(rows)
    match edit:
        case "document":
            rows[row] = linked(rows[row], 500_000 + place)
        case "date":
            rows[row] |= {"Date": f"Oct {place + 10} 2026"}
        case "words":
            rows[row] |= {"Text": f"{rows[row]['Text']} ({place})"}
        case "turn":
            rows.reverse()
        case _:
            words = f"Brief no. {place} of {'wxyz'[place % 4] * 30} filed."
            rows.insert(row, {"Date": "Oct 30 2026", "Text": words})


def _entries(store: SqlStore) -> list[DocketEntry]:
    with store.begin() as unit:
        return list(unit.entries.recent(date(2026, 1, 1)))
