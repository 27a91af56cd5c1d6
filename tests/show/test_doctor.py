"""`doctor`: each thing that would keep the daemon from its work is named with a remedy."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.doctor import Finding, State, look_into_all, worst
from monitor.settings.load import load_settings
from tests.show.test_cli import call, parsed
from tests.story import Story, telling


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    now = datetime.now(UTC)
    database = f"sqlite:///{tmp_path}/m.db"
    async with telling(tmp_path, database, now=now, has_token=True) as one:
        yield one


async def found(story: Story, ahead: timedelta = timedelta()) -> dict[str, Finding]:
    settings = load_settings(story.folder / "monitor.yaml")
    now = datetime.now(UTC) + ahead
    return {one.what: one for one in await look_into_all(settings, story.database, lambda: now)}


async def test_where_all_is_well_it_says_so(story: Story) -> None:
    looked = await found(story)
    assert {one.state for one in looked.values()} <= {State.OK, State.WARNING}
    assert {"routes", "database", "disk", "daemon", "mail server"} <= looked.keys()
    assert "the token is valid" in looked["source cl:usage"].words
    assert looked["source court:dcd"].state is State.OK
    assert "OK" in call(story, "doctor")
    assert all(set(one) == {"what", "state", "words"} for one in parsed(story, "doctor"))


async def test_what_is_wrong_is_named_and_ends_with_an_error(story: Story) -> None:
    story.court.modes["/dcd/"] = "500"
    story.mail.__exit__(None, None, None)
    looked = await found(story)
    assert "HTTP 500" in looked["source court:dcd"].words
    assert looked["mail server"].state is State.WRONG
    assert worst(tuple(looked.values())) is State.WRONG
    assert "WRONG" in call(story, "doctor", code=1)


async def test_a_clock_that_is_wrong_and_a_daemon_that_does_not_run(story: Story) -> None:
    looked = await found(story, timedelta(hours=3))
    assert "let NTP keep it" in looked["clock"].words
    assert "start docket-monitor run" in looked["daemon"].words


async def test_nothing_is_spent_stored_or_sent(story: Story) -> None:
    with story.app.store.begin() as unit:
        before = unit.quota.spent(story.now)
    mails, hooks = len(story.mails), len(story.court.received)
    await found(story)
    with story.app.store.begin() as unit:
        assert unit.quota.spent(story.now) == before
    assert (len(story.mails), len(story.court.received)) == (mails, hooks)


async def test_a_database_that_is_not_there_yet_is_no_fault(story: Story) -> None:
    settings = load_settings(story.folder / "monitor.yaml")
    database = f"sqlite:///{story.folder}/new/m.db"
    looked = await look_into_all(settings, database, lambda: datetime.now(UTC))
    (said,) = [one for one in looked if one.what == "database"]
    assert (said.state, "can be made" in said.words) == (State.OK, True)
