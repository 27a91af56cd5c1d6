"""One HTTP server in the daemon's own loop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from monitor.errors import ListenError
from monitor.settings.listening import ListenConfig

_CLOSE_SECONDS = 5


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listens.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """The daemon minds the signals: it has more to close."""
        yield


class _Asked:
    """Notes who is at the other end, as `peer`, before a proxy says for whom it asks."""

    def __init__(self, site: ASGIApp, trusted_proxies: list[str]) -> None:
        self._site: Any = ProxyHeadersMiddleware(cast(Any, site), trusted_proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["peer"] = scope["client"][0] if scope.get("client") else ""
        await self._site(scope, receive, send)


@dataclass
class Listener:
    """Listens until it is stopped."""

    config: ListenConfig
    site: ASGIApp
    _server: _Server | None = None
    _task: asyncio.Task[None] | None = None
    _socket: socket.socket | None = field(default=None)

    @property
    def port(self) -> int:
        """Where it listens: of port 0 the system makes one that is free."""
        return int(self._socket.getsockname()[1]) if self._socket else self.config.port

    async def start(self) -> None:
        """Raises ListenError where nobody can listen there."""
        self._socket = _bound(self.config.host, self.config.port)
        self._server = _Server(
            uvicorn.Config(
                _Asked(self.site, list(self.config.trusted_proxies)),
                loop="none",
                http="h11",
                ws="none",
                lifespan="off",
                log_config=None,
                # The path holds a secret.
                access_log=False,
                server_header=False,
                date_header=False,
                proxy_headers=False,
                limit_concurrency=500,
                timeout_keep_alive=5,
                timeout_graceful_shutdown=_CLOSE_SECONDS,
            )
        )
        self._task = asyncio.create_task(self._server.serve([self._socket]), name="listen")
        await self._server.listens.wait()

    async def stop(self) -> None:
        if self._server is not None and self._task is not None:
            self._server.should_exit = True
            with contextlib.suppress(asyncio.CancelledError):
                await self._task


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as exc:
        raise ListenError(
            f"cannot listen on {host} port {port}: {exc.strerror or exc}: stop what listens there, "
            "or write another `listen: {port: …}`"
        ) from exc
