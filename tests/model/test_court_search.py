"""Courts as people name them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.court import courts
from monitor.model.court_search import circuit_of, court_words, search_courts


def ids(said: str) -> list[str]:
    return [one.court_id for one in search_courts(said)]


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("dcd", "dcd"),
        ("D. Md.", "mdd"),
        ("d md", "mdd"),
        ("maryland", "mdd"),
        ("MARYLAND bankruptcy", "mdb"),
        ("second circuit", "ca2"),
        ("2nd Cir.", "ca2"),
        ("2d cir", "ca2"),
        ("D.C. Circuit", "cadc"),
        ("dc circuit", "cadc"),
        ("federal circuit", "cafc"),
        ("mass", "mad"),
        ("southern district of new york", "nysd"),
        ("SDNY", "nysd"),
        ("supreme court", "scotus"),
        ("international trade", "cit"),
    ],
)
def test_the_court_that_is_meant_comes_first(said: str, first: str) -> None:
    assert ids(said)[0] == first


def test_a_circuit_brings_the_courts_below_it() -> None:
    found = ids("second circuit district")
    assert {"nysd", "nyed", "ctd", "vtd"} <= set(found)
    assert "mad" not in found


@pytest.mark.parametrize("court_id", sorted(courts()))
def test_every_court_is_found_by_id_citation_and_name(court_id: str) -> None:
    one = courts()[court_id]
    assert ids(court_id)[0] == court_id
    assert ids(one.citation)[0] == court_id
    assert court_id in ids(one.name)


def test_every_court_but_the_highest_has_its_circuit() -> None:
    without = {one.court_id for one in courts().values() if circuit_of(one) is None}
    assert without == {"scotus", "jpml"}


def test_nothing_said_is_every_court_and_nonsense_is_none() -> None:
    assert len(ids("")) == len(courts())
    assert ids("marylnad") == ids("???") == ids("of the") == []
    assert "maryland" in court_words()


@given(st.text(max_size=40))
def test_any_words_are_answered(said: str) -> None:
    assert set(ids(said)) <= set(courts())
