"""What a watch covers is found under its case, by the rule by which alerts are led."""

from __future__ import annotations

import pytest

from monitor.history import entries as history
from monitor.history import record
from monitor.history.questions import EntryQuery
from monitor.match.watchlist import make_watchlist
from monitor.model.outcome import Consequences
from monitor.store.database import SqlStore
from tests.make import docket, entry, watch

COVERED = {
    "the docket itself": ("1:14-cr-10363", "1:14-cr-10363", True),
    "a defendant's docket": ("1:14-cr-10363", "1:14-cr-10363-2", True),
    "every docket of the court": ("*", "1:25-cv-00457", True),
    "another docket": ("1:25-cv-00457", "1:25-cv-00458", False),
    "a number that only begins alike": ("1:25-cv-0045", "1:25-cv-00457", False),
}


@pytest.mark.parametrize(("watched", "seen", "is_covered"), COVERED.values(), ids=COVERED)
def test_an_order_that_is_told_for_a_case_is_found_under_it(
    store: SqlStore, watched: str, seen: str, *, is_covered: bool
) -> None:
    on = docket(seen)
    assert bool(make_watchlist([watch(number=watched)]).watches_of("dcd", seen)) == is_covered
    with store.begin() as unit:
        unit.watches.put(watch(number=watched))
        unit.entries.save(Consequences(dockets=(on,), entries=(entry(docket_id=on.docket_id),)))
    with record.reading(store) as found:
        lines = list(history.lines(found, EntryQuery(case_id="ctr-v-irs")))
    assert [line.entry_id for line in lines] == (["e1"] if is_covered else [])
