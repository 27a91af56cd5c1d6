"""Where something may be missing, no message says that nothing was filed."""

from __future__ import annotations

from monitor.render.words import words_of
from tests.make import GAP, caught_up


def test_an_outage_that_left_a_hole_does_not_say_that_nothing_was_filed() -> None:
    said = words_of(caught_up(filed=0, gap=GAP))
    assert "nothing was filed" not in said.subject
    assert "nothing was filed" not in said.headline
