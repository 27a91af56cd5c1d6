"""Email over SMTP: STARTTLS, implicit TLS or none; permanent and temporary refusals told apart."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field

import aiosmtplib

from monitor.deliver.email.settings import EmailRecipient
from monitor.deliver.means import Means, no_link
from monitor.errors import DeliveryPostponed, DeliveryRejected
from monitor.model.delivery import Notification
from monitor.render.mail import Letterhead, mail_of
from monitor.render.mailbox import Mailbox, parse_mailbox

#: How long an accepted mail waits for the server's goodbye.
_GOODBYE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail is handed over. `password` never appears in logs or errors."""

    host: str
    port: int = 587
    #: `starttls` (usual, port 587), `tls` (port 465) or `none`.
    security: str = "starttls"
    username: str = ""
    password: str = field(default="", repr=False)
    timeout_seconds: float = 30.0
    tls: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True)
class EmailCourier:
    """Sends to one address through one server, a new connection for each message."""

    server: SmtpServer
    letterhead: Letterhead
    address: str
    #: Where a message is acknowledged; empty where it need not be.
    link: Callable[[Notification], str] = no_link
    #: Where its reader says what he wants; empty where he cannot.
    preferences: Callable[[Notification], str] = no_link

    async def greet(self) -> str:
        """Whether the server would take a mail from us: log in, and hand over nothing.

        Raises DeliveryPostponed with what is wrong.
        """
        try:
            async with self._connection() as smtp:
                await smtp.noop()
        except (aiosmtplib.SMTPException, ssl.SSLError, OSError) as exc:
            raise DeliveryPostponed(f"{self._where}: {_said(exc)}") from exc
        return f"{self.server.host}:{self.server.port} takes mail from us"

    async def deliver(self, notification: Notification) -> str:
        links = self.link(notification), self.preferences(notification)
        message = mail_of(notification, self.letterhead, self.address, *links)
        author, reader = self.letterhead.mailbox, parse_mailbox(self.address)
        try:
            async with self._connection() as smtp:
                refused, answer = await smtp.send_message(
                    message, sender=author.address, recipients=[reader.address]
                )
                await _say_goodbye(smtp)
        except aiosmtplib.SMTPRecipientsRefused as exc:
            first = exc.recipients[0]
            raise _refusal(first.code, f"{self.address}: {first.code} {first.message}") from exc
        except aiosmtplib.SMTPNotSupported as exc:
            raise DeliveryPostponed(f"{self._where}: {_missing(author, reader, exc)}") from exc
        except (aiosmtplib.SMTPAuthenticationError, aiosmtplib.SMTPConnectError) as exc:
            # A wrong password or a closed port is the operator's to mend: keep the message.
            raise DeliveryPostponed(f"{self._where}: {_said(exc)}") from exc
        except aiosmtplib.SMTPResponseException as exc:
            raise _refusal(exc.code, f"{self._where}: {exc.code} {exc.message}") from exc
        except (aiosmtplib.SMTPException, ssl.SSLError, OSError) as exc:
            raise DeliveryPostponed(f"{self._where}: {_said(exc)}") from exc
        for address, said in refused.items():
            raise _refusal(said.code, f"{address}: {said.code} {said.message}")
        return " ".join(answer.split())[:200]

    @property
    def _where(self) -> str:
        return f"mail server {self.server.host}:{self.server.port}"

    def _connection(self) -> aiosmtplib.SMTP:
        server = self.server
        return aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            username=server.username or None,
            password=server.password or None,
            timeout=server.timeout_seconds,
            tls_context=server.tls,
        )


def email_courier(recipient: EmailRecipient, means: Means) -> EmailCourier:
    """The courier to this address, through the one mail server of the settings."""
    mail = means.mail
    if mail is None:
        raise ValueError("a mail recipient without a mail server passed the checks")
    server = SmtpServer(
        host=mail.host,
        port=mail.port,
        security=mail.security,
        username=mail.username,
        password=means.secrets.get("email.password", ""),
        timeout_seconds=mail.timeout_seconds,
        tls=means.smtp_tls,
    )
    preferences = means.preferences if recipient.may_unsubscribe else no_link
    letterhead = Letterhead(mail.sender)
    return EmailCourier(server, letterhead, recipient.email, means.link, preferences)


async def _say_goodbye(smtp: aiosmtplib.SMTP) -> None:
    """End a conversation in which all was said.

    The mail is accepted: were a goodbye that does not come waited for as long as an answer, the
    whole attempt could run out of time, and the mail would be sent again.
    """
    with contextlib.suppress(aiosmtplib.SMTPException, OSError):
        await smtp.quit(timeout=_GOODBYE_SECONDS)
    smtp.close()


def _refusal(code: int, reason: str) -> DeliveryPostponed | DeliveryRejected:
    return DeliveryRejected(reason) if 500 <= code < 600 else DeliveryPostponed(reason)


def _missing(author: Mailbox, reader: Mailbox, exc: aiosmtplib.SMTPNotSupported) -> str:
    """What the server does not offer, and what can be done."""
    odd = [box.address for box in (author, reader) if box.needs_utf8]
    if not odd or "SMTPUTF8" not in str(exc):
        return _said(exc)
    return (
        f"it takes no letters outside ASCII before the @ (it does not offer SMTPUTF8), as in "
        f"{' and '.join(odd)}: use an address in plain letters, or another mail server"
    )


def _said(exc: BaseException) -> str:
    return " ".join(str(exc).split()) or type(exc).__name__
