"""A revised text that repeats its words is told, and does not stop the monitor."""

from __future__ import annotations

import pytest

from monitor.model.change import EntryRevised
from monitor.render.words import words_of
from tests.make import amended


@pytest.mark.timeout(20)
def test_a_long_text_that_repeats_its_words_is_compared_in_time() -> None:
    # Four kilobytes take half a minute, on the one loop; a text may have two hundred.
    change = EntryRevised("e1", "s", "text", "x the " * 700, "the y " * 700)
    assert words_of(amended(changes=(change,))).paragraphs
