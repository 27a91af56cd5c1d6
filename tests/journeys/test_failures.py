"""Mail servers and receivers that fail halfway: nothing is lost, and nothing is told as new twice."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from tests.cut_line import AFTER_ACCEPTANCE, BEFORE_ACCEPTANCE, UNHEARD, Line, begin_again, cut_line
from tests.show.test_cli import parsed
from tests.story import Story, telling

SECRET = "whsec_ZG9ja2V0LW1vbml0b3ItdGVzdC1zZWNyZXQ="


class Receiver(ThreadingHTTPServer):
    """Acts once on each `webhook-id`, as receivers should, and may fail to say so."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.failures: list[str] = []
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.acted: dict[str, Any] = {}
        self.ended = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook"


class _Taking(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.requests.append((headers, body))
        self.server.acted.setdefault(headers["webhook-id"], json.loads(body))
        failure = self.server.failures.pop(0) if self.server.failures else ""
        if failure == "silent":
            self.server.ended.wait()
        if not failure:
            self.send_response(204)
            self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Quiet."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.ended.set()
        server.shutdown()
        thread.join()


@asynccontextmanager
async def told_at(receiver: Receiver, folder: Path, **more: Any) -> AsyncIterator[Story]:
    """A story whose first reading is done, and that tells this receiver from then on."""
    async with telling(folder, f"sqlite:///{folder}/m.db", **more) as story:
        await begin_again(story, f"{story.url}/hook", receiver.url)
        yield story


@asynccontextmanager
async def mailed_over(folder: Path, *cuts: str) -> AsyncIterator[tuple[Story, Line]]:
    """A story whose first reading is done, and the line over which it mails from then on."""
    async with telling(folder, f"sqlite:///{folder}/m.db") as story, cut_line(story, *cuts) as line:
        yield story, line


def message_ids(story: Story) -> list[str]:
    return [mail["Message-ID"] for mail in story.mails]


def tries(story: Story, recipient: str) -> list[tuple[str, str]]:
    """(result, what was said) of every attempt to tell the latest news."""
    (latest, *_) = parsed(story, "deliveries", "list", "--recipient", recipient)
    shown = parsed(story, "deliveries", "show", latest["delivery_id"])
    return [(one["result"], one["detail"]) for one in shown["tries"]]


@pytest.mark.parametrize("cut", BEFORE_ACCEPTANCE)
async def test_a_mail_that_was_cut_off_is_sent_again_and_arrives_once(
    tmp_path: Path, cut: str
) -> None:
    async with mailed_over(tmp_path, cut, cut) as (story, line):
        story.files(10, "Order", entry=10)
        for _ in range(5):
            await story.polls()
        assert len(message_ids(story)) == len(line.sent) == 1
        results = [result for result, _ in tries(story, "desk")]
        assert results == ["pending", "pending", "accepted"]


async def test_a_mail_whose_acceptance_was_not_heard_is_repeated_byte_by_byte(
    tmp_path: Path,
) -> None:
    async with mailed_over(tmp_path, UNHEARD) as (story, line):
        story.files(10, "Order", entry=10)
        for _ in range(5):
            await story.polls()
        assert len(set(message_ids(story))) == 1
        assert line.sent == [line.sent[0]] * 2
        (first, said), (last, _) = tries(story, "desk")
        assert (first, last) == ("pending", "accepted")
        assert "mail server 127.0.0.1:" in said


async def test_a_line_that_is_cut_after_the_acceptance_repeats_nothing(tmp_path: Path) -> None:
    async with mailed_over(tmp_path, AFTER_ACCEPTANCE) as (story, line):
        story.files(10, "Order", entry=10)
        for _ in range(5):
            await story.polls()
        assert len(message_ids(story)) == len(line.sent) == 1
        assert [result for result, _ in tries(story, "desk")] == ["accepted"]


async def test_an_accepted_mail_is_not_repeated_for_want_of_a_goodbye(tmp_path: Path) -> None:
    """The server may be waited for longer than an attempt may take."""
    async with mailed_over(tmp_path, "no goodbye") as (story, line):
        await begin_again(story, "timeout_seconds: 30", "timeout_seconds: 300")
        story.app.dispatcher = replace(story.app.dispatcher, total_seconds=20)
        story.files(10, "Order", entry=10)
        for _ in range(5):
            await story.polls()
        assert len(message_ids(story)) == len(line.sent) == 1
        assert [result for result, _ in tries(story, "desk")] == ["accepted"]


async def test_wherever_lines_are_cut_no_order_is_lost_and_none_is_told_as_new_twice(
    tmp_path: Path,
) -> None:
    cuts = (UNHEARD, "recipient", "goodbye", "message", UNHEARD, UNHEARD, "message")
    async with mailed_over(tmp_path, *cuts) as (story, line):
        for seq in range(10, 16):
            story.files(seq, "Order", entry=seq)
        for _ in range(12):
            await story.polls()
        arrived = Counter(message_ids(story))
        assert len(arrived) == 6
        assert arrived.total() == 6 + cuts.count(UNHEARD)
        # The same message says the same at every attempt.
        assert len(set(line.sent)) == 6
        assert parsed(story, "deliveries", "list", "--state", "pending") == []


@pytest.mark.parametrize("failure", ["silent", "dropped"])
async def test_a_receiver_that_acts_and_does_not_say_so_acts_once(
    tmp_path: Path, receiver: Receiver, failure: str
) -> None:
    async with told_at(receiver, tmp_path, read_seconds=2) as story:
        receiver.failures = [failure]
        story.files(10, "Order", entry=10)
        for _ in range(5):
            await story.polls()
        assert len(receiver.acted) == 1
        assert len(receiver.requests) >= 2
        assert {body for _, body in receiver.requests} == {receiver.requests[0][1]}
        results = [result for result, _ in tries(story, "hook")]
        assert results[0] == "pending"
        assert results.count("accepted") == 1


async def test_each_repetition_is_signed_for_its_own_moment(
    tmp_path: Path, receiver: Receiver
) -> None:
    """A receiver that refuses what is old must not refuse a repetition."""
    async with told_at(receiver, tmp_path) as story:
        receiver.failures = ["dropped"]
        story.files(10, "Order", entry=10)
        for _ in range(3):
            await story.polls()
        stamps = [int(headers["webhook-timestamp"]) for headers, _ in receiver.requests]
        assert len(stamps) >= 2
        assert stamps == sorted(set(stamps))
        for (headers, body), stamp in zip(receiver.requests, stamps, strict=True):
            signed = (headers["webhook-id"], datetime.fromtimestamp(stamp, UTC), body.decode())
            assert headers["webhook-signature"] == Webhook(SECRET).sign(*signed)
