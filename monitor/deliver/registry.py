"""Every channel: the only place that lists them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, assert_never

from pydantic import Discriminator, Tag

from monitor.deliver.chat.courier import chat_courier
from monitor.deliver.chat.settings import ChatRecipient
from monitor.deliver.email.courier import email_courier
from monitor.deliver.email.settings import EmailRecipient, MailServer
from monitor.deliver.means import Means
from monitor.deliver.webhook.courier import webhook_courier
from monitor.deliver.webhook.settings import WebhookRecipient
from monitor.model.delivery import Notification
from monitor.ports import Courier
from monitor.render.chat import chat_of
from monitor.render.mail import Letterhead, mail_of
from monitor.render.webhook import body_of
from monitor.render.words import message_of

#: The key by which a recipient says how he is reached -> the keys that go with it.
CHANNELS: Mapping[str, type[EmailRecipient | WebhookRecipient | ChatRecipient]] = {
    "email": EmailRecipient,
    "webhook": WebhookRecipient,
    "chat": ChatRecipient,
}
#: What the tightest services take.
_SHORT = 500
Recipient = EmailRecipient | WebhookRecipient | ChatRecipient


def _channel_of(raw: object) -> str | None:
    """The one channel that a recipient names; None where he names none, or several."""
    if isinstance(raw, Recipient):
        return next(key for key, kind in CHANNELS.items() if isinstance(raw, kind))
    named = [key for key in CHANNELS if isinstance(raw, Mapping) and key in raw]
    return named[0] if len(named) == 1 else None


RecipientSettings = Annotated[
    Annotated[EmailRecipient, Tag("email")]
    | Annotated[WebhookRecipient, Tag("webhook")]
    | Annotated[ChatRecipient, Tag("chat")],
    Discriminator(
        _channel_of,
        custom_error_type="recipient",
        custom_error_message="a recipient has one of email, webhook and chat",
    ),
]


def courier_for(recipient: Recipient, means: Means) -> Courier:
    """Who carries notifications to this recipient."""
    match recipient:
        case EmailRecipient():
            return email_courier(recipient, means)
        case WebhookRecipient():
            return webhook_courier(recipient, means)
        case ChatRecipient():
            return chat_courier(recipient, means)
        case _:
            assert_never(recipient)


def letter_for(recipient: Recipient, mail: MailServer | None, told: Notification) -> bytes:
    """What is handed over to this recipient, to the byte; it is made and not sent."""
    match recipient:
        case EmailRecipient():
            letterhead = Letterhead(mail.sender) if mail else Letterhead()
            return mail_of(told, letterhead, recipient.email).as_bytes()
        case WebhookRecipient():
            return body_of(told, recipient.schema_version).encode()
        case ChatRecipient():
            return chat_of(message_of(told), _SHORT).encode()
        case _:
            assert_never(recipient)


def body_sent(recipient: Recipient, notification: Notification) -> str:
    """The document that he gets, letter for letter; empty where he gets a mail."""
    match recipient:
        case EmailRecipient():
            return ""
        case WebhookRecipient():
            return body_of(notification, recipient.schema_version)
        case ChatRecipient():
            return ""
        case _:
            assert_never(recipient)


def takes_bundles(recipient: Recipient) -> bool:
    """Whether several alerts may travel together to him."""
    match recipient:
        case EmailRecipient() | ChatRecipient():
            return True
        case WebhookRecipient():
            return recipient.schema_version > 1
        case _:
            assert_never(recipient)
