"""A bundle says of each filing what its own message would have said."""

from __future__ import annotations

from dataclasses import replace

from monitor.render.mail import text_of
from monitor.render.words import message_of
from tests.make import DOCKET, GAP, caught_up, filed, notification, snapshot

BELOW = replace(DOCKET, docket_number="1:25-cv-00500", case_name="POE v. ROE")


def test_a_ruling_on_two_dockets_names_both_in_a_bundle() -> None:
    both = filed("a1", entries=(snapshot("e1"), snapshot("e2", docket=BELOW)))
    said = text_of(message_of(notification(both, filed("a2", "e3"), caught_up(filed=2))))
    assert "1:25-cv-00500" in said


def test_an_order_found_after_a_gap_says_so_in_a_bundle() -> None:
    found = filed("a1", after_gap=GAP)
    said = text_of(message_of(notification(found, filed("a2", "e3"), caught_up(filed=2))))
    assert "after a gap" in said.lower()
