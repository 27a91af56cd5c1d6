"""From an entry to the court's own bytes, on the command line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.errors import UsageError
from monitor.show.cli.commands import body as body_command
from tests.show.test_history_command import OBEYED, shown
from tests.story import CTR, Story, telling


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", has_token=True) as told:
        told.files(10, "Order", entry=10, text="ORDER denying 7 Motion \x1b[2J")
        await told.polls()
        yield told


def first_hash(story: Story) -> str:
    traced = json.loads(shown(story, "show", f"dcd/{CTR}#10", "--raw", "--json").stdout)
    return str(traced[0]["bodies"][0]["body_hash"])


async def test_the_bytes_of_an_entry_have_the_hash_that_names_them(story: Story) -> None:
    name, out = first_hash(story), story.folder / "feed.xml"
    done = shown(story, "body", name[:10], "--out", str(out))
    assert done.exit_code == 0, done.output
    assert hashlib.sha256(out.read_bytes()).hexdigest() == name
    assert b"Order" in out.read_bytes()
    assert name in done.output
    again = shown(story, "body", name, "--out", str(out))
    assert isinstance(again.exception, UsageError)
    assert shown(story, "body", name).stdout_bytes == out.read_bytes()


async def test_each_sighting_is_listed_with_its_source_moment_and_hash(story: Story) -> None:
    done = shown(story, "show", f"dcd/{CTR}#10", "--raw")
    assert done.exit_code == 0, done.output
    assert done.output.count("sha256 ") >= 2
    assert "court:dcd on " in done.output
    assert not OBEYED.search(done.output)


async def test_a_strangers_bytes_are_not_written_to_a_terminal(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Tty:
        def isatty(self) -> bool:
            return True

    class Sys:
        stdout = Tty()

    monkeypatch.setattr(body_command, "sys", Sys)
    done = shown(story, "body", first_hash(story))
    assert isinstance(done.exception, UsageError)
    assert "--out" in str(done.exception)
    assert done.output == ""


async def test_the_record_of_a_story_is_whole(story: Story) -> None:
    done = shown(story, "verify")
    assert done.exit_code == 0, done.output
    head = json.loads(shown(story, "verify", "--json").stdout)["head"]
    assert f"head:  {head}" in done.output
    assert "still in the chain" in shown(story, "verify", "--since-head", head).output
    missed = shown(story, "verify", "--since-head", "f" * 64)
    assert missed.exit_code == 1
    assert "NOT in the chain" in " ".join(missed.output.split())
    assert isinstance(shown(story, "verify", "--since-head", "x").exception, UsageError)
