"""Mail to a real SMTP server."""

from __future__ import annotations

import ssl

import pytest
import trustme
from aiosmtpd.smtp import AuthResult

from monitor.deliver.email.courier import EmailCourier, SmtpServer
from monitor.demo.mail import MailSink
from monitor.errors import DeliveryPostponed, DeliveryRejected
from monitor.render.mail import Letterhead
from tests.make import filed, notification, snapshot

EVIL = snapshot(
    headline="Order\r\nBcc: everybody@example.org", text="<script>alert(1)</script> & “quotes”"
)
NOTIFICATION = notification(filed(entries=(EVIL,)))
HEAD = Letterhead("Docket Monitor <monitor@example.org>")


def courier(port: int, **more: object) -> EmailCourier:
    options = {"security": "none", "timeout_seconds": 3.0} | more
    return EmailCourier(SmtpServer("127.0.0.1", port, **options), HEAD, "desk@example.org")  # type: ignore[arg-type]


def certificate() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(server)
    client = ssl.create_default_context()
    authority.configure_trust(client)
    return server, client


async def test_a_mail_arrives_in_text_and_html_and_cannot_inject() -> None:
    with MailSink() as mail:
        await courier(mail.port).deliver(NOTIFICATION)
    (message,) = mail.messages
    assert message["Subject"] == "Order Bcc: everybody@example.org — CTR v. IRS (D.D.C. 25-cv-457)"
    assert message["Bcc"] is None
    assert message["To"] == "desk@example.org"
    assert message["Message-ID"] == "<a1.desk@example.org>"
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert page is not None
    assert "“quotes”" in text.get_content()
    assert "<script>" not in page.get_content()
    assert "&lt;script&gt;" in page.get_content()


async def test_starttls_with_a_password() -> None:
    server, client = certificate()

    def authenticate(*args: object) -> AuthResult:
        data = args[-1]
        good = (getattr(data, "login", b""), getattr(data, "password", b"")) == (b"me", b"right")
        return AuthResult(success=good, handled=False)

    with MailSink(tls_context=server, authenticator=authenticate, auth_required=True) as mail:
        safe = {"security": "starttls", "tls": client, "username": "me"}
        await courier(mail.port, **safe, password="right").deliver(NOTIFICATION)
        with pytest.raises(DeliveryPostponed):
            await courier(mail.port, **safe, password="wrong").deliver(NOTIFICATION)
    assert len(mail.messages) == 1


async def test_implicit_tls() -> None:
    server, client = certificate()
    with MailSink(ssl_context=server) as mail:
        await courier(mail.port, security="tls", tls=client).deliver(NOTIFICATION)
    assert len(mail.messages) == 1


async def test_a_server_without_starttls_gets_no_mail_in_the_clear() -> None:
    with MailSink() as mail, pytest.raises(DeliveryPostponed):
        await courier(mail.port, security="starttls").deliver(NOTIFICATION)
    assert mail.messages == []


@pytest.mark.parametrize("answer", ["421 later", "450 busy", "451 greylisted", "452 full"])
async def test_4xx_is_postponed(answer: str) -> None:
    for attribute in ("answer", "recipient_answer"):
        with MailSink() as mail:
            setattr(mail, attribute, answer)
            with pytest.raises(DeliveryPostponed):
                await courier(mail.port).deliver(NOTIFICATION)


@pytest.mark.parametrize("answer", ["550 no such user", "552 too large", "554 spam"])
async def test_5xx_is_rejected(answer: str) -> None:
    for attribute in ("answer", "recipient_answer"):
        with MailSink() as mail:
            setattr(mail, attribute, answer)
            with pytest.raises(DeliveryRejected, match=answer[:3]):
                await courier(mail.port).deliver(NOTIFICATION)


async def test_a_dead_server_postpones_and_is_named() -> None:
    with pytest.raises(DeliveryPostponed, match=r"mail server 127\.0\.0\.1:1"):
        await courier(1).deliver(NOTIFICATION)
