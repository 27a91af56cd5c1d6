"""A copy word for word, with a short text, is told as a second story."""

from __future__ import annotations

import pytest

from monitor.diff.stories import Copy, same_story
from tests.feeds import NOON


@pytest.mark.parametrize("text", ["The ruling came on Monday.", "Read more", "Video", "By A. Roe"])
def test_a_copy_word_for_word_is_the_same_story(text: str) -> None:
    one = Copy("a", "Judge halts sharing of clients' addresses", text, NOON)
    assert same_story(one, one)
