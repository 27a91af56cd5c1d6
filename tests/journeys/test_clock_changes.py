"""Digests, quiet hours and holidays over the nights in which New York changes its clock."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.cut_line import begin_again
from tests.story import ROUTES, Story, telling

NEW_YORK = ZoneInfo("America/New_York")
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)
STEP, DAY = timedelta(minutes=30), timedelta(days=1)
DESK = "  - {name: desk, email: desk@example.org}\n"
RECIPIENTS = """\
  - {name: daily, email: daily@example.org}
  - {name: hourly, email: hourly@example.org}
  - {name: night, email: night@example.org, quiet: {from: "22:00", to: "07:00"}}
  - {name: short, email: short@example.org, quiet: {from: "01:30", to: "02:30"}}
  - {name: holiday, email: holiday@example.org, quiet: {holidays: [2026-03-08, 2026-11-01]}}
"""
RULES = """\
routes:
  - {name: daily, to: [daily], send: "daily 02:30"}
  - {name: hourly, to: [hourly], send: hourly}
  - {name: at-once, to: [night, short, holiday, hook]}
"""


#: Whether it is quiet, by the wall clock of these recipients.
QUIET: dict[str, Callable[[datetime, date], bool]] = {
    "night": lambda at, _: at.hour >= 22 or at.hour < 7,
    "short": lambda at, _: time(1, 30) <= at.time() < time(2, 30),
    "holiday": lambda at, day: at.date() == day,
}


@dataclass
class Nights:
    """What was filed in the nights before and after the change, and who was told of it."""

    #: When each order was filed, by its number.
    filed: dict[int, datetime] = field(default_factory=dict)
    #: Recipient -> when he got a mail, and with which orders.
    mails: dict[str, list[tuple[datetime, frozenset[int]]]] = field(default_factory=dict)

    def told(self, recipient: str) -> dict[int, datetime]:
        """When he was told of each order, all of them once."""
        told = [(number, at) for at, orders in self.mails[recipient] for number in orders]
        assert sorted(number for number, _ in told) == list(self.filed)
        return dict(told)


def orders_in(mail: EmailMessage) -> frozenset[int]:
    body = mail.get_body(("plain",))
    assert body is not None
    words = " ".join(body.get_content().split())
    return frozenset(int(found) for found in re.findall(r"Order on Motion (\d+)", words))


async def live_through(story: Story, day: date) -> Nights:
    """From eleven in the evening before the change to seven in the morning after its day."""
    nights = Nights()

    def keep(mail: EmailMessage) -> None:
        name = str(mail["To"]).partition("@")[0]
        nights.mails.setdefault(name, []).append((story.now, orders_in(mail)))

    story.mail.on_message = keep
    while story.now < local(day + DAY, 3):
        is_day = 9 <= story.now.astimezone(NEW_YORK).hour < 21
        story.now += 2 * STEP if is_day else STEP
        if not is_day and story.now <= local(day + DAY, 2):
            number = 100 + len(nights.filed)
            nights.filed[number] = story.now
            story.files(number, f"Order on Motion {number}", entry=number)
        await story.polls(0)
    story.now = local(day + DAY, 7)
    await story.polls(0)
    return nights


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), NEW_YORK).astimezone(UTC)


@pytest.fixture(params=[SPRING, AUTUMN], ids=["spring", "autumn"])
def day(request: pytest.FixtureRequest) -> date:
    found: date = request.param
    return found


@pytest.fixture
async def story(tmp_path: Path, day: date) -> AsyncIterator[Story]:
    begins = local(day - DAY, 23)
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", now=begins - STEP) as told:
        await begin_again(told, DESK, DESK + RECIPIENTS)
        await begin_again(told, ROUTES, RULES)
        told.now = begins
        yield told


async def test_each_order_is_told_once_and_when_the_wall_clock_says(
    story: Story, day: date
) -> None:
    nights = await live_through(story, day)
    assert len(nights.filed) >= 28
    for recipient, is_quiet in QUIET.items():
        for number, at in nights.told(recipient).items():
            assert at == first_that_is_not_quiet(nights.filed[number], is_quiet, day)
    assert_hourly(nights)
    # Half past two does not come on the one day; on the other it comes once, half past one twice.
    first = local(day, 3, 30) if day == SPRING else local(day, 2, 30)
    assert nights.told("daily")
    assert [at for at, _ in nights.mails["daily"]] == [first, local(day + DAY, 2, 30)]


def assert_hourly(nights: Nights) -> None:
    due = [at for at, _ in nights.mails["hourly"]]
    assert len(due) == len(set(due))
    assert all(at.minute == 0 for at in due)
    for number, at in nights.told("hourly").items():
        assert timedelta() < at - nights.filed[number] <= 2 * STEP


def first_that_is_not_quiet(
    filed: datetime, is_quiet: Callable[[datetime, date], bool], day: date
) -> datetime:
    while is_quiet(filed.astimezone(NEW_YORK), day):
        filed += STEP
    return filed
