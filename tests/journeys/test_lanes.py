"""News can delay no court: what anybody writes is read in a lane of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.story import Story, headlines, telling


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    async with telling(tmp_path, database_url, has_press=True) as told:
        yield told


async def test_an_order_is_told_while_a_feed_is_being_read(story: Story) -> None:
    done = threading.Event()
    story.app.aside.submit(done.wait, 60)
    story.files(7, "Order on Motion to Stay", entry=7)
    try:
        story.now = story.now.replace(hour=story.now.hour + 1)
        await story.app.poll_due()
        courts = [task for name, task in story.app.polling.items() if name.startswith("court:")]
        await asyncio.wait(courts, timeout=20)
        before = len(story.documents)
        await story.app.dispatcher.drain()
        told = [one for doc in story.documents[before:] for one in doc["data"]["alerts"]]
        assert "Order on Motion to Stay" in headlines([a for a in told if a["topic"] == "filed"])
        assert "news:press" in story.app.polling
    finally:
        done.set()
    await story.app.settle()
    assert story.app.polling == {}


async def test_feeds_that_hang_take_no_place_of_a_court(story: Story) -> None:
    pack = (story.folder / "pack.yaml").read_text()
    feeds = ", ".join(f'{{id: press{n}, url: "{story.url}/news.xml"}}' for n in range(20))
    await story.app.close()
    await story.begin_with(pack.partition("feeds: [{id")[0] + f"feeds: [{feeds}]\n")
    story.now = story.now.replace(hour=story.now.hour + 2)
    await story.app.poll_due()
    assert sum(name.startswith("news:") for name in story.app.polling) == 2
    assert "court:dcd" in story.app.polling
    await story.app.settle()
