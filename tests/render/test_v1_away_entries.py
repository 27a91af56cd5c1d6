"""Version 1 keeps what its fields meant: an outage that brought filings is not an empty list."""

from __future__ import annotations

import json

from monitor.render.webhook import body_of
from tests.make import caught_up, notification


def test_an_outage_that_brought_filings_does_not_look_empty_in_version_1() -> None:
    data = json.loads(body_of(notification(caught_up(filed=3, amended=1)), 1))["data"]
    # Either the filings, as it always had them, or a count that says that there were some.
    assert len(data["entries"]) == 4 or data.get("filed") == 3
