"""A mail that was accepted is not sent again, in whatever letters the server says so."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from threading import Thread

import pytest

from monitor.deliver.email.courier import EmailCourier, SmtpServer
from monitor.dispatch import Dispatcher
from monitor.model.delivery import Rule
from monitor.render.mail import Letterhead
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.make import filed


class OldServer:
    """Speaks SMTP and answers in Latin-1."""

    def __init__(self, answer: bytes) -> None:
        self.answer, self.received = answer, 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self.listener.accept()
            except OSError:
                return
            with link, link.makefile("rwb") as file:
                self._talk(file)

    def _talk(self, file) -> None:  # type: ignore[no-untyped-def]
        def say(line: bytes) -> None:
            file.write(line + b"\r\n")
            file.flush()

        say(b"220 hello")
        for line in file:
            verb = line[:4].upper()
            if verb == b"DATA":
                say(b"354 go")
                for more in file:
                    if more == b".\r\n":
                        break
                self.received += 1
                say(self.answer)
            elif verb == b"QUIT":
                say(b"221 bye")
                return
            else:
                say(b"250 ok")

    def close(self) -> None:
        self.listener.close()


@pytest.fixture(params=[b"250 accept\xe9", b"550 refus\xe9"])
def server(request: pytest.FixtureRequest) -> Iterator[OldServer]:
    opened = OldServer(request.param)
    yield opened
    opened.close()


async def test_an_answer_in_latin_1_settles_a_mail(store: SqlStore, server: OldServer) -> None:
    smtp = SmtpServer("127.0.0.1", server.port, security="none", timeout_seconds=3)
    courier = EmailCourier(smtp, Letterhead("m@example.org"), "desk@example.org")
    dispatcher = Dispatcher(
        store,
        {"desk": courier},
        [Rule("all", ("desk",), topics=("filed",))],
        lambda: NOON,
        lambda: 0.5,
    )
    with store.begin() as unit:
        unit.outbox.add([filed()])
    await dispatcher.drain()
    await dispatcher.drain()
    assert server.received == 1
