"""`check` knows what `watch add` added, where there is a database, and makes none."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.errors import UsageError
from tests.show.test_cli import call
from tests.show.test_history_command import shown
from tests.story import Story, telling


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    routes = "routes: [{name: ours, to: [desk, hook], cases: [ctr-v-irs]}]"
    async with telling(
        tmp_path, f"sqlite:///{tmp_path}/m.db", has_token=True, routes=routes, now=datetime.now(UTC)
    ) as told:
        yield told


async def test_check_names_an_added_watch_that_leads_to_nobody(story: Story) -> None:
    """Law 18: an error that `check`, `watch add` and `status` name."""
    with pytest.raises(UsageError, match="nobody would be told"):
        call(story, "watch", "add", "dcd", "1:25-cv-09999")
    done = shown(story, "check", "--json")
    assert done.exit_code == 1
    assert "dcd-1-25-cv-09999" in json.dumps(json.loads(done.stdout)["problems"])
