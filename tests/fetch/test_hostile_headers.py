"""A hostile Retry-After header is a header that says nothing."""

from __future__ import annotations

import pytest

from monitor.errors import SourceUnreachable
from monitor.schedule import retry_after
from tests.feeds import NOON
from tests.fetch.test_http import fetch, http, serving

HOSTILE = ["9" * 5_000, "Thu, 01 Jan 2026 00:02:00 +99999999999999999999"]


@pytest.mark.parametrize("raw", HOSTILE, ids=["digits", "zone"])
def test_a_header_beyond_all_bounds_does_not_break_the_schedule(raw: str) -> None:
    said = retry_after(raw, NOON)
    assert said is None or said >= 0


@pytest.mark.parametrize("raw", HOSTILE, ids=["digits", "zone"])
async def test_a_server_with_such_a_header_is_only_unreachable(raw: str) -> None:
    async with serving(lambda _r: http(status="503 Busy", retry_after=raw)) as url:
        with pytest.raises(SourceUnreachable):
            await fetch(url)
