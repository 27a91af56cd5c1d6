"""A row that lists one document twice; a text with a sign that a database refuses."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.decide.policy import Policy
from monitor.match.watchlist import make_watchlist
from monitor.model.outcome import PollOutcome
from monitor.model.reading import Reading
from monitor.poll import Poller, claim_due
from monitor.sources.courtlistener import rest
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.make import watch
from tests.sources.test_courtlistener_rest import DOCKET, listed, page, reading, row
from tests.sources.test_courtlistener_rows import MAIN


def concluded(store: SqlStore, found: Reading) -> PollOutcome:
    source = listed()
    with store.begin() as unit:
        unit.sources.put([source], NOON)
        unit.watches.put(watch())
        (claim,) = claim_due(unit, NOON, 1, 3600, ids=[source.source_id])
    poller = Poller(None, {}, store, Policy(), lambda: NOON, lambda: 0.5)  # type: ignore[arg-type]
    return poller.conclude(claim, found, make_watchlist([watch()]))


ROWS: dict[str, dict[str, Any]] = {
    "a document twice": {"recap_documents": [MAIN, MAIN]},
    "a document under both its ids": {
        "recap_documents": [MAIN, MAIN | {"pacer_doc_id": "04501000051"}]
    },
    "a null byte in a document's id": {"recap_documents": [MAIN | {"pacer_doc_id": "045\x00"}]},
    "a null byte in a document's number": {
        "recap_documents": [MAIN | {"document_number": "5\x00"}]
    },
    "a null byte in a link": {"recap_documents": [MAIN | {"absolute_url": "/x\x00"}]},
    "half a letter in a document's number": {
        "recap_documents": [MAIN | {"document_number": "\ud800"}]
    },
    "plain": {"recap_documents": [MAIN]},
}


@pytest.mark.parametrize("odd", ROWS.values(), ids=ROWS)
def test_one_odd_row_is_stored_and_costs_no_other(store: SqlStore, odd: dict[str, Any]) -> None:
    outcome = concluded(store, reading(page(DOCKET), page(row(1), row(2, **odd))))
    assert len(outcome.consequences.entries) == 2
    with store.begin() as unit:
        assert len(unit.entries.by_id([e.entry_id for e in outcome.consequences.entries])) == 2


def test_a_loose_document_with_a_number_without_end_breaks_nothing(store: SqlStore) -> None:
    found = reading(page(DOCKET), page(MAIN | {"document_number": "9" * 30}), reader=rest.DOCUMENTS)
    assert not concluded(store, found).failed
