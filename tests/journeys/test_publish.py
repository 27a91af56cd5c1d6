"""Feeds for readers: each filing once, in its latest words, in a file that is always whole."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import feedparser
import pytest
from icalendar import Calendar

from monitor.errors import StoreError, UsageError
from tests.show.test_cli import call
from tests.story import ROUTES, Story, telling

PUBLISH = "\npublish: {folder: public, url: 'https://dockets.example.org'}"
ORDERS = "routes: [{name: orders, to: [desk], kinds: [order]}, {name: all, to: [hook]}]"


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    more: dict[str, Any] = {"has_token": True, "routes": ORDERS + PUBLISH}
    async with telling(tmp_path, database_url, **more) as one:
        yield one


async def feed(story: Story, name: str) -> Any:
    await story.app.publish()
    raw = (story.folder / "public" / "feeds" / f"{name}.atom").read_bytes()
    found = feedparser.parse(raw)
    assert not found.bozo, found.get("bozo_exception")
    return found


async def test_a_filing_is_one_entry_in_its_latest_words(story: Story) -> None:
    story.files(10, "Order on Motion to Stay", entry=10, text="")
    await story.polls()
    first = (await feed(story, "ctr-v-irs")).entries[0]
    story.files(10, "Order on Motion to Stay", entry=10, text="ORDER denying 7 Motion to Stay.")
    await story.polls(30)
    entries = (await feed(story, "ctr-v-irs")).entries
    again = [one for one in entries if one.id == first.id]
    assert len(again) == 1
    assert again[0].title.startswith("DENIED: Motion to Stay — CTR v. IRS")
    assert again[0].published == first.published
    assert again[0].updated > first.updated
    assert {tag.term for tag in again[0].tags} >= {"order", "denied"}


async def test_each_route_has_a_feed_of_what_it_takes(story: Story) -> None:
    story.files(10, "Order", entry=10)
    story.files(11, "Notice", entry=11)
    await story.polls()
    orders = [one.title for one in (await feed(story, "route-orders")).entries]
    everything = [one.title for one in (await feed(story, "route-all")).entries]
    assert any(title.startswith("Order —") for title in orders)
    assert not any(title.startswith("Notice —") for title in orders)
    assert any(title.startswith("Notice —") for title in everything)


async def test_what_is_hostile_stays_text(story: Story) -> None:
    story.files(10, "Order <script>alert(1)</script> & ]]> \x0b", entry=10)
    await story.polls()
    found = await feed(story, "ctr-v-irs")
    assert "<script>" not in (story.folder / "public" / "feeds" / "ctr-v-irs.atom").read_text()
    assert found.feed.links[0].href == "https://dockets.example.org/feeds/ctr-v-irs.atom"


async def test_what_did_not_change_is_not_written(story: Story) -> None:
    await story.app.publish()
    place = story.folder / "public" / "feeds" / "ctr-v-irs.atom"
    before = place.stat().st_mtime_ns
    assert await story.app.publish() == 0
    story.files(11, "Notice", entry=11)
    await story.polls()
    assert await story.app.publish() > 0
    assert place.stat().st_mtime_ns > before
    assert {path.suffix for path in place.parent.iterdir()} == {".atom"}  # nothing half written


async def test_a_folder_that_cannot_be_written_is_named(story: Story) -> None:
    (story.folder / "public").write_text("a file")
    with pytest.raises(StoreError, match="cannot write"):
        await story.app.publish()


async def test_whoever_wants_no_feeds_has_none(tmp_path: Path) -> None:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", routes=ROUTES) as story:
        assert await story.app.publish() == 0
        assert not (tmp_path / "public").exists()


async def test_a_case_has_a_calendar_of_what_its_entries_state(story: Story) -> None:
    text = "MINUTE ORDER setting a Motion Hearing for 4/1/2026 at 10:00 AM in Courtroom 24A."
    await story.app.publish()
    place = story.folder / "public" / "calendars" / "ctr-v-irs.ics"
    assert Calendar.from_ical(place.read_bytes()).walk("VEVENT") == []
    story.files(10, "Order", entry=10, text=text)
    await story.polls()
    await story.polls()
    assert await story.app.publish() > 0
    (event,) = Calendar.from_ical(place.read_bytes()).walk("VEVENT")
    assert event["STATUS"] == "TENTATIVE"
    off = "MINUTE ORDER: the Motion Hearing set for 4/1/2026 is VACATED."
    story.files(11, "Order", entry=11, text=off)
    await story.polls()
    await story.polls()
    await story.app.publish()
    (gone,) = Calendar.from_ical(place.read_bytes()).walk("VEVENT")
    assert (gone["UID"], gone["STATUS"]) == (event["UID"], "CANCELLED")
    said = " ".join(call(story, "calendar", "ctr-v-irs", "--past").split())
    assert "Wed 1 Apr 2026, 10:00 by the court's clock: CANCELLED hearing: Motion Hearing" in said
    assert "Unofficial" in said
    with pytest.raises(UsageError, match="did you mean"):
        call(story, "calendar", "ctr-v-irz")
