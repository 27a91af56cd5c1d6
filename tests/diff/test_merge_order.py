"""Law 4: the same sightings in another order leave another entry."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from monitor.diff.docket import merge_docket, merge_entry, new_entry
from monitor.model.docket import DocketEntry, Sighting
from monitor.sources.courtlistener.rows import normalize_docket
from tests.diff.test_docket import DOCUMENT, HEAD, seen
from tests.feeds import NOON


def merged(views: tuple[Sighting, ...]) -> DocketEntry:
    entry = new_entry(views[0], NOON, "")
    for view in views[1:]:
        entry, _ = merge_entry(entry, view)
    return entry


SEALED, FREE = replace(DOCUMENT, is_sealed=True), replace(DOCUMENT, is_available=True)


def test_a_sealed_document_is_as_available_in_any_order() -> None:
    views = (seen(documents=(SEALED,)), seen("cl", documents=(FREE,)))
    assert len({merged(order).documents for order in itertools.permutations(views)}) == 1


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"date_terminated": "2026-03-04T00:00:00-08:00"},
        {"date_terminated": 7},
        {"date_terminated": "04.03.2026"},
    ],
)
def test_a_day_that_cannot_be_read_reopens_no_case(odd: dict[str, Any]) -> None:
    closed = replace(HEAD, date_terminated=HEAD.date_filed)
    row = {"id": 77, "case_name": "Doe v. Roe", "assigned_to_str": "A. Judge"} | odd
    assert merge_docket(closed, normalize_docket(row, "dcd", "1:25-cv-00457"), "cl")[1] == ()
