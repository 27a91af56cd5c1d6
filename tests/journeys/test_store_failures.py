"""The database fails at the worst moment: nothing is half stored, nothing lost, nothing told twice.

Another program locks it, or the disk is full: before a poll, between its reading and its commit,
and between the acceptance of a message and the note that it was sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.daemon import Daemon
from monitor.demo.court import Received
from monitor.errors import StoreError
from monitor.ports import Fetched, Fetcher, NotModified, Request
from tests.show.test_cli import call
from tests.story import Story, headlines, telling, topics
from tests.troubles import FullDisk, FullFile, Locked, Trouble, expose, small_disk

log = logging.getLogger(__name__)

#: Long enough that they need further pages.
ORDERS = [f"Order on Motion {n} {'of the plaintiffs ' * 300}".strip() for n in range(4)]
#: So that not even a few words can be noted.
UNWRITABLE = [Locked, FullDisk]
PENDING = "SELECT count(*) FROM deliveries WHERE state = 'pending'"
COUNTS = (
    "SELECT count(*) FROM entries",
    "SELECT count(*) FROM sightings",
    "SELECT count(*) FROM alerts",
    "SELECT count(*) FROM changes",
    "SELECT count(*) FROM deliveries",
    "SELECT count(*) FROM attempts",
    PENDING,
)


@pytest.fixture(params=[Locked, FullDisk, FullFile])
def trouble(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Trouble]:
    with small_disk(tmp_path) if request.param is FullDisk else contextlib.nullcontext():
        found: Trouble = request.param(tmp_path)
        yield found
        found.end()


@pytest.fixture
async def story(trouble: Trouble) -> AsyncIterator[Story]:
    """A story whose first reading is done, and four orders that nobody has read yet."""
    async with telling(trouble.folder, f"sqlite:///{trouble.file}") as told:
        told.mails.clear()
        told.court.received.clear()
        expose(told.app, trouble)
        for seq, event in enumerate(ORDERS, 10):
            told.files(seq, event, entry=seq)
        yield told
        trouble.end()


@dataclass(frozen=True)
class ThenFetcher:
    """The real fetcher; something happens once it has read."""

    real: Fetcher
    then: Callable[[], None]

    async def fetch(self, request: Request) -> Fetched | NotModified:
        answer = await self.real.fetch(request)
        self.then()
        return answer


class Once:
    """Begins the trouble at the first message that is accepted."""

    def __init__(self, begin: Callable[[], None]) -> None:
        self.was_called = False
        self._begin = begin

    def __call__(self, _accepted: object) -> None:
        if not self.was_called:
            self.was_called = True
            self._begin()


class Noticing(list[Received]):
    """What a receiver took; something happens before it says so."""

    def __init__(self, then: Callable[[Received], None]) -> None:
        super().__init__()
        self._then = then

    def append(self, hook: Received) -> None:
        super().append(hook)
        self._then(hook)


def stored(trouble: Trouble) -> dict[str, int]:
    """How many rows there are of what polls and deliveries store; and the database is whole."""
    with contextlib.closing(sqlite3.connect(f"file:{trouble.file}?mode=ro", uri=True)) as reader:
        assert reader.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {query: reader.execute(query).fetchone()[0] for query in COUNTS}


async def works(story: Story, minutes: float = 10) -> None:
    """Time passes; what is due is read and sent, as far as it can be, as the daemon does it."""
    story.now += timedelta(minutes=minutes)
    for work in (story.app.poll_due, story.app.serve_due):
        try:
            await work()
        except StoreError as exc:
            log.error("heartbeat failed: %s", exc)  # noqa: TRY400
        await story.app.settle()


def assert_told_once(story: Story, most_repeated: int = 0) -> None:
    """Each order came to each recipient; what came again is the same, under the same id."""
    hooks = [(hook.headers["webhook-id"], hook.body) for hook in story.court.received]
    mails = [(mail["Message-ID"], mail.as_bytes()) for mail in story.mails]
    for arrived in (hooks, mails):
        names = {name for name, _ in arrived}
        assert len(set(arrived)) == len(names) == len(ORDERS)
        assert len(arrived) - len(names) <= most_repeated
    told = [json.loads(body)["data"]["alerts"] for _, body in set(hooks)]
    assert [{alert["topic"] for alert in alerts} for alerts in told] == [{"filed"}] * len(ORDERS)
    assert sorted(alert["entries"][0]["headline"] for (alert,) in told) == ORDERS


async def test_what_could_not_be_read_is_read_later(
    story: Story, trouble: Trouble, caplog: pytest.LogCaptureFixture
) -> None:
    before = stored(trouble)
    trouble.begin()
    for _ in range(2):
        await works(story)
    assert trouble.said in caplog.text
    assert str(trouble.file) in caplog.text
    assert stored(trouble) == before
    trouble.end()
    for _ in range(4):
        await works(story)
    assert_told_once(story)


async def test_a_reading_that_cannot_be_stored_is_read_again(
    story: Story, trouble: Trouble, caplog: pytest.LogCaptureFixture
) -> None:
    before, poller = stored(trouble), story.app.poller
    story.app.poller = replace(poller, fetcher=ThenFetcher(poller.fetcher, trouble.begin))
    await works(story)
    assert trouble.said in caplog.text
    assert stored(trouble) == before
    assert story.documents == []
    trouble.end()
    story.app.poller = poller
    for _ in range(4):
        await works(story)
    assert_told_once(story)


@pytest.mark.parametrize("trouble", UNWRITABLE, indirect=True)
@pytest.mark.parametrize("channel", ["mail", "hook"])
async def test_what_was_accepted_and_could_not_be_noted_is_noted_later_and_not_sent_again(
    story: Story, trouble: Trouble, channel: str
) -> None:
    once = Once(trouble.begin)
    if channel == "mail":
        story.mail.on_message = once
    else:
        story.court.received = Noticing(once)
    await works(story)
    trouble.end()
    for _ in range(4):
        await works(story)
    assert once.was_called
    assert_told_once(story)
    assert stored(trouble)[PENDING] == 0


@pytest.mark.parametrize("trouble", UNWRITABLE, indirect=True)
async def test_who_is_begun_again_before_it_could_be_noted_repeats_it_as_the_same(
    story: Story, trouble: Trouble
) -> None:
    story.mail.on_message = Once(trouble.begin)
    await works(story)
    trouble.end()
    await story.restart()
    for _ in range(4):
        await works(story)
    assert_told_once(story, most_repeated=1)
    assert stored(trouble)[PENDING] == 0


async def turn_until(story: Story, is_so: Callable[[], bool]) -> None:
    """The clock is turned by hand, so that nobody waits for what was postponed."""
    for _ in range(600):
        if is_so():
            return
        story.now += timedelta(minutes=1)
        await asyncio.sleep(0.1)
    pytest.fail("it did not come about in ten hours")


async def test_the_daemon_goes_on_by_itself(
    story: Story, trouble: Trouble, caplog: pytest.LogCaptureFixture
) -> None:
    trouble.begin()
    daemon = Daemon(story.app, poll_beat=0.1, serve_beat=0.1)
    running = asyncio.create_task(daemon.run())
    await turn_until(story, lambda: failures(caplog, trouble) >= 2)
    trouble.end()
    await turn_until(story, lambda: is_all_told(story))
    daemon.stopping.set()
    await running
    assert_told_once(story)


def is_all_told(story: Story) -> bool:
    return min(len(story.court.received), len(story.mails)) >= len(ORDERS)


def failures(caplog: pytest.LogCaptureFixture, trouble: Trouble) -> int:
    """How often the log named what is wrong, and what can be done."""
    reasons = [f"{vars(one).get('reason', '')} {one.exc_info}" for one in caplog.records]
    return sum(trouble.said in reason for reason in reasons)


async def test_a_lock_that_is_soon_gone_is_waited_for(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lock = Locked(tmp_path)
    async with telling(tmp_path, f"sqlite:///{lock.file}") as story:
        story.files(10, "Order", entry=10)
        lock.begin()
        polling = asyncio.create_task(story.polls())
        await asyncio.sleep(0.5)
        assert not polling.done()
        lock.end()
        assert headlines(await polling) == ["Order"]
        assert "locked" not in caplog.text


async def test_a_disk_that_stays_full_is_told_with_its_remedy(tmp_path: Path) -> None:
    """Silence would mean that nothing was filed: a small note of it finds room where orders do not."""
    trouble = FullFile(tmp_path)
    async with telling(tmp_path, f"sqlite:///{trouble.file}") as story:
        expose(story.app, trouble)
        story.files(10, ORDERS[0], entry=10)
        trouble.begin()
        told = [alert for _ in range(4) for alert in await story.polls(30)]
        assert topics(told) == ["source_unhealthy"]
        assert trouble.said in told[0]["reason"]
        trouble.end()
        told = [alert for _ in range(6) for alert in await story.polls(30)]
        assert sorted(topics(told)) == ["filed", "source_recovered"]


async def test_who_is_begun_on_a_full_disk_says_so(tmp_path: Path) -> None:
    with small_disk(tmp_path):
        disk = FullDisk(tmp_path)
        async with telling(tmp_path, f"sqlite:///{disk.file}") as story:
            await story.app.close()
            disk.begin()
            with pytest.raises(
                StoreError, match=r"m\.db: disk I/O error: the disk is full or fails"
            ):
                call(story, "run", "--once")
            disk.end()
            await story.begin()
            story.files(10, "Order", entry=10)
            assert headlines(await story.polls()) == ["Order"]
