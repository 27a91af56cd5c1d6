"""The court's feed names, CourtListener explains, the press leads: all three together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.show.test_cli import call, parsed
from tests.story import CTR, START, TIMELINE, Story, headlines, telling, topics

LONG = TIMELINE | {
    "entries": [
        {"court": "dcd", "number": CTR, "event": f"Notice {n}", "entry": n, "after": -n * 9000}
        for n in range(1, 131)
    ]
}
PRESS = TIMELINE | {
    "news": [
        {"after": 0, "title": "Center for Taxpayer Rights argues", "summary": ""},
        {"after": 1200, "title": "Judge rules for Center for Taxpayer Rights", "summary": ""},
        {"after": 1200, "title": "Judge rules for Center for Taxpayer Rights", "summary": "again"},
        {"after": 1200, "title": "Tax season opens", "summary": ""},
    ]
}


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    async with telling(tmp_path, database_url, has_token=True) as told:
        yield told


async def test_a_stub_that_gains_its_text_is_amended_and_not_new(story: Story) -> None:
    filed = story.files(10, "Order on Motion to Stay", entry=10)
    assert topics(await story.polls()) == ["filed"]
    story.court.publish(
        type(filed)(10, "dcd", CTR, 0, filed.events, 10, "ORDER denying 7 Motion to Stay."),
        story.now,
    )
    (hook,) = await story.polls()
    assert hook["topic"] == "amended"
    assert hook["changes"][0]["after"] == "ORDER denying 7 Motion to Stay."
    assert await story.polls() == []


async def test_an_edited_text_is_a_revision_that_shows_the_words(story: Story) -> None:
    filed = story.files(10, "Order on Motion to Stay", entry=10)
    await story.polls()
    for verb in ("denying", "granting"):
        words = f"ORDER {verb} 7 Motion to Stay."
        story.court.publish(type(filed)(10, "dcd", CTR, 0, filed.events, 10, words), story.now)
        (hook,) = await story.polls()
        assert hook["topic"] == "amended"
    body = story.mails[-1].get_body(("plain",))
    assert body is not None
    assert "ORDER [-denying-] {+granting+} 7 Motion to Stay." in " ".join(
        body.get_content().split()
    )


async def test_an_unnumbered_order_stays_one_entry(story: Story) -> None:
    story.files(10, "Order", text="MINUTE ORDER granting leave to file.")
    told = await story.polls() + await story.polls()
    assert topics(told)[0] == "filed"
    assert topics(told).count("filed") == 1


async def test_a_long_docket_is_read_page_by_page_and_told_as_one_baseline(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/m.db"
    async with telling(tmp_path, url, has_token=True, timeline=LONG) as story:
        for _ in range(4):
            await story.polls(2)
        with story.app.store.reading() as connection:
            count = connection.exec_driver_sql("SELECT count(*) FROM entries").scalar()
        assert count == 130
        assert [m["Subject"] for m in story.mails] == [
            "Now watching — CTR v. IRS (D.D.C. 25-cv-457)"
        ]
        story.files(500, "Order", entry=131)
        assert headlines(await story.polls()) == ["Order"]


async def test_429_is_obeyed(story: Story) -> None:
    story.court.quota, story.court.retry_after = 0, 3600
    await story.polls(10)
    asked = len([p for p in story.court.asked if "docket-entries" in p])
    for _ in range(5):
        await story.polls(10)
    assert len([p for p in story.court.asked if "docket-entries" in p]) == asked
    story.court.quota = None
    await story.polls(61)  # what is left is asked once an hour
    await story.polls(10)
    assert len([p for p in story.court.asked if "docket-entries" in p]) > asked


async def test_the_press_is_told_once_as_a_lead(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/m.db"
    async with telling(tmp_path, url, timeline=PRESS) as story:
        assert "News" not in " ".join(m["Subject"] for m in story.mails)
        hooks = await story.polls(31)
        assert topics(hooks) == ["lead"]
        assert hooks[0]["story"]["title"] == "Judge rules for Center for Taxpayer Rights"
        body = story.mails[-1].get_body(("plain",))
        assert body is not None
        assert "a lead, not a fact" in " ".join(body.get_content().split())
        assert await story.polls(31) == []
        assert story.now > START


async def test_a_stubs_text_is_asked_for_within_a_minute(story: Story) -> None:
    await story.polls(60)
    story.files(10, "Order on Motion to Stay", entry=10)
    before = len(entries_asked(story))
    await story.polls(10)
    assert len(entries_asked(story)) == before + 1
    (want,) = parsed(story, "quota")["waiting"]
    assert (want["purpose"], want["attempts"]) == ("text", 1)
    await story.polls(1)
    assert len(entries_asked(story)) == before + 1
    await story.polls(1)
    assert len(entries_asked(story)) == before + 2


async def test_a_text_that_came_is_not_asked_for_again(story: Story) -> None:
    filed = story.files(10, "Order", entry=10)
    await story.polls(10)
    words = "ORDER granting 7 Motion."
    story.court.publish(type(filed)(10, "dcd", CTR, 0, filed.events, 10, words), story.now)
    assert topics(await story.polls(2)) == ["amended"]
    assert parsed(story, "quota")["waiting"] == []


async def test_the_quota_is_shown_and_simulated(story: Story) -> None:
    said = call(story, "quota")
    assert "125/day" in said
    assert "as the server says" in said
    assert parsed(story, "quota")["limits"][0]["limit"] == 125
    simulated = parsed(story, "quota", "--simulate", "3")
    assert simulated["later_than_a_minute"] == 0
    assert "1 docket," in call(story, "quota", "--simulate", "2", "--filings", "5")


def entries_asked(story: Story) -> list[str]:
    return [path for path in story.court.asked if "docket-entries" in path]


RULED = (
    "A federal judge on Friday sided with the group and ordered the agency to stop handing out "
    "addresses while the suit goes on."
)
COPIES = TIMELINE | {
    "news": [
        {"after": 0, "title": "Center for Taxpayer Rights argues", "summary": ""},
        {"after": 1200, "title": "Judge rules for Center for Taxpayer Rights", "summary": RULED},
        {"after": 1300, "title": "Center for Taxpayer Rights wins in court", "summary": RULED},
    ]
}


async def test_the_press_reports_what_no_docket_shows(tmp_path: Path, database_url: str) -> None:
    """A lead of its own, told once for all copies."""
    async with telling(tmp_path, database_url, timeline=COPIES) as story:
        (hook,) = await story.polls(31)
        assert hook["topic"] == "lead"
        assert "Lead: Judge rules" in story.mails[-1]["Subject"]
        body = story.mails[-1].get_body(("plain",))
        assert body is not None
        assert "no docket source shows yet" in " ".join(body.get_content().split())


async def test_a_story_names_the_entry_that_it_is_about(tmp_path: Path, database_url: str) -> None:
    async with telling(tmp_path, database_url, timeline=COPIES) as story:
        story.files(10, "Order on Motion to Stay", entry=10, minutes_ago=-10)
        hooks = await story.polls(15)
        assert topics(hooks) == ["filed"]
        (hook,) = await story.polls(31)
        assert hook["topic"] == "story"
        assert hook["about"]["headline"] == "Order on Motion to Stay"
        assert hook["about"]["entry_id"] == hooks[0]["entries"][0]["entry_id"]
