"""Ids of a thread stand in headers as they are: mail programs do not decode them."""

from __future__ import annotations

from monitor.render.mail import Letterhead, mail_of, message_id
from tests.make import amended, notification


def test_the_ids_of_a_thread_are_never_encoded() -> None:
    head = Letterhead("Docket Monitor <m@notifications.example.org>")
    first = "0123456789abcdef0123.litigation-team-monday"
    told = notification(amended(), answers=first)
    raw = mail_of(told, head, "desk@example.org").as_bytes().replace(b"\r\n ", b" ")
    lines = {line.partition(b":")[0]: line.partition(b":")[2] for line in raw.split(b"\r\n")}
    answered = message_id(first, head).encode()
    assert lines[b"In-Reply-To"].strip() == answered
    assert lines[b"References"].split()[-1] == answered
