"""The text of a filing that stands on two dockets is told, whichever docket brought it."""

from __future__ import annotations

from monitor.render.mail import text_of
from monitor.render.words import message_of
from tests.make import amended, filed, notification, snapshot


def test_a_text_that_came_for_the_second_docket_of_a_waiting_filing_is_told() -> None:
    text = "ORDER denying 7 Motion to Stay."
    both = filed(entries=(snapshot("e1"), snapshot("e2")))
    late = amended(entry=snapshot("e2", "Order: DENIED", text))
    said = message_of(notification(both, late))
    assert text in " ".join(text_of(said).split())
    assert "does not say what was decided" not in text_of(said).replace("\n", " ")
    assert "DENIED" in said.subject
