"""CourtListener's docket alerts: their rows join what the API and the feed showed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from monitor.diff.join import join
from monitor.errors import ParseError
from monitor.match.watchlist import make_watchlist
from monitor.model.reading import Reading
from monitor.model.source import SourceState
from monitor.ports import Fetched
from monitor.sources.courtlistener import WEBHOOK
from monitor.sources.courtlistener.rows import ClDocket, normalize_entry
from monitor.sources.courtlistener.webhook import DocketAlertReader
from tests.feeds import NOON
from tests.make import source, watch

ON = ClDocket("cl:webhook", "dcd", "1:25-cv-00457", 77, "270000")
ROW: dict[str, Any] = {
    "id": 900,
    "docket": 77,
    "entry_number": 51,
    "date_filed": "2026-08-20",
    "time_filed": "13:19:24",
    "pacer_sequence_number": 187,
    "description": "",
    "recap_documents": [{"id": 1, "document_number": "51", "description": "Order on Motion"}],
}


def alert(*rows: object) -> bytes:
    return json.dumps({"payload": {"results": rows}, "webhook": {"event_type": 1}}).encode()


def read(body: bytes) -> Reading:
    hook = source("cl:webhook", WEBHOOK, court_id="")
    watched = make_watchlist([watch(cl_docket_id=77)])
    found = DocketAlertReader().read(hook, SourceState(NOON), watched, (Fetched(body),))
    assert isinstance(found, Reading)
    return found


def test_a_row_is_the_entry_that_the_api_shows() -> None:
    (seen,) = read(alert(ROW)).sightings
    api = normalize_entry(ROW | {"description": "ORDER denying"}, ON)
    assert seen.event_name == "Order on Motion"
    assert len(join([seen, api]).groups) == 1


def test_rows_of_other_dockets_and_merged_away_ones_are_left_out() -> None:
    assert read(alert(ROW | {"docket": 78})).sightings == ()
    assert read(alert()).sightings == ()


def test_a_row_without_an_id_is_kept_raw() -> None:
    (lost,) = read(alert({"docket": 77})).unreadable
    assert "without sense" in lost.reason


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"payload": {"results": 3}}'])
def test_what_is_no_alert_is_refused(body: bytes) -> None:
    with pytest.raises(ParseError):
        read(body)


def test_a_reading_that_was_pushed_leaves_the_window_alone() -> None:
    """It has no window to remember, and no time for which it could vouch."""
    found = read(alert(ROW))
    assert (found.window, found.built_at, found.vanished) == (None, None, ())
