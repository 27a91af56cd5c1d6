"""Tab: ids are completed as click asks for them, and nothing else is ever printed."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.model.court import courts
from tests.show.test_errors import MAIN
from tests.story import Story, telling


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db") as told:
        yield told


def asked(words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """What a shell is told that asks to complete the last word."""
    typed = ["docket-monitor", *words.split(" ")]
    asking = {
        "_DOCKET_MONITOR_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(typed),
        "COMP_CWORD": str(len(typed) - 1),
    }
    return subprocess.run(
        MAIN, env={**os.environ, **asking, **env}, capture_output=True, text=True, check=False
    )


async def completed(words: str, **env: str) -> list[str]:
    done = await asyncio.to_thread(asked, words, **env)
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


async def test_ids_are_completed_wherever_the_configuration_is_named(story: Story) -> None:
    config = f"{story.folder}/monitor.yaml"
    assert await completed("status ctr", DOCKET_MONITOR_CONFIG=config) == ["ctr-v-irs"]
    assert await completed(f"--config {config} timeline ") == ["ctr-v-irs"]
    assert await completed(f"history --config {config} --case c") == ["ctr-v-irs"]
    assert await completed("silence add --case c", DOCKET_MONITOR_CONFIG=config) == ["ctr-v-irs"]
    assert "court:dcd" in await completed("poll ", DOCKET_MONITOR_CONFIG=config)
    assert await completed(f"status --database {story.database} c") == ["ctr-v-irs"]


async def test_cases_of_the_packs_are_completed_before_there_is_a_database(story: Story) -> None:
    file = story.folder / "monitor.yaml"
    file.write_text(file.read_text().replace("/m.db", "/none.db"))
    assert await completed("status ", DOCKET_MONITOR_CONFIG=str(file)) == ["ctr-v-irs"]
    assert not (story.folder / "none.db").exists()


async def test_what_needs_no_configuration_is_completed_without() -> None:
    assert await completed("history --court ca") == sorted(
        c for c in courts() if c.startswith("ca")
    )
    assert await completed("silence add --kind notice") == ["notice", "notice_of_appeal"]
    assert "timeline" in await completed("time")


@pytest.mark.parametrize(
    "text", ["", "database: [", "packs: [none.yaml]", "\x00", "database: ftp://x"]
)
async def test_a_broken_configuration_offers_nothing_and_says_nothing(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "monitor.yaml").write_text(text)
    (tmp_path / "m.db").write_text("no database")
    damaged = f"status --database sqlite:///{tmp_path}/m.db c"
    for words in ("status c", "poll ", damaged):
        assert await completed(words, DOCKET_MONITOR_CONFIG=f"{tmp_path}/monitor.yaml") == []


async def test_no_server_is_asked(story: Story) -> None:
    """An address that answers nobody would hold up the shell."""
    file = story.folder / "monitor.yaml"
    file.write_text(file.read_text().replace(story.database, "postgresql://nobody@203.0.113.1/m"))
    assert await completed("status ", DOCKET_MONITOR_CONFIG=str(file)) == ["ctr-v-irs"]
    assert await completed("poll ", DOCKET_MONITOR_CONFIG=str(file)) == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
async def test_each_shell_is_told_how(shell: str) -> None:
    env = {**os.environ, "_DOCKET_MONITOR_COMPLETE": f"{shell}_source"}
    done = await asyncio.to_thread(
        subprocess.run, MAIN, env=env, capture_output=True, text=True, check=False
    )
    assert "docket-monitor" in done.stdout
    assert "_DOCKET_MONITOR_COMPLETE" in done.stdout
