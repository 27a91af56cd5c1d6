"""Control characters and direction marks never stand in a header."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest

from monitor.render.mail import Letterhead, mail_of
from tests.make import filed, notification, snapshot


@pytest.mark.parametrize("mark", ["\x00", "\x1b[31m", "\x7f", "\u202e", "\u200f", "\ufeff"])
def test_a_subject_carries_no_control_characters_and_no_direction_marks(mark: str) -> None:
    told = notification(filed(entries=(snapshot(headline=f"Order {mark}denied"),)))
    mail = message_from_bytes(
        mail_of(told, Letterhead("m@example.org"), "d@example.org").as_bytes(), policy=default
    )
    assert mark[0] not in mail["Subject"]


def test_half_a_letter_does_not_keep_an_order_from_being_told() -> None:
    told = notification(filed(entries=(snapshot(headline="Order \ud800", text="ORDER \udce9"),)))
    assert mail_of(told, Letterhead("m@example.org"), "d@example.org").as_bytes()
