"""Silence, said aloud: a briefing at its time, once, with what could not be seen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from monitor.briefing import Briefings
from monitor.model.timing import Every, Hours, Pace
from tests.story import Story, telling

DAILY = Pace(Every.DAY, at=time(8))
#: The morning after the story begins, in New York.
MORNING = datetime(2026, 3, 5, 13, 0, tzinfo=UTC)
WASHINGTON = Hours("America/New_York")


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    async with telling(tmp_path, database_url) as one:
        yield one


def brief(story: Story, recipient: str = "desk") -> Briefings:
    return Briefings(story.app.store, {recipient: (DAILY, WASHINGTON)}, lambda: story.now)


async def sent(story: Story, maker: Briefings) -> list[str]:
    """The subjects of the briefings that come of it."""
    before = len(story.mails)
    maker.make_due()
    await story.app.dispatcher.drain()
    return [str(mail["Subject"]) for mail in story.mails[before:]]


async def reads_until(story: Story, moment: datetime) -> None:
    """Poll each hour, so that nothing is missed."""
    while story.now < moment:
        await story.polls(min(60, (moment - story.now).total_seconds() / 60))


async def test_when_nothing_happens_that_is_said_once_a_day(story: Story) -> None:
    await reads_until(story, MORNING + timedelta(days=1))
    maker = brief(story)
    assert await sent(story, maker) == [
        "[docket-monitor] All quiet: nothing was filed in 1 docket since Thu 5 Mar 2026, 08:00 EST"
    ]
    assert await sent(story, maker) == []
    assert await sent(story, brief(story)) == []  # another process, or the next start
    await reads_until(story, MORNING + timedelta(days=2))
    assert len(await sent(story, maker)) == 1


async def test_what_fell_due_while_nobody_ran_is_told_later(story: Story) -> None:
    await reads_until(story, MORNING + timedelta(days=1, hours=5))
    assert len(await sent(story, brief(story))) == 1


async def test_an_order_is_named_and_a_hole_is_never_called_quiet(story: Story) -> None:
    await reads_until(story, MORNING)
    story.files(10, "Order", entry=10)
    story.files(11, "Notice", entry=11)
    await story.polls(10)
    story.court.modes["/dcd/"] = "500"
    await reads_until(story, MORNING + timedelta(days=1))
    (subject,) = await sent(story, brief(story))
    assert "1 act of a court, 1 other filing in 1 docket since" in subject
    body = story.mails[-1].get_body(("plain",))
    assert body is not None
    said = " ".join(body.get_content().split())
    assert "Order 1 other filing" in said
    assert "NOT SEEN from Thu 5 Mar 2026" in said
    assert "What this monitor could not see" in said


async def test_without_filings_and_with_a_hole_nothing_was_seen(story: Story) -> None:
    story.court.modes["/dcd/"] = "500"
    await reads_until(story, MORNING + timedelta(days=1))
    (subject,) = await sent(story, brief(story))
    assert "Nothing was seen in 1 docket, and not all could be seen" in subject
    assert "quiet" not in subject


async def test_whoever_is_told_of_nothing_hears_that(story: Story) -> None:
    await reads_until(story, MORNING)
    maker = brief(story)
    with story.app.store.begin() as unit:
        (watch,) = unit.watches.all()
        assert watch.leads_to == ("desk", "hook")
        unit.watches.set_leads({watch.watch_id: ["hook"]})
    assert "No docket leads to you" in (await sent(story, maker))[0]


@pytest.mark.parametrize(
    ("day", "due"),
    [
        # The night in which the clock is set forward, and the one in which it is set back.
        (datetime(2026, 3, 8, 15, tzinfo=UTC), datetime(2026, 3, 8, 12, tzinfo=UTC)),
        (datetime(2026, 11, 1, 15, tzinfo=UTC), datetime(2026, 11, 1, 13, tzinfo=UTC)),
    ],
)
async def test_over_a_change_of_the_clock_it_falls_due_once(
    story: Story, day: datetime, due: datetime
) -> None:
    story.now = day
    maker = brief(story)
    assert len(await sent(story, maker)) == 1
    with story.app.store.begin() as unit:
        assert unit.outbox.unrouted(1) == []
    story.now = day + timedelta(hours=1)
    assert await sent(story, brief(story)) == []
    story.now = due + timedelta(days=1, hours=1)
    assert len(await sent(story, maker)) == 1
