"""An event name waits a short time for its text, so that the usual case is one message."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.show.test_cli import call, parsed
from tests.story import CTR, Story, telling, topics

STAY = "Order on Motion to Stay"
DENYING = "ORDER denying 7 Motion to Stay."


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    async with telling(tmp_path, database_url, has_token=True, grace="90s") as told:
        # Until CourtListener says how much may be asked, nobody waits for it.
        await told.polls(60)
        yield told


def gains_its_text(story: Story, seq: int = 10, words: str = DENYING) -> None:
    filed = story.files(seq, STAY, entry=seq)
    with_text = type(filed)(seq, "dcd", CTR, 0, filed.events, seq, words)
    story.court.publish(with_text, story.now)


async def test_a_text_that_comes_in_time_is_told_in_one_message(story: Story) -> None:
    sent = len(story.mails)
    gains_its_text(story)
    told = await story.polls()
    told += await story.polls(1)
    assert topics(told) == ["filed"]
    assert told[0]["entries"][0]["text"] == DENYING
    assert told[0]["ruling"] == "denied"
    assert len(story.mails) == sent + 1
    assert "DENIED" in story.mails[-1]["Subject"]
    assert await story.polls() == []


async def test_a_text_that_does_not_come_holds_nothing_longer_than_its_time(story: Story) -> None:
    story.court.modes["/api/"] = "500"
    story.files(10, STAY, entry=10)
    assert await story.polls(10) == []
    assert "waits for its text" in " ".join(call(story, "deliveries", "list").split())
    (told,) = await story.polls(1.6)
    assert told["topic"] == "filed"
    assert told["entries"][0]["text"] == ""


async def test_a_listing_without_the_text_lets_the_filing_go_at_once(story: Story) -> None:
    """The listing is read in the same minute, before or after the filing is routed."""
    story.files(10, STAY, entry=10)
    assert topics(await story.polls(10)) == ["filed"]


async def test_what_is_never_asked_for_never_waits(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/m.db"
    async with telling(tmp_path, url, grace="90s") as story:
        story.files(10, STAY, entry=10)
        assert topics(await story.polls()) == ["filed"]


async def test_without_grace_the_text_follows_in_a_message_of_its_own(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/m.db"
    async with telling(tmp_path, url, has_token=True, grace="0s") as story:
        await story.polls(60)
        story.files(10, STAY, entry=10)
        assert topics(await story.polls()) == ["filed"]
        gains_its_text(story)
        assert topics(await story.polls(2)) == ["amended"]


async def test_two_changes_of_one_entry_travel_together(story: Story) -> None:
    filed = story.files(10, STAY, entry=10, text="ORDER granting 7 Motion to Stay.")
    await story.polls()
    await story.polls(60)
    before = len(story.documents)
    story.files(10, "Order Amending", entry=10)
    story.court.publish(type(filed)(10, "dcd", CTR, 0, filed.events, 10, DENYING), story.now)
    await story.polls(10, deliver=False)
    await story.polls(361)
    told = [d["data"]["alerts"] for d in story.documents[before:]]
    amended = [alerts for alerts in told if topics(alerts)[0] == "amended"]
    assert len(amended) == 1


async def test_a_clerks_utility_event_is_no_message(story: Story) -> None:
    story.files(10, STAY, entry=10, text=DENYING)
    await story.polls()
    await story.polls(2)
    story.files(10, "~Util - Set/Reset Deadlines", entry=10)
    assert await story.polls(10) == []
    assert await story.polls(60) == []
    assert "~Util - Set/Reset Deadlines" in parsed(story, "history")[0]["event_names"]


async def test_what_waits_is_sent_after_a_restart(story: Story) -> None:
    story.court.modes["/api/"] = "500"
    story.files(10, STAY, entry=10)
    assert await story.polls(10) == []
    await story.restart()
    assert topics(await story.polls(2)) == ["filed"]


async def test_an_order_and_its_text_are_one_message_to_each_recipient(story: Story) -> None:
    gains_its_text(story)
    await story.polls()
    await story.polls(2)
    rows = parsed(story, "show", f"dcd/{CTR}#10")["deliveries"]
    assert sorted(row["recipient"] for row in rows) == ["desk", "hook"]
