"""CourtListener's webhooks, received: kept raw, answered, and read later.

It signs nothing, so a secret path and, where wanted, its addresses say that it is it. Whatever it
sends is answered with 200 once it is on disk: eight refusals and it switches the webhook off.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from monitor.errors import StoreError
from monitor.listen.inbox import Inbox, InboxFull
from monitor.model.push import Push, PushState
from monitor.normalize.text import plain
from monitor.ports import Clock

log = logging.getLogger(__name__)

Network = IPv4Network | IPv6Network
#: The sender waits for three seconds.
_ANSWER_SECONDS, _BODY_SECONDS = 2.5, 20.0
#: Of what is too large, so much is kept to see what it was.
_HEAD = 4_000
_LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Receiver:
    """Takes what is posted to the secret path; everything else finds nothing there."""

    inbox: Inbox
    source_id: str
    secret: str
    only_from: Sequence[Network]
    most_bytes: int
    now: Clock
    #: Told when something is there to be read.
    arrived: Callable[[], None]

    async def take(self, request: Request) -> Response:
        """Answer 200 to what is kept, 503 to what cannot be kept now, 404 to strangers."""
        if not self._may_come(request):
            return Response(status_code=404)
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                body, is_whole = await self._body(request)
        except (TimeoutError, ClientDisconnect):
            return Response(status_code=408)
        push = self._push(request, body, is_whole=is_whole)
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                await self.inbox.keep(push)
        except (StoreError, InboxFull, TimeoutError) as exc:
            log.error("push not kept", extra={"reason": plain(str(exc), 300)})  # noqa: TRY400
            return Response(status_code=503, headers={"Retry-After": "60"})
        self.arrived()
        return Response(status_code=200)

    def _may_come(self, request: Request) -> bool:
        said = request.path_params["secret"].encode("utf-8", "replace")
        knows = hmac.compare_digest(said, self.secret.encode())
        return knows and (not self.only_from or self._is_from_there(request))

    def _is_from_there(self, request: Request) -> bool:
        host = request.client.host if request.client else ""
        try:
            asker = ip_address(host)
        except ValueError:
            return False
        if any(asker in network for network in self.only_from):
            return True
        log.warning("push from elsewhere", extra={"address": str(asker)})
        return False

    async def _body(self, request: Request) -> tuple[bytes, bool]:
        """The body as far as it is kept, and whether that is all of it."""
        parts, size = [], 0
        async for part in request.stream():
            size += len(part)
            parts.append(part)
            if size > self.most_bytes:
                return b"".join(parts)[:_HEAD], False
        return b"".join(parts), True

    def _push(self, request: Request, body: bytes, *, is_whole: bool) -> Push:
        said = request.headers.get("idempotency-key", "").strip()
        # Without a name, its content is one: the same is kept once.
        key = plain(said, _LONGEST_KEY) or hashlib.blake2b(body, digest_size=16).hexdigest()
        push = Push(f"{self.source_id}:{key}", self.source_id, self.now(), body)
        if is_whole:
            return push
        note = f"larger than {self.most_bytes:,} bytes: its beginning is kept"
        return Push(
            push.push_id, push.source_id, push.received_at, body, PushState.WAITING, "", note
        )
