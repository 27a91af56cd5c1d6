"""A real SMTP server on the loopback interface that keeps what it receives."""

from __future__ import annotations

import socket
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import TYPE_CHECKING, Any

from monitor.errors import UsageError

if TYPE_CHECKING:
    from aiosmtpd.smtp import SMTP, Envelope, Session


class MailSink:
    """Receives mail. `answer` is what the next messages are told after DATA."""

    def __init__(self, port: int = 0, **options: Any) -> None:
        try:
            from aiosmtpd.controller import Controller
        except ModuleNotFoundError as exc:
            raise UsageError(
                "the demo needs a mail server library: pip install 'docket-monitor[demo]'"
            ) from exc
        self.messages: list[EmailMessage] = []
        self.answer = "250 kept"
        self.recipient_answer = "250 OK"
        self.on_message: Callable[[EmailMessage], None] = lambda _message: None
        # The library cannot be asked for any free port: it tries the one that it was given.
        self.port = port or _free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **options)

    def __enter__(self) -> MailSink:
        self._controller.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._controller.server is not None:  # else it was stopped already
            self._controller.stop()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer.startswith("250"):
            content = envelope.content if isinstance(envelope.content, bytes) else b""
            message = message_from_bytes(content, policy=default)
            self.messages.append(message)
            self.on_message(message)
        return self.answer


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
