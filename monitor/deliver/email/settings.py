"""Mail in the settings: the server, and a recipient."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from monitor.deliver.recipient import RecipientBase
from monitor.fields import SecretAt, Strict
from monitor.render.mailbox import parse_mailbox


def _sender(raw: str) -> str:
    """An address that a mail can come from, as it stands."""
    parse_mailbox(raw)
    return raw


def _recipient(raw: str) -> str:
    """An address that a mail can go to, alone, as it stands."""
    if set("<,;") & set(raw):
        raise ValueError(
            f"{raw!r}: write one address alone, as desk@example.org; for two people write two "
            "recipients"
        )
    parse_mailbox(raw)
    return raw


class MailServer(Strict):
    """The section `email`: where mail is handed over, and who writes."""

    host: str = Field(min_length=1)
    port: int = Field(587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: SecretAt | None = None
    sender: Annotated[str, AfterValidator(_sender)] = Field(alias="from")
    timeout_seconds: float = Field(30, gt=0, le=300)


class EmailRecipient(RecipientBase):
    """Somebody who is reached by mail."""

    email: Annotated[str, AfterValidator(_recipient)]
    #: Whether its reader may mute and unsubscribe by a link: not where one speaks for many.
    may_unsubscribe: bool = True
