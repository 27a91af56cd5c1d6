"""A list without ids, read twice: every line is found again, whatever was done to the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.diff.lines import Line, align

DAY = date(2026, 10, 5)


def line(text: str, days: int = 0, *links: str) -> Line:
    return Line(DAY + timedelta(days=days), text, frozenset(links))


PETITION = line("Petition for a writ of certiorari filed. (Response due November 4, 2026)", 0, "1")
WAIVER = line("Waiver of right of respondent Acme Corp. to respond filed.", 20, "2")
CONFERENCE = line("DISTRIBUTED for Conference of 11/6/2026.", 25)
DENIED = line("Petition DENIED.", 40)
DOCKET = [PETITION, WAIVER, CONFERENCE, DENIED]
NEW = line("Rehearing DENIED.", 90)

#: What the list says after, and for each line its place before; None for a new one.
EDITS: dict[str, list[tuple[Line, int | None]]] = {
    "nothing": [(one, n) for n, one in enumerate(DOCKET)],
    "a new row at the end": [(one, n) for n, one in enumerate(DOCKET)] + [(NEW, None)],
    "a new row in the middle": [(PETITION, 0), (NEW, None), (WAIVER, 1), (CONFERENCE, 2), (DENIED, 3)],
    "a row removed": [(PETITION, 0), (CONFERENCE, 2), (DENIED, 3)],
    "the list turned round": [(DENIED, 3), (CONFERENCE, 2), (WAIVER, 1), (PETITION, 0)],
    "a document appears": [(PETITION, 0), (WAIVER, 1), (CONFERENCE, 2), (replace(DENIED, links=frozenset("9")), 3)],
    "a document is replaced": [(replace(PETITION, links=frozenset("9")), 0), (WAIVER, 1)],
    "a document goes": [(replace(PETITION, links=frozenset()), 0), (WAIVER, 1)],
    "a date is corrected": [(PETITION, 0), (WAIVER, 1), (CONFERENCE, 2), (replace(DENIED, day=DAY), 3)],
    "the date of a line with a document": [(replace(PETITION, day=DAY + timedelta(9)), 0), (WAIVER, 1)],
    "a date goes": [(PETITION, 0), (WAIVER, 1), (replace(CONFERENCE, day=None), 2), (DENIED, 3)],
    "words are corrected": [(PETITION, 0), (line(WAIVER.text.replace("Acme", "Acne"), 20, "2"), 1)],
    "words without a document": [(WAIVER, 1), (line("DISTRIBUTED for Conference of 11/13/2026.", 25), 2)],
    "words turn into others": [(CONFERENCE, 2), (line("Petition GRANTED limited to question 1.", 40), 3)],
    "date and words": [(PETITION, 0), (line(WAIVER.text + " (Corrected)", 21, "2"), 1), (CONFERENCE, 2)],
    "date, words and list at once": [
        (NEW, None),
        (line("Petition DENIED", 41), 3),
        (replace(CONFERENCE, links=frozenset("7")), 2),
        (line("Waiver of right of respondent Acme to respond filed.", 19, "2"), 1),
        (replace(PETITION, links=frozenset(("1", "8"))), 0),
    ],
    "the same words on another day": [(one, n) for n, one in enumerate(DOCKET)]
    + [(line(CONFERENCE.text, 60), None)],
    "the same words on the same day": [(PETITION, 0), (WAIVER, 1), (CONFERENCE, 2), (CONFERENCE, None), (DENIED, 3)],
    "the same words with a document of their own": [(WAIVER, 1), (line(WAIVER.text, 22, "5"), None)],
    "everything": [(NEW, None)],
    "nothing left": [],
}  # fmt: skip


@pytest.mark.parametrize("after", EDITS.values(), ids=EDITS)
def test_a_line_is_found_again(after: list[tuple[Line, int | None]]) -> None:
    found = align(DOCKET, [one for one, _ in after])
    assert [found.get(new) for new in range(len(after))] == [old for _, old in after]


def test_of_two_equal_lines_each_is_one() -> None:
    twice = [WAIVER, CONFERENCE, CONFERENCE]
    assert align(twice, [WAIVER, CONFERENCE, CONFERENCE]) == {0: 0, 1: 1, 2: 2}
    assert len(align(twice, [WAIVER, CONFERENCE])) == 2
    shown = [WAIVER, CONFERENCE, replace(CONFERENCE, links=frozenset("7"))]
    assert align(twice, shown) == {0: 0, 1: 1, 2: 2}


# --- any edit of any list ---

WORDS = [
    "alpha",
    "bravo",
    "charlie",
    "delta",
    "echo",
    "foxtrot",
    "golf",
    "hotel",
    "india",
    "juliet",
]
EDIT = st.sampled_from(["keep", "date", "words", "document", "replaced", "remove", "insert"])
SCRIPT = st.lists(EDIT, min_size=1, max_size=len(WORDS))


def told(place: int) -> Line:
    """Distinct words for each line, and a document for every third."""
    name = WORDS[place]
    text = f"{name.title()} {name * 3} filed by {name}; {name[::-1] * 4} and {name.upper()} due."
    return line(text, place * 3, *([f"d{place}"] if place % 3 == 0 else []))


def edited(edit: str, place: int) -> Line:
    old = told(place)
    match edit:
        case "date":
            return replace(old, day=DAY + timedelta(days=place * 3 + 1))
        case "words":
            return replace(old, text=f"{old.text} (Corrected)")
        case "document":
            return replace(old, links=old.links | {f"new{place}"})
        case "replaced":
            return replace(old, links=frozenset([f"new{place}"]))
        case _:
            return old


@given(SCRIPT, st.booleans())
@settings(max_examples=400, deadline=None)
def test_every_line_survives_any_edits_at_once(script: list[str], is_turned: bool) -> None:
    before, after = [], list[tuple[Line, int | None]]()
    for place, edit in enumerate(script):
        if edit == "insert":
            after.append((replace(told(place), text=f"Brand new: {WORDS[place] * 5}"), None))
        before.append(told(place))
        if edit != "remove":
            after.append((edited(edit, place), place))
    kept = sum(old is not None and after[n][0] == before[old] for n, (_, old) in enumerate(after))
    if is_turned and kept > 1:  # of a list of which nothing stays, nobody can say its order
        after.reverse()
    found = align(before, [one for one, _ in after])
    assert [found.get(new) for new in range(len(after))] == [old for _, old in after]


FEW = st.builds(
    Line,
    st.sampled_from([DAY, DAY + timedelta(1), None]),
    st.sampled_from(["Order.", "Reply of petitioner filed.", "Reply of respondent filed."]),
    st.frozensets(st.sampled_from(["1", "2"]), max_size=1),
)


@given(st.lists(FEW, max_size=12), st.lists(FEW, max_size=12))
@settings(max_examples=300, deadline=None)
def test_no_line_is_two_and_no_two_are_one(before: list[Line], after: list[Line]) -> None:
    found = align(before, after)
    assert len(set(found.values())) == len(found)
    assert set(found) <= set(range(len(after)))
    assert set(found.values()) <= set(range(len(before)))
    assert align(before, before) == {n: n for n in range(len(before))}
    # As many as say the same of one day are found again.
    same = sum(min(before.count(one), after.count(one)) for one in set(before))
    assert len(found) >= same


def test_a_list_of_thousands_is_aligned_in_a_moment() -> None:
    before = [line(f"Brief number {n} of amicus {n * 7} filed.", n % 30) for n in range(3_000)]
    after = [line(f"Brief no. {n} of amicus {n * 7} filed.", n % 30) for n in range(3_000)]
    assert len(align(before, after)) > 2_900
    assert len(align(before, before[::-1])) == 3_000
