"""Webhooks to a real receiver."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from monitor.deliver.webhook.courier import WebhookCourier
from monitor.errors import DeliveryPostponed, DeliveryRejected, ReceiverGone
from monitor.fetch.guard import make_client
from tests.make import filed, notification, snapshot

SECRET = "whsec_ZG9ja2V0LW1vbml0b3ItdGVzdC1zZWNyZXQ="
NOW = datetime.now(UTC)
HELLO = filed(entries=(snapshot(headline="Héllo\r\nX-Evil: 1"),))
NOTIFICATION = notification(HELLO, recipient="hook")


class Receiver(BaseHTTPRequestHandler):
    status: int = 200
    headers_out: ClassVar[dict[str, str]] = {}
    answer: bytes = b"ok"
    seen: ClassVar[list[tuple[dict[str, str], bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        type(self).seen.append(({k.lower(): v for k, v in self.headers.items()}, body))
        self.send_response(self.status)
        for name, value in self.headers_out.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *_args: object) -> None:
        """Quiet."""


@pytest.fixture
async def courier() -> AsyncIterator[WebhookCourier]:
    Receiver.status, Receiver.headers_out, Receiver.answer = 200, {}, b"ok"
    Receiver.seen = []
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    client = make_client(user_agent="test", allow_private=True, read_seconds=2)
    url = f"http://127.0.0.1:{server.server_address[1]}/x"
    yield WebhookCourier(url, SECRET, client, lambda: datetime.now(UTC))
    await client.aclose()
    server.shutdown()
    server.server_close()
    thread.join()


async def test_it_is_signed_and_its_id_is_the_same_at_every_attempt(
    courier: WebhookCourier,
) -> None:
    for _ in range(2):
        assert await courier.deliver(NOTIFICATION) == "HTTP 200 ok"
    for headers, body in Receiver.seen:
        assert headers["webhook-id"] == "a1.hook"
        verified = Webhook(SECRET).verify(body, headers)
        assert verified == json.loads(body)
        assert verified["schema_version"] == 2
        (told,) = verified["data"]["alerts"]
        assert told["entries"][0]["headline"] == "Héllo \nX-Evil: 1"
    assert Receiver.seen[0][1] == Receiver.seen[1][1]


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
async def test_these_are_postponed(courier: WebhookCourier, status: int) -> None:
    Receiver.status, Receiver.headers_out = status, {"Retry-After": "120"}
    with pytest.raises(DeliveryPostponed) as caught:
        await courier.deliver(NOTIFICATION)
    assert caught.value.retry_after == 120


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 403, 404, 422])
async def test_these_are_rejected(courier: WebhookCourier, status: int) -> None:
    Receiver.status, Receiver.headers_out = status, {"Location": "http://127.0.0.1:1/"}
    with pytest.raises(DeliveryRejected):
        await courier.deliver(NOTIFICATION)
    assert len(Receiver.seen) == 1


async def test_who_answers_that_it_is_gone_wants_nothing_more(courier: WebhookCourier) -> None:
    Receiver.status = 410
    with pytest.raises(ReceiverGone, match="HTTP 410"):
        await courier.deliver(NOTIFICATION)


async def test_a_huge_answer_is_not_read_to_its_end(courier: WebhookCourier) -> None:
    Receiver.answer = b"x" * 3_000_000
    answer = await courier.deliver(NOTIFICATION)
    assert len(answer) < 300


async def test_an_acceptance_whose_words_never_come_is_an_acceptance(
    courier: WebhookCourier,
) -> None:
    Receiver.headers_out = {"Content-Length": "50"}
    assert await courier.deliver(NOTIFICATION) == "HTTP 200"


async def test_a_receiver_that_is_down_postpones(courier: WebhookCourier) -> None:
    down = WebhookCourier("http://127.0.0.1:1/x", SECRET, courier.client, courier.now)
    with pytest.raises(DeliveryPostponed):
        await down.deliver(NOTIFICATION)


async def test_a_private_address_is_refused_where_it_is_not_allowed() -> None:
    client = make_client(user_agent="test", allow_private=False)
    for url in ("http://127.0.0.1:1/x", "http://localhost:1/x", "http://[::ffff:10.0.0.1]/x"):
        with pytest.raises(DeliveryRejected, match="not a public address"):
            await WebhookCourier(url, "", client, lambda: NOW).deliver(NOTIFICATION)
    await client.aclose()


async def test_while_secrets_change_a_receiver_with_either_takes_it(
    courier: WebhookCourier,
) -> None:
    older = "whsec_" + "b2xkZXItc2VjcmV0LW9mLXNpeHRlZW4="
    both = replace(courier, previous_secret=older)
    await both.deliver(NOTIFICATION)
    ((headers, body),) = Receiver.seen
    assert len(headers["webhook-signature"].split()) == 2
    for secret in (SECRET, older):
        assert Webhook(secret).verify(body.decode(), headers)
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "YW5vdGhlci1zZWNyZXQtb2Ytb3Vycw==").verify(body.decode(), headers)
