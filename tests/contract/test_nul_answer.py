"""An acceptance in odd bytes is an acceptance, on PostgreSQL too."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx

from monitor.deliver.webhook.courier import WebhookCourier
from monitor.dispatch import Dispatcher
from monitor.model.delivery import Rule
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.make import filed


async def test_an_acceptance_with_a_nul_byte_is_remembered(store: SqlStore) -> None:
    received = []

    async def body() -> AsyncIterator[bytes]:
        yield b"ok\x00"

    def answer(request: httpx.Request) -> httpx.Response:
        received.append(request)
        return httpx.Response(200, content=body())

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        courier = WebhookCourier("https://hook.example.org", "", client, lambda: NOON)
        dispatcher = Dispatcher(
            store, {"hook": courier}, [Rule("all", ("hook",))], lambda: NOON, lambda: 0.5
        )
        with store.begin() as unit:
            unit.outbox.add([filed()])
        assert await dispatcher.drain() == 1
        assert await dispatcher.drain() == 0
    assert len(received) == 1
