"""What happens to somebody who relies on the monitor, from feed to mailbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.demo.mail import MailSink
from tests.story import Story, headlines, telling, topics


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    async with telling(tmp_path, database_url) as told:
        yield told


async def test_the_first_reading_is_a_baseline_told_once(story: Story) -> None:
    assert [m["Subject"] for m in story.mails] == ["Now watching — CTR v. IRS (D.D.C. 25-cv-457)"]
    assert await story.polls() == []


async def test_five_events_in_four_entries_are_four_alerts(story: Story) -> None:
    story.files(10, "~Util - Set/Reset Deadlines", ".Order", entry=10)
    for seq, event in ((11, "Notice (Other)"), (12, "Motion to Stay"), (13, "Notice of Appeal")):
        story.files(seq, event, entry=seq)
    story.files(14, "Order on Motion to Dismiss", entry=14, number="1:25-cv-09999")
    hooks = await story.polls()
    assert topics(hooks) == ["filed"] * 4
    assert sorted(headlines(hooks)) == [
        "Motion to Stay",
        "Notice (Other)",
        "Notice of Appeal",
        "Order",
    ]
    order = next(h for h in hooks if h["entries"][0]["headline"] == "Order")
    assert sorted(order["entries"][0]["event_names"]) == [".Order", "~Util - Set/Reset Deadlines"]
    assert order["kind"] == "order"


async def test_a_hundred_idle_polls_send_nothing(story: Story) -> None:
    story.files(10, "Order", entry=10)
    assert len(await story.polls()) == 1
    sent = len(story.mails)
    for _ in range(100):
        assert await story.polls() == []
    assert len(story.mails) == sent


async def test_an_edited_event_is_one_amended_message_in_its_thread(story: Story) -> None:
    story.files(10, "Reopen Case", entry=10)
    await story.polls()
    story.files(10, "Extension of Time", entry=10, minutes_ago=10)
    hooks = await story.polls()
    assert topics(hooks) == ["amended"]
    first, amended = story.mails[-2:]
    assert amended["In-Reply-To"] == first["Message-ID"]
    assert first["In-Reply-To"] in amended["References"]
    assert await story.polls() == []


async def test_a_window_that_does_not_overlap_is_a_gap_recorded_and_told(story: Story) -> None:
    story.files(10, "Order", entry=10)
    await story.polls()
    story.court.withdraw(1)
    story.court.withdraw(10)
    hooks = await story.polls(60 * 30)
    assert topics(hooks) == ["caught_up", "gap_opened"]
    assert hooks[0]["gap"] is not None
    assert "between Wed 4 Mar 2026" in str(story.mails[-1].get_body(("plain",)))
    with story.app.store.reading() as connection:
        (gap,) = connection.exec_driver_sql("SELECT source_id FROM gaps").all()
    assert gap[0] == "court:dcd"


async def test_a_dead_sink_gets_exactly_one_delivery_when_it_is_back(story: Story) -> None:
    story.court.modes["/hook"] = "500"
    port = story.mail.port
    story.mail.__exit__()
    story.files(10, "Order", entry=10)
    assert await story.polls() == []
    for _ in range(4):
        assert await story.polls(5) == []
    story.court.modes.clear()
    story.mail = MailSink(port)
    with story.mail:
        hooks = await story.polls(60)
        assert headlines(hooks) == ["Order"]
        assert len(story.mails) == 1
        assert await story.polls(60) == []
        assert len(story.mails) == 1


@pytest.mark.parametrize("mode", ["500", "404", "truncated", "html", "empty", "slow", "huge"])
async def test_a_broken_source_is_one_unhealthy_and_one_recovered(
    tmp_path: Path, mode: str
) -> None:
    patience = 1 if mode == "slow" else 20
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", read_seconds=patience) as story:
        story.court.modes["/dcd/"] = mode
        told = []
        for _ in range(6):
            told += await story.polls(45)
        assert topics(told) == ["source_unhealthy"]
        story.court.modes.clear()
        story.files(10, "Order", entry=10)
        hooks = await story.polls(150)
        assert sorted(topics(hooks)) == ["filed", "source_recovered"]


async def test_a_restart_sends_nothing_again(story: Story) -> None:
    story.files(10, "Order", entry=10)
    await story.polls()
    sent = len(story.mails)
    await story.restart()
    assert await story.polls() == []
    assert len(story.mails) == sent


async def test_what_was_found_but_not_sent_is_sent_after_a_restart(story: Story) -> None:
    story.files(10, "Order", entry=10)
    assert await story.polls(deliver=False) == []
    await story.restart()
    assert headlines(await story.polls(1)) == ["Order"]


async def test_an_item_that_appears_hours_late_is_told(story: Story) -> None:
    story.files(10, "Order", entry=10)
    await story.polls()
    story.files(11, "Sealed Order Unsealed", entry=9, minutes_ago=300)
    assert headlines(await story.polls()) == ["Sealed Order Unsealed"]


async def test_a_feed_that_stands_still_is_told(story: Story) -> None:
    story.court.freeze("dcd")
    told = []
    for _ in range(8):
        told += await story.polls(60)
    assert topics(told) == ["source_unhealthy"]
    assert "stands still" in told[0]["reason"]


async def test_a_delivery_that_is_given_up_is_told_to_the_others(story: Story) -> None:
    story.court.modes["/hook"] = "404"
    story.files(10, "Order", entry=10)
    await story.polls()
    subjects = [m["Subject"] for m in story.mails]
    assert "[docket-monitor] Messages to hook are given up" in subjects
    await story.polls()
    subjects = [m["Subject"] for m in story.mails]
    assert subjects.count("[docket-monitor] Messages to hook are given up") == 1


async def test_other_entry_types_are_told(story: Story) -> None:
    story.court.types = "order,motion"
    (hook,) = await story.polls()
    assert hook["topic"] == "coverage_changed"
