"""A bankruptcy watched without its office passes the check and matches nothing."""

from __future__ import annotations

from monitor.model.court import CourtKind
from monitor.normalize.docket_number import fits_court, normalize_docket_number, same_docket


def test_the_office_of_a_bankruptcy_may_be_missing() -> None:
    printed = normalize_docket_number("8-22-73600-las")
    assert fits_court("22-73600", CourtKind.BANKRUPTCY)
    assert same_docket("22-73600", printed)


def test_or_be_missing_where_it_is_printed() -> None:
    assert same_docket("8-22-73600", normalize_docket_number("22-73600-las"))
