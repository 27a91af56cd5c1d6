"""One item with a number of thousands of digits ends the reading of a whole court."""

from __future__ import annotations

import pytest

from monitor.match.watchlist import make_watchlist
from monitor.model.reading import Reading
from monitor.model.source import SourceState
from monitor.normalize.docket_number import normalize_docket_number
from monitor.ports import Fetched
from monitor.sources.registry import every_reader
from tests.feeds import NOON, feed, item
from tests.make import source, watch

LONG = "9" * 5_000


def test_a_long_suffix_is_survived() -> None:
    assert normalize_docket_number(f"1:25-cv-00457-{LONG}")


@pytest.mark.parametrize(
    "odd",
    [
        item(number=f"1:25-cv-00458-{LONG}"),
        item(entry=None).replace("[Order]", f"[Order] ({LONG})"),
    ],
)
def test_one_odd_item_costs_itself_only(odd: str) -> None:
    wanted = make_watchlist([watch()])
    found = every_reader()["court_rss"].read(
        source(), SourceState(NOON), wanted, (Fetched(feed(odd, item(seq=11))),)
    )
    assert isinstance(found, Reading)
    assert any(seen.sighting_key.endswith("&11|Order") for seen in found.sightings)
