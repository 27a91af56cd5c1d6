"""A webhook in the settings."""

from __future__ import annotations

import base64
import binascii
from typing import Literal

from monitor.deliver.recipient import RecipientBase
from monitor.fields import SecretAt, Url


class WebhookRecipient(RecipientBase):
    """A program that is reached by a signed POST."""

    webhook: Url
    secret: SecretAt | None = None
    #: While receivers change over, what is sent is signed with both.
    previous_secret: SecretAt | None = None
    allow_private_addresses: bool = False
    #: The version of the document that it understands.
    schema_version: Literal[1, 2] = 2


def check_webhook_secret(secret: str) -> str:
    """What is wrong with a webhook secret; empty where nothing is."""
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        return "is not base64: make one with `docket-monitor init --secret`"
    return "" if len(key) >= 16 else "is shorter than 16 bytes"
