"""A subject says where an entry stands now, not where it stood on the way."""

from __future__ import annotations

from monitor.model.change import EntryRevised, EntryWithdrawn
from monitor.render.words import message_of
from tests.make import amended, notification

AGAIN = EntryRevised("e1", "s", "is_withdrawn", "withdrawn", "shown again")


def test_an_entry_shown_again_and_withdrawn_again_is_told_as_withdrawn() -> None:
    told = notification(
        amended(changes=(AGAIN,)), amended("a3", changes=(EntryWithdrawn("e1", "s"),))
    )
    assert "withdrawn" in message_of(told).subject
    assert "shown again" not in message_of(told).subject


def test_a_ruling_that_came_with_another_event_name_is_told_as_known() -> None:
    from monitor.model.change import TextFilledIn

    changes = (
        EntryRevised("e1", "cl", "event_names", "Order", "Order on Motion"),
        TextFilledIn("e1", "cl", "ORDER denying 7 Motion to Stay."),
    )
    assert "ruling now known" in message_of(notification(amended(changes=changes))).subject
