"""Chat and push by Apprise, against servers on loopback that speak the services' formats."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.deliver.chat.courier import ChatCourier
from monitor.demo.samples import LIKE, sample
from monitor.errors import DeliveryPostponed
from monitor.render.chat import chat_of
from monitor.render.words import message_of
from tests.settings.test_keys import accepted, refused

TOKEN = "3ccdd113474722377935511fc85d3dd4"


class Service(BaseHTTPRequestHandler):
    """Takes a POST of JSON, or says why not."""

    status = 200
    posts: list[tuple[str, dict[str, Any]]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.posts.append((self.path, json.loads(body)))
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(b"{}" if self.status == 200 else b"no such room")

    def log_message(self, *_args: object) -> None:
        """Quiet."""


@contextmanager
def service(status: int = 200) -> Iterator[tuple[str, list[tuple[str, dict[str, Any]]]]]:
    """Its host and port, and what it was sent."""
    posts: list[tuple[str, dict[str, Any]]] = []
    handler = type("Handler", (Service,), {"status": status, "posts": posts})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}", posts
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


async def test_mattermost_gets_the_ruling_first_and_the_link() -> None:
    with service() as (host, posts):
        answer = await ChatCourier(f"mmost://{host}/{TOKEN}").deliver(sample("order", "room"))
    ((path, body),) = posts
    assert answer == "Mattermost took it"
    assert path == f"/hooks/{TOKEN}"
    assert body["text"].index("GRANTED: Plaintiffs' Motion to Stay") < body["text"].index("ORDER")
    assert "https://www.courtlistener.com/docket/1/15/roe-v-doe/" in body["text"]
    assert "Ruling: denied on entry 14" in body["text"]


async def test_ntfy_gets_a_title_and_a_message() -> None:
    with service() as (host, posts):
        await ChatCourier(f"ntfy://{host}/dockets").deliver(sample("gap", "room"))
    ((_, body),) = posts
    assert body["topic"] == "dockets"
    assert body["title"].startswith("[docket-monitor] Gap in")
    assert "Look at the docket itself if it matters." in body["message"]


@pytest.mark.parametrize("like", LIKE)
async def test_every_sort_of_message_is_one_post(like: str) -> None:
    with service() as (host, posts):
        await ChatCourier(f"mmost://{host}/{TOKEN}").deliver(sample(like, "room"))
    ((_, body),) = posts
    assert len(body["text"]) <= 4_000


@pytest.mark.parametrize("status", [400, 404, 429, 500])
async def test_what_is_not_taken_is_tried_again_and_no_key_is_said(status: int) -> None:
    with service(status) as (host, _), pytest.raises(DeliveryPostponed) as caught:
        await ChatCourier(f"mmost://{host}/{TOKEN}").deliver(sample("order", "room"))
    assert "Mattermost did not take it" in caught.value.reason
    assert TOKEN not in caught.value.reason


async def test_a_service_that_is_gone_is_tried_again() -> None:
    with service() as (host, _):
        address = f"mmost://{host}/{TOKEN}"
    with pytest.raises(DeliveryPostponed):
        await ChatCourier(address).deliver(sample("order", "room"))


@given(st.sampled_from(sorted(LIKE)), st.integers(0, 5_000))
def test_no_message_is_longer_than_a_service_takes(like: str, most: int) -> None:
    message = message_of(sample(like, "room"))
    assert len(chat_of(message, most)) <= most


def test_what_is_left_out_is_counted() -> None:
    said = chat_of(message_of(sample("digest", "room")), 700)
    assert "more parts: docket-monitor history" in said


def test_an_address_that_apprise_does_not_know_is_refused_and_not_shown(tmp_path: Path) -> None:
    (tmp_path / "room").write_text("nonsense://secret-key-4711")
    text = "packs: []\nrecipients: [{name: room, chat: {file: room}}]\n"
    said = " ".join(refused(tmp_path, text))
    assert "is no address that Apprise knows" in said
    assert "secret-key-4711" not in said
    (tmp_path / "room").write_text(f"mmost://chat.example.org/{TOKEN}")
    loaded = accepted(tmp_path, text)
    assert TOKEN not in repr(loaded)
