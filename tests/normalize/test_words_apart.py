"""Words of a text are glued together or lost where it is made plain."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from monitor.classify.kinds import classify
from monitor.model.docket import Ruling
from monitor.normalize.text import plain, rich_to_plain


@pytest.mark.parametrize(
    "raw",
    [
        "<p>ORDER</p><p>DENYING</p>",
        "ORDER<br>DENYING",
        "<li>ORDER</li><li>DENYING</li>",
        "<td>ORDER</td><td>DENYING</td>",
    ],
)
def test_lines_of_html_are_not_glued(raw: str) -> None:
    assert rich_to_plain(raw) == "ORDER DENYING"


def test_a_ruling_on_a_line_of_its_own_is_read() -> None:
    words = rich_to_plain("MINUTE ORDER<br>DENYING<br>7 Motion to Stay")
    assert classify([], words).ruling is Ruling.DENIED


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x96", "\x97"])
@pytest.mark.parametrize("make", [plain, rich_to_plain])
def test_signs_that_part_words_do_not_glue_them(make: Callable[[str], str], sign: str) -> None:
    assert re.split(r"\W+", make(f"ORDER{sign}DENYING")) == ["ORDER", "DENYING"]


@pytest.mark.parametrize("make", [plain, rich_to_plain])
def test_signs_of_windows_are_what_windows_means(make: Callable[[str], str]) -> None:
    assert make("O\x92Brien \x93so\x94 \x96 now\x85 \x81") == "O’Brien “so” – now…"


@pytest.mark.parametrize(
    "raw",
    ["ORDER <DENYING 7 Motion", "ORDER <!-- DENYING 7 Motion", "ORDER <script> DENYING 7 Motion"],
)
def test_what_stands_behind_an_open_tag_is_not_lost(raw: str) -> None:
    assert "DENYING 7 Motion" in rich_to_plain(raw)


@pytest.mark.parametrize("raw", ["<\x00b>x</\x00b>", "<\u200bscript>x"])
def test_no_markup_is_left_when_hidden_signs_go(raw: str) -> None:
    assert "<" not in plain(raw)


@pytest.mark.timeout(20)
def test_blocks_within_blocks_are_read_at_once() -> None:
    assert rich_to_plain("ORDER " + "<div>" * 40_000) == "ORDER"
