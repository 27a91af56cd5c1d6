"""An encoded word in a court's text is text: it makes no header and no body of its own."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest

from monitor.render.mail import Letterhead, mail_of
from tests.make import filed, notification, snapshot


@pytest.mark.parametrize(
    "hostile",
    [
        "=?utf-8?q?=0D=0ABcc=3A_x=40example=2Eorg?=",
        "=?utf-8?q?Order_granted=0D=0A=0D=0AAnother_body?=",
        "=?utf-8?b?T3JkZXINCkJjYzogeEBleGFtcGxlLm9yZw==?=",
    ],
)
def test_an_encoded_word_in_a_courts_text_does_not_become_a_header(hostile: str) -> None:
    told = notification(filed(entries=(snapshot(headline=hostile, text="ORDER."),)))
    raw = mail_of(told, Letterhead("m@example.org"), "desk@example.org").as_bytes()
    mail = message_from_bytes(raw, policy=default)
    assert mail["Bcc"] is None
    assert mail["Message-ID"] == "<a1.desk@example.org>"
    assert mail.get_body(("plain",)) is not None
    assert not mail.defects
