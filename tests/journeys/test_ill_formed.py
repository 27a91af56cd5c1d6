"""What a court prints wrongly is told all the same; what nobody can read is said at once."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.show.test_cli import call, parsed
from tests.story import Story, telling, topics

FILINGS_ONLY = "routes: [{name: filings, to: [desk, hook], topics: [filed, amended]}]"


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    async with telling(tmp_path, database_url, routes=FILINGS_ONLY) as told:
        yield told


def shows(story: Story, old: bytes, new: bytes) -> None:
    """The feed as it stands now, with one mistake in it."""
    story.court.thaw("dcd")
    body = story.court.answer("/dcd/feed")[1]
    assert old in body
    story.court.freeze("dcd", body.replace(old, new, 1))


MISTAKES = {
    "a bare ampersand": (b"CENTER FOR", b"CENTER & FOR"),
    "an ESC": (b"CENTER FOR", b"CENTER \x1bFOR"),
    "a tag": (b"CENTER FOR", b"<i>CENTER</i> FOR"),
    "a broken line": (b"CENTER FOR", b"CENTER<br/>FOR"),
    "a sign that opens nothing": (b"CENTER FOR", b"A<B FOR"),
    "a blank line before all": (b"<?xml", b"\n<?xml"),
    "an ampersand in the head": (b"dcd: Recent", b"dcd & Recent"),
}


@pytest.mark.parametrize(("old", "new"), MISTAKES.values(), ids=MISTAKES)
async def test_an_order_with_a_mistake_in_it_is_told(story: Story, old: bytes, new: bytes) -> None:
    story.files(7, "Order on Motion to Stay", entry=7)
    shows(story, old, new)
    (told,) = await story.polls(10)
    assert told["entries"][0]["headline"] == "Order on Motion to Stay"
    assert await story.polls(10) == []


async def test_what_nobody_can_read_is_said_at_once_and_once(story: Story) -> None:
    story.files(7, "Order on Motion to Stay", entry=7)
    shows(story, b"<title>1:25-cv-00457 ", b"<title>")
    (told,) = await story.polls()
    assert told["topic"] == "gap_opened"
    assert "Order on Motion to Stay" in told["unread"][0]
    body = story.mails[-1].get_body(("plain",))
    assert body is not None
    text = " ".join(body.get_content().split())
    assert "may be an order of yours" in text
    assert "Order on Motion to Stay" in text
    assert await story.polls() == []
    await story.restart()
    assert await story.polls() == []


async def test_what_nobody_can_read_is_a_hole_in_the_coverage(story: Story) -> None:
    story.files(7, "Order on Motion to Stay", entry=7)
    shows(story, b"<title>1:25-cv-00457 ", b"<title>")
    before = story.now
    await story.polls()
    (line,) = parsed(story, "coverage", "--since", "2026-03-04")
    holes = line["not_visible"]
    assert any(datetime.fromisoformat(hole["until"]) > before for hole in holes)


async def test_an_unreadable_item_of_a_court_without_an_order_of_ours_is_told_beside_the_others(
    story: Story,
) -> None:
    story.files(7, "Order on Motion to Stay", entry=7)
    story.files(8, "Notice of Hearing", entry=8)
    shows(story, b"<title>1:25-cv-00457 ", b"<title>")
    assert sorted(topics(await story.polls())) == ["filed", "gap_opened"]


async def test_two_unreadable_items_of_the_same_words_are_told_both(story: Story) -> None:
    for seq in (7, 8):
        story.files(seq, "Order on Motion to Stay")
        shows(story, b"<title>1:25-cv-00457 ", b"<title>")
        assert "gap_opened" in topics(await story.polls())
        story.now += timedelta(minutes=50)


async def test_each_unreadable_item_is_told_though_the_build_lies_ahead(story: Story) -> None:
    for seq in (7, 8, 9):
        story.files(seq, f"Order {seq}", entry=seq)
        shows(story, b"<title>1:25-cv-00457 ", b"<title>")
        ahead = b"<lastBuildDate>Wed, 04 Mar 2026 20:00:00 GMT"
        body = re.sub(rb"<lastBuildDate>[^<]*", ahead, story.court.answer("/dcd/feed")[1])
        story.court.freeze("dcd", body)
        told = await story.polls()
        assert f"Order {seq}" in next(t for t in told if t["topic"] == "gap_opened")["unread"][0]


async def test_an_entry_that_nobody_can_read_any_more_is_not_withdrawn(story: Story) -> None:
    story.files(7, "Order on Motion to Stay", entry=7)
    assert topics(await story.polls()) == ["filed"]
    shows(story, b"<title>1:25-cv-00457 ", b"<title>")
    assert topics(await story.polls()) == ["gap_opened"]
    assert await story.polls() == []


async def test_what_is_unreadable_during_a_pause_is_told_after_it(story: Story) -> None:
    watch = "ctr-v-irs/dcd/1:25-cv-00457"
    call(story, "watch", "pause", watch)
    story.files(7, "Order on Motion to Stay", entry=7)
    shows(story, b"<title>1:25-cv-00457 ", b"<title>")
    assert await story.polls() == []
    call(story, "watch", "resume", watch)
    assert topics(await story.polls()) == ["gap_opened"]
