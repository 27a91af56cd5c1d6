"""The dead man's switch: asked while all progresses, silent else, its address in no log."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.deliver.heartbeat import Heartbeat
from monitor.fetch.guard import make_client
from tests.story import Story, telling


async def beats(story: Story, path: str = "/dcd/feed") -> bool:
    """Whether somebody was told; the built-in court answers any GET."""
    client = make_client(user_agent="test", allow_private=True, read_seconds=5)
    try:
        return await Heartbeat(f"{story.url}{path}", client, story.app.why_no_progress).beat()
    finally:
        await client.aclose()


async def test_it_beats_while_polls_and_deliveries_progress(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db") as story:
        assert await beats(story)
        assert not await beats(story, "/a-secret-path")  # 404: nobody took it
        story.now += timedelta(hours=2)
        assert not await beats(story)
        assert "no source of filings was read well" in caplog.records[-1].__dict__["reason"]
        await story.polls(1)
        assert await beats(story)
        story.court.modes["/hook"] = "500"
        story.files(10, "Order", entry=10)
        await story.polls()
        assert await beats(story)
        for _ in range(7):
            await story.polls(10)
        assert not await beats(story)
        assert "deliveries to hook wait" in caplog.records[-1].__dict__["reason"]
        assert "a-secret-path" not in caplog.text


async def test_an_address_in_our_own_network_is_not_asked(tmp_path: Path) -> None:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db") as story:
        before = len(story.court.asked)
        client = make_client(user_agent="test", allow_private=False)
        assert not await Heartbeat(f"{story.url}/x", client, story.app.why_no_progress).beat()
        await client.aclose()
        assert len(story.court.asked) == before
