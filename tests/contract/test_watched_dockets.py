"""What was filed on watched dockets: by the same rule by which the watchlist covers them."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.match.watchlist import make_watchlist
from monitor.model.outcome import Consequences
from monitor.store.database import SqlStore
from tests.make import docket, entry, watch

COVERED = {
    "every docket of the court": ("*", "1:25-cv-00457"),
    "all defendants": ("1:14-cr-10363", "1:14-cr-10363-2"),
}


@pytest.mark.parametrize(("watched", "seen"), COVERED.values(), ids=COVERED)
def test_what_a_watch_covers_is_found_when_the_press_writes_of_it(
    store: SqlStore, watched: str, seen: str
) -> None:
    on = docket(seen)
    assert make_watchlist([watch(number=watched)]).watches_of("dcd", seen)
    with store.begin() as unit:
        unit.watches.put(watch(number=watched))
        unit.entries.save(Consequences(dockets=(on,), entries=(entry(docket_id=on.docket_id),)))
        assert [one.entry_id for one in unit.entries.recent(date(2026, 3, 1))] == ["e1"]
