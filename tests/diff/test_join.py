"""Which views are of one entry? Cautious: never on a guess, and in whatever order they come."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from monitor.diff.join import join
from monitor.model.docket import Document, Sighting
from tests.joins import report, timelines

DAY = date(2026, 3, 4)


def view(source: str = "court", key: str = "dcd:seq:1:10", **more: Any) -> Sighting:
    values: dict[str, Any] = {"event_name": "Order", "date_filed": DAY} | more
    return Sighting(source, key, "dcd", "1:25-cv-00457", entry_keys=(key,), **values)


def cl(text: str = "", key: str = "cl:900", **more: Any) -> Sighting:
    values = {"event_name": "", "text": text} | more
    return view("cl", key, **values)


def groups(*seen: Sighting) -> list[set[str]]:
    """Our groups, by the keys of their views; the same whatever the order."""
    found = _groups(seen)
    assert _groups(seen[::-1]) == found
    return found


def _groups(seen: tuple[Sighting, ...]) -> list[set[str]]:
    return sorted(({seen[p].sighting_key for p in some} for some in join(seen).groups), key=sorted)


STUB, ROW = "dcd:seq:1:10", "cl:900"


def test_a_stub_and_its_text_are_one_entry() -> None:
    assert groups(
        view(event_name="Order on Motion to Stay"), cl("ORDER denying 7 Motion to Stay. On Monday")
    ) == [{ROW, STUB}]


def test_a_minute_order_is_told_by_a_single_word() -> None:
    assert groups(view(), cl("MINUTE ORDER granting leave")) == [{ROW, STUB}]


def test_two_that_fit_are_kept_apart_and_marked() -> None:
    seen = (view(), view(key="dcd:seq:1:11"), cl("MINUTE ORDER granting leave"))
    assert len(groups(*seen)) == 3
    assert join(seen).rivals[2] in {0, 1}


def test_what_fits_better_wins_and_leaves_the_rest_to_the_other() -> None:
    stay = view(key="dcd:seq:1:11", event_name="Order on Motion to Stay")
    texts = (cl("ORDER denying 7 Motion to Stay"), cl("ORDER. Status report by Monday", "cl:901"))
    assert groups(view(), stay, *texts) == [{ROW, "dcd:seq:1:11"}, {"cl:901", STUB}]


def test_another_day_is_another_order() -> None:
    assert len(groups(view(), cl("MINUTE ORDER granting leave", date_filed=date(2026, 3, 7)))) == 2


def test_other_words_are_another_entry() -> None:
    assert len(groups(view(), cl("NOTICE of filing by Acme"))) == 2


def test_numbers_that_differ_are_two_entries() -> None:
    assert len(groups(view(entry_number=10), cl("ORDER denying", entry_number=11))) == 2
    assert len(groups(view(entry_number=10), cl("NOTICE", entry_number=10))) == 1


def test_pacers_own_keys_forbid_a_join_whatever_else_agrees() -> None:
    assert len(groups(view(), view("other", "dcd:seq:1:11"))) == 2
    assert len(groups(view(entry_number=7), view("other", "dcd:seq:1:11", entry_number=7))) == 2


def test_documents_that_differ_are_two_entries() -> None:
    one, other = (Document("04500000010"),), (Document("04500000011"),)
    assert len(groups(view(documents=one), cl("ORDER denying", documents=other))) == 2
    assert len(groups(view(documents=one), cl("NOTICE", documents=one))) == 1


def test_a_stub_without_a_link_is_not_the_filing_that_has_a_document() -> None:
    assert len(groups(view(), cl("ORDER denying", documents=(Document("04500000011"),)))) == 2


def test_a_text_order_that_a_docket_sheet_numbers_is_the_feeds_unnumbered_one() -> None:
    assert len(groups(view(), cl("ORDER denying 7 Motion", entry_number=48))) == 1


def test_numbers_and_running_numbers_rise_together() -> None:
    """The stub was entered before number 40; number 48 is not it, though its words would fit."""
    known = view(key="dcd:seq:1:20", entry_number=40, event_name="Notice")
    assert len(groups(known, view(), cl("ORDER denying 7 Motion", entry_number=48))) == 3
    assert len(groups(known, view(), cl("ORDER denying 7 Motion", entry_number=38))) == 2


def test_one_source_does_not_show_one_entry_in_two_views() -> None:
    assert len(groups(cl(event_name="Order"), cl(key="cl:901", event_name="Order"))) == 2


def test_courtlisteners_duplicate_row_of_a_minute_entry_is_no_second_entry() -> None:
    text = "MINUTE ORDER granting leave to file a surreply by Friday"
    assert len(groups(cl(text), cl(text + " (Entered: 03/05/2026)", "cl:901"))) == 1


def test_a_minute_order_that_gets_a_number_stays_one_entry() -> None:
    assert len(groups(view(), cl("ORDER denying 7 Motion"), cl("", ROW, entry_number=48))) == 1


@pytest.mark.skipif(not timelines(), reason="no corpus (set MONITOR_CORPUS)")
def test_whole_dockets_are_joined_as_well_as_reported() -> None:
    numbered, unnumbered, _ = report(rounds=8)
    assert numbered.recall >= 0.999
    assert unnumbered.recall >= 0.98
    assert numbered.wrong == unnumbered.wrong == 0
