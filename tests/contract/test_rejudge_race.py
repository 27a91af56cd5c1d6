"""A judgement of words that changed meanwhile does not replace the one of the present words."""

from __future__ import annotations

import pytest

from monitor.classify.entry import judged
from monitor.classify.kinds import RULES_VERSION, classify
from monitor.model.docket import Ruling
from monitor.model.outcome import Consequences
from monitor.store.database import SqlStore
from tests.make import docket, entry


def test_a_text_that_comes_while_it_is_judged_anew_keeps_its_ruling(store: SqlStore) -> None:
    if store.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer")
    denied = judged(entry(text="ORDER denying 7 Motion to Stay."))
    with store.begin() as unit:
        unit.entries.save(Consequences(dockets=(docket(),), entries=(entry(),)))
    with store.begin() as rejudging:  # as `Rejudge.portion` does
        old = rejudging.entries.judged_otherwise(RULES_VERSION, 10)
        with store.begin() as polling:
            polling.entries.save(Consequences(entries=(denied,)))
        judgements = {one.entry_id: classify(one.event_names, one.text) for one in old}
        rejudging.entries.put_judgements(judgements)
    with store.begin() as unit:
        (stored,) = unit.entries.by_id(["e1"])
    assert stored.judgement is not None
    assert stored.judgement.ruling is Ruling.DENIED
