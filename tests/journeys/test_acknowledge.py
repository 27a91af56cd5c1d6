"""A link in a mail, a page, a button: and the message goes to nobody else."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from monitor.errors import UsageError
from monitor.listen.assemble import start_listening
from tests.settings.test_keys import refused
from tests.show.test_cli import call, parsed
from tests.story import Story, telling

ROUTES = """\
routes: [{name: orders, to: [desk], kinds: [order], acknowledge: {within: 30m, then: [hook]}}]
listen: {port: 0}
links: {url: "https://monitor.example.org/", secret: {file: path}}
"""


@asynccontextmanager
async def asked(folder: Path) -> AsyncIterator[tuple[Story, httpx.AsyncClient, str]]:
    """A story in which an order was told; a reader, and the path of the link in his mail."""
    (folder / "path").write_text("a-path-that-nobody-can-guess")
    now = datetime.now(UTC)
    async with telling(folder, f"sqlite:///{folder}/m.db", routes=ROUTES, now=now) as story:
        config = story.app.settings.config.listen
        assert config is not None

        async def well() -> str:
            return ""

        started = await start_listening(story.app, config, well, lambda: None)
        story.files(10, "Order <b>", entry=10)
        await story.polls()
        body = story.mails[-1].get_body(("plain",))
        assert body is not None
        found = re.search(r"https://monitor\.example\.org(/acknowledge/\S+)", body.get_content())
        assert found
        url = f"http://127.0.0.1:{started.listener.port}"
        try:
            async with httpx.AsyncClient(base_url=url) as reader:
                yield story, reader, found[1]
        finally:
            await started.stop()


async def test_looking_changes_nothing_and_the_button_ends_it(tmp_path: Path) -> None:
    async with asked(tmp_path) as (story, reader, path):
        page = await reader.get(path)
        assert page.status_code == 200
        assert "I take this up" in page.text
        assert "<b>" not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
        line = parsed(story, "deliveries", "list", "--recipient", "desk")[0]
        assert line["acknowledged_at"] is None
        done = await reader.post(path)
        assert "Taken up" in done.text
        assert "I take this up" not in done.text
        assert "It goes to nobody else" in (await reader.get(path)).text
        assert await story.polls(60) == []
        assert "taken up" in call(story, "deliveries", "list", "--recipient", "desk")


async def test_without_it_the_next_one_is_told_and_can_end_it_by_hand(tmp_path: Path) -> None:
    async with asked(tmp_path) as (story, _, _path):
        told = await story.polls(31)
        assert [alert["topic"] for alert in told] == ["filed"]
        (onward,) = [
            one["delivery_id"]
            for one in parsed(story, "deliveries", "list", "--recipient", "hook")
            if ".to." in one["delivery_id"]
        ]
        assert "it went on to somebody else" in call(story, "deliveries", "list")
        assert "by Ann" in " ".join(call(story, "ack", onward, "--by", "Ann").split())
        assert parsed(story, "ack", onward)["by"] == "Ann"  # the first one


@pytest.mark.parametrize("change", ["0", "x", "%2e%2e", "é"])
async def test_nobody_can_make_a_link_up(tmp_path: Path, change: str) -> None:
    async with asked(tmp_path) as (_, reader, path):
        for forged in (path[:-1] + change, path.replace("/acknowledge/", f"/acknowledge/{change}")):
            if forged != path:
                assert (await reader.get(forged)).status_code == 404
                assert (await reader.post(forged)).status_code == 404


async def test_what_asks_for_nothing_cannot_be_taken_up(tmp_path: Path) -> None:
    async with asked(tmp_path) as (story, _, _path):
        story.now += timedelta(minutes=1)
        with pytest.raises(UsageError, match="`deliveries list` names them"):
            call(story, "ack", "nothing")
        (first, *_) = parsed(story, "deliveries", "list", "--recipient", "desk")[::-1]
        with pytest.raises(UsageError, match="its route has no `acknowledge`"):
            call(story, "ack", first["delivery_id"])


def test_links_that_lead_nowhere_are_refused(tmp_path: Path) -> None:
    (tmp_path / "path").write_text("a-path-that-nobody-can-guess")
    text = 'packs: []\nlinks: {url: "https://m.example.org", secret: {file: path}}\n'
    assert "the daemon listens only with" in " ".join(refused(tmp_path, text))
