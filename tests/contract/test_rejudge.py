"""Judged anew by better rules: in portions, telling nobody, and found by what is thought now."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.classify.kinds import RULES_VERSION
from monitor.history import entries as history
from monitor.history import record
from monitor.history.questions import EntryQuery
from monitor.model.docket import DocketEntry, EntryKind, Judgement, Ruling
from monitor.model.outcome import Consequences
from monitor.rejudge import PORTION, Rejudge
from monitor.store import schema
from monitor.store.database import SqlStore
from tests.make import docket, entry

#: What rules of another time thought of everything.
OLD = Judgement(EntryKind.NOTICE, "older rules", rules_version=RULES_VERSION - 1)
DENYING = "ORDER denying 7 Motion to Stay."


def keep(store: SqlStore, *entries: DocketEntry) -> None:
    with store.begin() as unit:
        unit.entries.save(Consequences(dockets=(docket(),), entries=entries))


def old(name: str, text: str = "", **more: Any) -> DocketEntry:
    return replace(entry(name, text, **more), judgement=OLD)


def judgements(store: SqlStore, *names: str) -> list[Judgement | None]:
    with store.begin() as unit:
        return [one.judgement for one in unit.entries.by_id(names)]


def of_kind(store: SqlStore, *kinds: str) -> Sequence[str]:
    with record.reading(store) as found:
        return sorted(one.entry_id for one in history.lines(found, EntryQuery(kinds=kinds)))


def test_what_older_rules_judged_is_judged_by_the_present_ones(store: SqlStore) -> None:
    keep(store, old("e1", DENYING), entry("never judged", DENYING))
    assert Rejudge(store).portion() == 2
    for judgement in judgements(store, "e1", "never judged"):
        assert judgement is not None
        assert (judgement.kind, judgement.ruling) == (EntryKind.ORDER, Ruling.DENIED)
        assert judgement.rules_version == RULES_VERSION


def test_what_the_present_rules_judged_is_left_alone(store: SqlStore) -> None:
    kept = Judgement(EntryKind.OPINION, "kept", rules_version=RULES_VERSION)
    keep(store, replace(entry(), judgement=kept))
    assert Rejudge(store).portion() == 0
    assert judgements(store, "e1") == [kept]


def test_nothing_but_the_judgement_is_touched(store: SqlStore) -> None:
    whole = old("e1", DENYING, keys=("k1",), url="https://x/1", is_withdrawn=True)
    joined = old("e2", merged_into="e1")
    keep(store, whole, joined)
    Rejudge(store).portion()
    with store.begin() as unit:
        assert unit.entries.by_id(["e1", "e2"]) == [whole, joined]


def test_a_better_rule_tells_nobody_anything(store: SqlStore) -> None:
    keep(store, old("e1", DENYING))
    Rejudge(store).portion()
    with store.begin() as unit:
        for table in (schema.alerts, schema.changes, schema.deliveries):
            assert unit.connection.scalar(sa.select(sa.func.count()).select_from(table)) == 0


def test_a_long_history_is_judged_in_portions_that_say_how_far_they_are(
    store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    keep(store, *(old(f"e{n:04}") for n in range(PORTION + 5)))
    rejudge = Rejudge(store)
    with caplog.at_level(logging.INFO, "monitor.rejudge"):
        assert [rejudge.portion() for _ in range(3)] == [PORTION, 5, 0]
    progress = [(vars(line)["done"], vars(line)["left"]) for line in caplog.records]
    assert progress == [(PORTION, 5), (PORTION + 5, 0)]


def test_work_that_was_interrupted_goes_on_where_it_stopped(store: SqlStore) -> None:
    keep(store, *(old(f"e{n:04}") for n in range(PORTION + 5)))
    Rejudge(store).portion()
    after_a_restart = Rejudge(store)
    assert after_a_restart.portion() == 5
    assert after_a_restart.portion() == 0


def test_a_portion_that_fails_leaves_every_judgement_as_it_was(store: SqlStore) -> None:
    keep(store, old("e1", DENYING))
    with contextlib.suppress(ZeroDivisionError), store.begin() as unit:
        unit.entries.put_judgements({"e1": replace(OLD, kind=EntryKind.ORDER)})
        raise ZeroDivisionError
    assert judgements(store, "e1") == [OLD]
    assert Rejudge(store).portion() == 1


def test_the_history_finds_by_kind_what_the_present_rules_think(store: SqlStore) -> None:
    keep(store, old("e1", DENYING), entry("e2", DENYING))
    assert of_kind(store, "order") == []
    with record.reading(store) as found:
        assert history.unjudged(found) == 1
    Rejudge(store).portion()
    assert of_kind(store, "order") == ["e1", "e2"]
    assert of_kind(store, "notice") == []
    with record.reading(store) as found:
        assert history.unjudged(found) == 0
        assert history.kinds_of(found, EntryQuery()) == {"order": 2}


@pytest.mark.parametrize("text", ["", "\u202e\x1b[0m", "<script>alert(1)</script>", "§" * 100_000])
def test_whatever_an_entry_says_it_can_be_judged(store: SqlStore, text: str) -> None:
    keep(store, old("e1", text, events=()))
    assert Rejudge(store).portion() == 1
    assert Rejudge(store).portion() == 0
