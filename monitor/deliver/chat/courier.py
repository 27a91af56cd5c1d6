"""Chat and push by Apprise, which knows the services: each message within what a service takes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from monitor.deliver.chat.settings import ChatRecipient
from monitor.deliver.means import Means, no_link
from monitor.errors import DeliveryPostponed
from monitor.model.delivery import Notification
from monitor.normalize.text import plain
from monitor.render.chat import chat_of
from monitor.render.message import with_link
from monitor.render.words import message_of

#: Between title and text, and what services add of their own.
_SPARE = 50
_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class ChatCourier:
    """Hands over to one address. Nothing tells a repetition apart: a lost answer repeats it."""

    address: str = field(repr=False)
    #: Where a message is acknowledged; empty where it need not be.
    link: Callable[[Notification], str] = no_link

    async def deliver(self, notification: Notification) -> str:
        return await asyncio.to_thread(self._send, notification)

    def _send(self, notification: Notification) -> str:
        import apprise
        from apprise import LogCapture

        capture: Any = LogCapture
        service: Any = apprise.Apprise.instantiate(self.address)
        message = with_link(message_of(notification), self.link(notification))
        title = message.subject
        if service.title_maxlen:
            title = title[: service.title_maxlen]
        body = chat_of(message, service.body_maxlen - len(title) - _SPARE)
        with capture(level=logging.WARNING) as said:
            is_taken = service.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT)
        if not is_taken:
            words = plain(said.getvalue().replace(self.address, "…"), _LONGEST_REASON)
            reason = words or "it gave no reason"
            raise DeliveryPostponed(f"{service.service_name} did not take it: {reason}")
        return f"{service.service_name} took it"


def chat_courier(recipient: ChatRecipient, means: Means) -> ChatCourier:
    """The courier to this address."""
    return ChatCourier(means.secrets[f"recipients.{recipient.name}"], means.link)
