"""Silence proved: gaps are filled in and closed, outages are summed up, what is withdrawn is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.show.test_cli import call, parsed
from tests.story import Story, telling, topics

DAY = 24 * 60


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    async with telling(tmp_path, database_url) as told:
        yield told


@pytest.fixture
async def with_token(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    async with telling(tmp_path, database_url, has_token=True) as told:
        yield told


async def test_a_gap_is_filled_in_told_and_closed(with_token: Story) -> None:
    story = with_token
    story.files(5, "Notice", entry=5)
    await story.polls()
    story.court.modes["/api/"] = "500"
    story.files(6, "Order Vacating", entry=6, minutes_ago=-2 * 60)
    hooks = await story.polls(2 * DAY)
    assert "gap_opened" in topics(hooks)
    assert "filed" not in topics(hooks)
    story.court.modes.clear()
    hooks = await story.polls(110)
    found = next(hook for hook in hooks if hook["topic"] == "filed")
    assert found["entries"][0]["headline"] == "Order Vacating"
    assert found["after_gap"]["from_at"] < found["after_gap"]["until_at"]
    assert any("Order Vacating (found after a gap)" in mail["Subject"] for mail in story.mails)
    assert not [hook for hook in hooks if hook["topic"] == "gap_closed"]
    hooks = await story.polls(70)
    (closed,) = [hook for hook in hooks if hook["topic"] == "gap_closed"]
    assert closed["entry_ids"] == [found["entries"][0]["entry_id"]]
    assert "gap_opened" not in topics(await story.polls(70))


async def test_after_an_outage_one_message_instead_of_many(story: Story) -> None:
    for number in range(10, 20):
        story.files(number, f"Order {number}", entry=number, minutes_ago=-60)
    told = await story.polls(6 * 60)
    assert topics(told) == ["filed"] * 10 + ["caught_up"]
    assert len(story.documents) == 2  # the baseline, and one for all eleven
    assert (told[-1]["filed"], told[-1]["gap"]) == (10, None)
    body = story.mails[-1].get_body(("plain",))
    assert body is not None
    assert "nothing is missing that it carries" in " ".join(body.get_content().split())
    assert await story.polls() == []


async def test_after_an_outage_few_filings_are_told_each_with_a_verdict(story: Story) -> None:
    story.files(10, "Order", entry=10, minutes_ago=-60)
    hooks = await story.polls(6 * 60)
    assert sorted(topics(hooks)) == ["caught_up", "filed"]
    assert any("1 new filing" in mail["Subject"] for mail in story.mails)


async def test_after_a_quiet_outage_the_silence_is_vouched_for(story: Story) -> None:
    (away,) = await story.polls(6 * 60)
    assert away["topic"] == "caught_up"
    assert "nothing was filed" in story.mails[-1]["Subject"]
    assert await story.polls() == []


async def test_a_flood_after_a_gap_says_what_may_be_missing(story: Story) -> None:
    for number in range(10, 20):
        story.files(number, f"Order {number}", entry=number, minutes_ago=-2 * DAY)
    told = await story.polls(2 * DAY)
    away = next(alert for alert in told if alert["topic"] == "caught_up")
    assert away["gap"]["from_at"]
    body = story.mails[-1].get_body(("plain",))
    assert body is not None
    assert "Something may be missing" in " ".join(body.get_content().split())


async def test_what_is_withdrawn_inside_the_window_is_told(story: Story) -> None:
    story.files(9, "Notice", entry=9)
    await story.polls()
    story.files(10, "Order", entry=10)
    await story.polls()
    story.court.withdraw(10)
    (told,) = await story.polls()
    assert told["changes"][0]["kind"] == "entry_withdrawn"
    assert "withdrawn from the feed" in story.mails[-1]["Subject"]
    assert parsed(story, "history")[0]["entry_number"] == 10
    assert "withdrawn" in call(story, "show", "dcd/1:25-cv-00457#10")
    assert await story.polls() == []


async def test_what_rolls_off_the_window_is_not_withdrawn(story: Story) -> None:
    story.files(9, "Notice", entry=9)
    await story.polls()
    story.files(10, "Order", entry=10, minutes_ago=-23 * 60)
    await story.polls(23 * 60)
    hooks = await story.polls(2 * 60)
    assert "amended" not in topics(hooks)


async def test_an_edited_event_is_not_a_withdrawal(story: Story) -> None:
    story.files(9, "Notice", entry=9)
    filed = story.files(10, "Order", entry=10)
    await story.polls()
    edited = type(filed)(10, filed.court_id, filed.number, 0, ("Order on Motion",), 10)
    story.court.publish(edited, story.now)
    (told,) = await story.polls()
    assert [change["kind"] for change in told["changes"]] == ["entry_revised"]
    assert told["entries"][0]["event_names"] == ["Order", "Order on Motion"]


async def test_numbers_that_nobody_showed_are_named_with_reasons(story: Story) -> None:
    for number in (9, 12):
        story.files(number, "Notice", entry=number)
    await story.polls()
    (statement,) = parsed(story, "coverage")
    assert statement["entry_numbers_not_seen"] == [[2, 8], [10, 11]]
    said = " ".join(call(story, "coverage").split())
    assert "ENTRY NUMBERS NOT SEEN: 2–8, 10–11. They may be sealed" in said
