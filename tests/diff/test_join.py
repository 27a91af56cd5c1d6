"""Which entry is this a sighting of? Cautious: never on a guess."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from monitor.diff.docket import new_entry
from monitor.diff.join import find_entry, make_index
from monitor.model.docket import DocketEntry, Document, Sighting
from tests.feeds import NOON
from tests.joins import report, timelines

DAY = date(2026, 3, 4)


def view(source: str = "court", key: str = "dcd:seq:1:10", **more: Any) -> Sighting:
    values: dict[str, Any] = {"event_name": "Order", "date_filed": DAY} | more
    return Sighting(source, key, "dcd", "1:25-cv-00457", entry_keys=(key,), **values)


def known(*seen: Sighting) -> list[DocketEntry]:
    return [new_entry(one, NOON, "") for one in seen]


def found(entries: list[DocketEntry], seen: Sighting) -> str | None:
    entry, _ = find_entry(make_index(entries), seen)
    return entry.keys[0] if entry else None


def cl(text: str = "", **more: Any) -> Sighting:
    values = {"event_name": "", "text": text} | more
    return view("cl", "cl:900", **values)


def test_a_stub_and_its_text_are_one_entry() -> None:
    entries = known(view(event_name="Order on Motion to Stay"))
    assert found(entries, cl("ORDER denying 7 Motion to Stay. On Monday")) == "dcd:seq:1:10"


def test_a_minute_order_is_told_by_a_single_word() -> None:
    assert found(known(view()), cl("MINUTE ORDER granting leave")) == "dcd:seq:1:10"


def test_two_that_fit_are_kept_apart_and_marked() -> None:
    entries = known(view(), view(key="dcd:seq:1:11"))
    entry, rival = find_entry(make_index(entries), cl("MINUTE ORDER granting leave"))
    assert entry is None
    assert rival


def test_another_day_is_another_order() -> None:
    later = date(2026, 3, 7)
    assert found(known(view()), cl("MINUTE ORDER granting leave", date_filed=later)) is None


def test_other_words_are_another_entry() -> None:
    assert found(known(view()), cl("NOTICE of filing by Acme")) is None


def test_numbers_that_differ_are_two_entries() -> None:
    entries = known(view(entry_number=10))
    assert found(entries, cl("ORDER denying", entry_number=11)) is None
    assert found(entries, cl("ORDER denying", entry_number=10)) == "dcd:seq:1:10"


def test_pacers_own_keys_forbid_a_join_whatever_else_agrees() -> None:
    assert found(known(view()), view("other", "dcd:seq:1:11")) is None


def test_documents_that_differ_are_two_entries() -> None:
    one, other = Document("04500000010"), Document("04500000011")
    entries = known(view(documents=(one,)))
    assert found(entries, cl("ORDER denying", documents=(other,))) is None
    assert found(entries, cl("NOTICE", documents=(one,))) == "dcd:seq:1:10"


def test_a_text_order_that_a_docket_sheet_numbers_is_the_feeds_unnumbered_one() -> None:
    assert found(known(view()), cl("ORDER denying 7 Motion", entry_number=48)) == "dcd:seq:1:10"


def test_one_source_does_not_show_one_entry_in_two_views() -> None:
    assert found(known(cl("", event_name="Order")), view("cl", "cl:901")) is None


def test_courtlisteners_duplicate_row_of_a_minute_entry_is_no_second_entry() -> None:
    text = "MINUTE ORDER granting leave to file a surreply by Friday"
    assert found(known(cl(text)), view("cl", "cl:901", event_name="", text=text)) == "cl:900"


@pytest.mark.skipif(not timelines(), reason="no corpus (set MONITOR_CORPUS)")
def test_whole_dockets_are_joined_as_well_as_reported() -> None:
    numbered, unnumbered, _ = report(rounds=8)
    assert numbered.recall >= 0.985
    assert numbered.precision >= 0.985
    assert unnumbered.recall >= 0.94
    assert unnumbered.precision >= 0.98
