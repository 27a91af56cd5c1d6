"""A subject begins with what was ruled, and on what."""

from __future__ import annotations

import pytest

from monitor.classify.kinds import classify
from monitor.render.ruled import ruled_words
from tests.make import snapshot


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("ORDER denying 7 Motion to Stay.", "Order", "DENIED: Motion to Stay"),
        (
            "ORDER granting 12 Motion to Stay by Roe; denying 14 Motion for Leave to File.",
            "Order",
            "GRANTED: Motion to Stay; DENIED: Motion for Leave to File",
        ),
        ("ORDER denying motion.", "Order on Motion to Compel", "DENIED: Motion to Compel"),
        ("ORDER denying 7.", "Order", "DENIED: entry 7"),
        (
            "ORDER granting 12 Motion to Stay under 5 U.S.C. 705; denying 14 Motion to Transfer. "
            "The Policy is STAYED pending review.",
            "Order on Motion to Compel",
            "GRANTED: Motion to Stay; DENIED: Motion to Transfer; STAYED",
        ),
    ],
)
def test_each_ruling_is_named_with_what_it_answers(text: str, name: str, expected: str) -> None:
    entry = snapshot("e1", "Order", text, event_names=(name,))
    judged = classify((name,), text, "dcd")
    assert ruled_words(entry, judged) == expected


def test_an_act_without_a_ruling_has_no_such_words() -> None:
    text = "MINUTE ORDER: the parties shall file a status report by March 3."
    judged = classify(("Order",), text, "dcd")
    assert ruled_words(snapshot("e1", "Order", text), judged) == ""
