"""Mail in the settings: the server, and a recipient."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from monitor.fields import Id, SecretAt, Strict


class MailServer(Strict):
    """The section `email`: where mail is handed over, and who writes."""

    host: str = Field(min_length=1)
    port: int = Field(587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: SecretAt | None = None
    sender: str = Field(alias="from", pattern=r"^[^\r\n]*[^\s@<]+@[^\s@>]+>?$")
    timeout_seconds: float = Field(30, gt=0, le=300)


class EmailRecipient(Strict):
    """Somebody who is reached by mail."""

    name: Id
    email: str = Field(pattern=r"^[^\s@,;]+@[^\s@,;]+$")
