"""The piece that is shown holds what was looked for, and changes no letter of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.history.search_terms import Words
from monitor.history.snippets import snippet


def marked(*texts: str, wanted: tuple[Words, ...]) -> str:
    return "".join(f"[{p.text}]" if p.is_match else p.text for p in snippet(texts, wanted))


STAY = Words("stay")
SHOWN = {
    "a word": ("MOTION to Stay the case", (STAY,), "MOTION to [Stay] the case"),
    "twice": ("Stay and stay", (STAY,), "[Stay] and [stay]"),
    "no part of a word": ("stays", (STAY,), "stays"),
    "a beginning": ("stays", (Words("sta", is_prefix=True),), "[stays]"),
    "a phrase": ("to stay, pending appeal", (Words("stay pending"),), "to [stay, pending] appeal"),
    "another order": ("pending stay", (Words("stay pending"),), "pending stay"),
    "accents": (
        "the RÉSUMÉ of Núñez",
        (Words("resume"), Words("nunez")),
        "the [RÉSUMÉ] of [Núñez]",
    ),
    "accents apart": ("Nu\u0301n\u0303ez", (Words("núñez"),), "[Nu\u0301n\u0303ez]"),
    "a docket number": ("in 1:25-cv-00457.", (Words("25-cv-00457"),), "in 1:[25-cv-00457]."),
    "a section": ("5 U.S.C. §705", (Words("705"),), "5 U.S.C. §[705]"),
    "overlapping": ("stay pending", (STAY, Words("stay pending")), "[stay pending]"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_was_looked_for_is_marked(name: str) -> None:
    text, wanted, shown = SHOWN[name]
    assert marked(text, wanted=wanted) == shown


def test_the_first_text_that_holds_it_is_shown() -> None:
    assert marked("ORDER", "Doe v. Roe", wanted=(Words("roe"),)) == "Doe v. [Roe]"
    assert marked("", "Order", wanted=(Words("nothing"),)) == "Order"
    assert marked("", "", wanted=()) == ""


def test_a_long_text_is_cut_around_it() -> None:
    text = "before " * 200 + "stay " + "after " * 200
    shown = marked(text, wanted=(STAY,))
    assert "[stay]" in shown
    assert shown.startswith("…before")
    assert shown.endswith("after…")
    assert len(shown) < 300


TEXTS = st.text(alphabet="ab é-\u0301Ω1.", max_size=400)


@given(TEXTS, st.lists(st.builds(Words, TEXTS.filter(bool), st.booleans()), max_size=3))
def test_a_piece_stands_in_the_text(text: str, wanted: list[Words]) -> None:
    shown = "".join(part.text for part in snippet((text,), wanted))
    assert shown.strip("…") in text
