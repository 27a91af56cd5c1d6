"""What is found where the daemon listens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from ipaddress import ip_network

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from monitor.errors import StoreError
from monitor.listen.health import Health
from monitor.listen.inbox import Inbox
from monitor.listen.metrics import CONTENT_TYPE, Metrics
from monitor.listen.receiver import Receiver
from monitor.listen.signed import SignedPages
from monitor.ports import Clock
from monitor.settings.listening import CourtListenerPushConfig


def make_site(
    health: Health,
    metrics: Metrics | None = None,
    receiver: Receiver | None = None,
    answers: Sequence[SignedPages] = (),
    more: Sequence[BaseRoute] = (),
) -> Starlette:
    """The pages of the daemon; what is not asked for is not there."""
    return Starlette(routes=[*_routes(health, metrics, receiver, answers), *more])


def _routes(
    health: Health,
    metrics: Metrics | None,
    receiver: Receiver | None,
    answers: Sequence[SignedPages],
) -> Iterator[Route]:
    yield Route("/healthz", health.healthz)
    yield Route("/readyz", health.readyz)
    if metrics is not None:
        yield Route("/metrics", _page_of(metrics))
    if receiver is not None:
        yield Route("/courtlistener/{secret}", receiver.take, methods=["POST"])
    for pages in answers:
        yield from pages.routes()


def _page_of(metrics: Metrics) -> Callable[[Request], object]:
    async def page(_: Request) -> Response:
        try:
            text = await asyncio.to_thread(metrics.scrape)
        except StoreError as exc:
            return PlainTextResponse(f"{exc}\n", 503)
        return Response(text, media_type=CONTENT_TYPE)

    return page


def make_receiver(
    inbox: Inbox,
    config: CourtListenerPushConfig,
    secret: str,
    source_id: str,
    now: Clock,
    arrived: Callable[[], None],
) -> Receiver:
    """The receiver that the configuration asks for."""
    return Receiver(
        inbox=inbox,
        source_id=source_id,
        secret=secret,
        only_from=[ip_network(one) for one in config.only_from],
        most_bytes=int(config.max_megabytes * 1_000_000),
        now=now,
        arrived=arrived,
    )
