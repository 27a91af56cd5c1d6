"""A clock that is set back, or forward, stops nothing: beats go by a clock that nobody sets."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from monitor import daemon as daemon_module
from monitor.daemon import Daemon
from tests.story import Story, telling

HOURS = 3600.0


class Wall:
    """The machine's time of day, which somebody sets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead = 0.0
        wall = self

        class Shifted(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return datetime.fromtimestamp(time.time() + wall.ahead, tz)

        for module in ("apscheduler.schedulers.base", "monitor.daemon"):
            monkeypatch.setattr(f"{module}.datetime", Shifted)
        monkeypatch.setattr(daemon_module, "time", lambda: time.time() + wall.ahead)
        monkeypatch.setattr(daemon_module, "MIND_SECONDS", 0.1)


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db") as told:
        yield told


async def until(is_so: Callable[[], bool]) -> None:
    for _ in range(400):
        if is_so():
            return
        await asyncio.sleep(0.05)
    pytest.fail("it did not come about within 20 seconds")


@pytest.mark.parametrize("jump", [-3 * HOURS, -90.0, 30 * HOURS])
async def test_beats_go_on_through_a_jump(
    story: Story, monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    wall, beats = Wall(monkeypatch), []
    poll_due = story.app.poll_due

    async def counted() -> int:
        beats.append(time.monotonic())
        return await poll_due()

    monkeypatch.setattr(story.app, "poll_due", counted)
    daemon = Daemon(story.app, poll_beat=0.2, serve_beat=0.2)
    running = asyncio.create_task(daemon.run())
    await until(lambda: len(beats) > 2)
    wall.ahead = jump
    before = len(beats)
    await until(lambda: len(beats) > before + 5)
    received = story.court.received
    if jump < 0:
        await until(lambda: any(b"clock_set_back" in one.body for one in received))
        assert any("was set back by" in mail["Subject"] for mail in story.mails)
    assert sum(b"clock_set_back" in one.body for one in received) == (jump < 0)
    daemon.stopping.set()
    await running


async def test_what_was_planned_under_a_clock_that_ran_ahead_is_sent_at_once(
    story: Story,
) -> None:
    ahead = timedelta(hours=3)
    story.now += ahead
    story.court.modes["/hook"] = "500"
    story.files(9, "Order", entry=9)
    await story.polls(10)
    story.now -= ahead
    story.court.modes.clear()
    before = len(story.court.received)
    await story.app.dispatcher.drain()
    assert len(story.court.received) > before


async def test_a_lease_of_a_clock_that_ran_ahead_holds_nothing_back(story: Story) -> None:
    with story.app.store.begin() as unit:
        ahead = story.now + timedelta(days=1)
        unit.sources.take(["court:dcd"], "dead", ahead + timedelta(minutes=4))
    story.files(9, "Order", entry=9)
    assert [one["topic"] for one in await story.polls(15)] == ["filed"]
