"""Webhooks: JSON, signed as the Standard Webhooks specification says."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field

import httpx
from standardwebhooks import Webhook

from monitor.deliver.means import Means
from monitor.deliver.webhook.settings import WebhookRecipient
from monitor.errors import AddressRefused, DeliveryPostponed, DeliveryRejected, ReceiverGone
from monitor.model.delivery import Notification
from monitor.ports import Clock
from monitor.render.webhook import body_of
from monitor.schedule import retry_after

#: Not now, but perhaps later; any other 4xx is a refusal.
_LATER = {408, 425, 429}
#: By the specification: "disable the endpoint".
_GONE = 410
_LONGEST_ANSWER = 4_096


@dataclass(frozen=True, slots=True)
class WebhookCourier:
    """Posts to one URL. `webhook-id` is the delivery's id: the same at every attempt."""

    url: str
    #: `whsec_…`; empty sends unsigned.
    secret: str = field(repr=False)
    client: httpx.AsyncClient
    now: Clock
    #: The version of the document that the receiver understands.
    schema_version: int = 2
    #: The one before, while receivers change over.
    previous_secret: str = field(default="", repr=False)

    async def deliver(self, notification: Notification) -> str:
        body = body_of(notification, self.schema_version)
        headers = self._headers(notification.delivery_id, body)
        try:
            async with self.client.stream(
                "POST", self.url, content=body.encode(), headers=headers
            ) as response:
                said = await _beginning(response)
        except AddressRefused as exc:
            raise DeliveryRejected(str(exc)) from exc
        except httpx.InvalidURL as exc:
            # The reason repeats a piece of the address, which may be secret.
            raise DeliveryRejected("the address in the configuration is not a URL") from exc
        except httpx.TimeoutException as exc:
            raise DeliveryPostponed(f"timed out ({type(exc).__name__})") from exc
        except httpx.HTTPError as exc:
            raise DeliveryPostponed(str(exc) or type(exc).__name__) from exc
        return self._judge(response, said)

    def _headers(self, delivery_id: str, body: str) -> dict[str, str]:
        at = self.now()
        headers = {
            "Content-Type": "application/json",
            "webhook-id": delivery_id,
            "webhook-timestamp": str(int(at.timestamp())),
        }
        secrets = filter(None, (self.secret, self.previous_secret))
        signed = [Webhook(secret).sign(delivery_id, at, body) for secret in secrets]
        if signed:
            # A receiver takes a message if any of the signatures is right.
            headers["webhook-signature"] = " ".join(signed)
        return headers

    def _judge(self, response: httpx.Response, said: str) -> str:
        status = response.status_code
        answer = f"HTTP {status} {said}".strip()
        if 200 <= status < 300:
            return answer
        if status in _LATER or status >= 500:
            raw = response.headers.get("retry-after", "")
            raise DeliveryPostponed(answer, retry_after(raw, self.now()))
        if status == _GONE:
            raise ReceiverGone(answer)
        if 300 <= status < 400:
            raise DeliveryRejected(
                f"HTTP {status}: it redirects to another address; configure the final URL"
            )
        raise DeliveryRejected(answer)


def webhook_courier(recipient: WebhookRecipient, means: Means) -> WebhookCourier:
    """The courier to this URL."""
    return WebhookCourier(
        url=recipient.webhook,
        secret=means.secrets.get(f"recipients.{recipient.name}", ""),
        client=means.client(recipient.allow_private_addresses),
        now=means.now,
        schema_version=recipient.schema_version,
        previous_secret=means.secrets.get(f"recipients.{recipient.name}.previous", ""),
    )


async def _beginning(response: httpx.Response) -> str:
    """The first words of the answer; the rest is never read."""
    received = b""
    # The status is the answer: words that never come do not take an acceptance back.
    with contextlib.suppress(httpx.HTTPError):
        async for chunk in response.aiter_raw(_LONGEST_ANSWER):
            received += chunk
            if len(received) >= _LONGEST_ANSWER:
                break
    if response.headers.get("content-encoding", ""):
        return ""
    return " ".join(received[:200].decode("utf-8", "replace").split())
