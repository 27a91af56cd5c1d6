"""Which dockets of a court's feed are meant, for every watch and every printed number."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.match.captions import Resemblance
from monitor.match.watchlist import Watchlist, make_watchlist
from monitor.model.follow import Follow, FollowState
from monitor.model.watch import EVERYTHING, Watch, WatchState
from monitor.normalize.docket_number import normalize_docket_number
from monitor.sources import courtlistener, news_feed, supreme_court
from tests.feeds import NOON
from tests.make import NUMBER, source, watch

CAPTION = "Acme Tax Clinic et al v. Roe"


def at(court_id: str, number: str, name: str = "") -> Watch:
    made = replace(watch(name or f"{court_id}/{number}"), court_id=court_id)
    return replace(made, docket_number=normalize_docket_number(number))


def follow(state: FollowState = FollowState.PENDING, caption: str = CAPTION) -> Follow:
    return Follow(f"dcd/{NUMBER}", "cadc", "", state, "e1", "words", "c", "C", NOON, caption)


MEANT = [
    ("1:25-cv-00457", "1:25-cv-00457", True),
    ("1:25-cv-00457", "Case No. 1:25-CV-457-ABC", True),
    ("1:25-cv-00457", "1:2025-cv-457", True),
    ("1:25-cv-00457", "25-cv-457", True),
    ("25-cv-00457", "3:25-cv-457", True),
    ("1:25-cv-00457", "3:25-cv-457", False),
    ("1:25-cv-00457", "1:25-cv-4570", False),
    ("1:25-cv-00457", "1:25-mc-457", False),
    ("1:25-cv-00457", "1:24-cv-457", False),
    ("1:25-cv-00457", "25-457", False),
    ("1:14-cr-10363", "1:14-cr-10363-RGS-2", True),
    ("1:14-cr-10363-2", "1:14-cr-10363-RGS-2", True),
    ("1:14-cr-10363-2", "1:14-cr-10363-RGS-3", False),
    ("1:14-cr-10363-2", "1:14-cr-10363-RGS", False),
    ("26-5006", "No. 26-5006", True),
    ("26-5006", "26-50061", False),
    ("26-5006", "1:26-cv-05006", False),
    ("1:25-cv-00457", "", False),
]


@pytest.mark.parametrize(("watched", "printed", "expected"), MEANT)
def test_a_printed_number_is_meant_by_a_watch(watched: str, printed: str, expected: bool) -> None:
    watchlist = make_watchlist([at("dcd", watched)])
    number = normalize_docket_number(printed)
    assert bool(watchlist.watches_of("dcd", number)) is expected
    assert not watchlist.watches_of("mad", number)
    if expected:
        assert watchlist.keeps("dcd", number)
        assert not watchlist.keeps("mad", number)


def test_a_number_of_another_case_is_not_kept() -> None:
    watchlist = make_watchlist([at("dcd", NUMBER), at("cadc", "26-5006")])
    for court_id, number in (("dcd", "1:25-cv-00458"), ("dcd", "26-5006"), ("cadc", NUMBER)):
        assert not watchlist.keeps(court_id, number)
    assert not make_watchlist([]).keeps("dcd", NUMBER)


OFFICES = st.sampled_from(["", "1:", "3:", "a:"])
NUMBERS = st.builds(
    "{}{}-{}-{:05d}{}".format,
    OFFICES,
    st.sampled_from(["24", "25"]),
    st.sampled_from(["cv", "cr"]),
    st.integers(1, 3),
    st.sampled_from(["", "-1", "-2"]),
) | st.sampled_from(["26-5006", "26-5007", "25a12", "22-19643", "no number", ""])
PLACES = st.tuples(st.sampled_from(["dcd", "cadc"]), NUMBERS)


@settings(deadline=None)
@given(st.lists(PLACES, max_size=5), PLACES)
def test_what_any_watch_is_about_is_kept(
    watched: list[tuple[str, str]], seen: tuple[str, str]
) -> None:
    watchlist = make_watchlist([at(*place) for place in watched])
    if watchlist.watches_of(*seen):
        assert watchlist.keeps(*seen)


@settings(deadline=None)
@given(PLACES)
def test_every_watch_is_about_its_own_docket(place: tuple[str, str]) -> None:
    ours = at(*place)
    assert make_watchlist([ours]).watches_of(ours.court_id, ours.docket_number) == (ours,)


@settings(deadline=None)
@given(st.lists(PLACES, max_size=5), PLACES, PLACES)
def test_one_more_watch_hides_no_docket_and_takes_no_watch_away(
    watched: list[tuple[str, str]], more: tuple[str, str], seen: tuple[str, str]
) -> None:
    watches = [at(*place) for place in watched]
    before, after = make_watchlist(watches), make_watchlist([*watches, at(*more)])
    assert set(before.watches_of(*seen)) <= set(after.watches_of(*seen))
    assert before.keeps(*seen) <= after.keeps(*seen)


def test_a_paused_watch_is_read_behind_the_active_ones() -> None:
    paused, active = watch("a", state=WatchState.PAUSED), watch("b")
    watchlist = make_watchlist([paused, active])
    assert watchlist.watches_of("dcd", NUMBER) == (active, paused)
    assert watchlist.name == make_watchlist([active]).name


def test_a_removed_watch_keeps_nothing() -> None:
    watchlist = make_watchlist([watch(state=WatchState.REMOVED)])
    assert not watchlist.keeps("dcd", NUMBER)
    assert watchlist.watches_of("dcd", NUMBER) == ()
    assert watchlist.watches_of_source(source()) == ()


def test_two_cases_on_one_docket_are_both_told() -> None:
    both = make_watchlist([watch("a", case="one"), watch("b", case="two")])
    assert {w.case_id for w in both.watches_of("dcd", NUMBER)} == {"one", "two"}


def test_a_watch_on_a_whole_court_is_about_all_its_dockets_and_no_other_courts() -> None:
    watchlist = make_watchlist([at("dcd", EVERYTHING)])
    for number in (NUMBER, "25a12", "no number", ""):
        assert watchlist.keeps("dcd", number)
        assert watchlist.watches_of("dcd", number)
        assert not watchlist.keeps("mad", number)


# --- the name: what was dropped is read again when it changes ---


def test_the_name_changes_when_something_more_may_be_kept() -> None:
    lists = [
        make_watchlist([]),
        make_watchlist([watch()]),
        make_watchlist([watch(), at("mad", NUMBER)]),
        make_watchlist([watch(), at("dcd", "1:25-cv-00458")]),
        make_watchlist([at("dcd", EVERYTHING)]),
        make_watchlist([watch()], [follow()]),
        make_watchlist([watch()], [follow(caption="Poe Fund v. Moe")]),
    ]
    assert len({one.name for one in lists}) == len(lists)


def test_the_name_is_the_same_in_any_order_and_after_a_restart() -> None:
    watches = [watch(), at("mad", NUMBER), at("cadc", "26-5006")]
    follows = [follow(), follow(caption="Poe Fund v. Moe")]
    names = {make_watchlist(some, follows).name for some in permutations(watches)}
    assert len(names) == 1


# --- expected appeals ---


def test_a_caption_is_looked_for_only_where_the_appeal_is_expected() -> None:
    watchlist = make_watchlist([watch()], [follow()])
    assert watchlist.expects("cadc")
    assert watchlist.keeps_caption("cadc", "Acme Tax Clinic v. Richard Roe") is True
    ((expected, how),) = watchlist.expecting("cadc", "ROE v. ACME TAX CLINIC, et al")
    assert (expected.caption, how) == (CAPTION, Resemblance.CERTAIN)
    for court_id, caption in (("dcd", CAPTION), ("cadc", "Poe v. Moe"), ("cadc", "")):
        assert not watchlist.keeps_caption(court_id, caption)


@pytest.mark.parametrize("state", sorted(set(FollowState) - {FollowState.PENDING}))
def test_a_settled_appeal_is_no_longer_expected_and_remembered(state: FollowState) -> None:
    settled = follow(state)
    watchlist = make_watchlist([], [settled])
    assert not watchlist.expects("cadc")
    assert watchlist.expecting("cadc", CAPTION) == ()
    assert (settled.follow_id in watchlist.refused) is (state is FollowState.REFUSED)
    assert (settled.follow_id in watchlist.bound) is (state is FollowState.BOUND)


def test_an_appeal_without_a_caption_cannot_be_known_by_it() -> None:
    watchlist = make_watchlist([], [follow(caption="")])
    assert not watchlist.keeps_caption("cadc", "")
    assert not watchlist.keeps_caption("cadc", CAPTION)


# --- sources ---


@pytest.fixture
def three() -> Watchlist:
    return make_watchlist([watch(), at("dcd", "1:25-cv-00002"), at("cadc", "26-5006")])


def test_a_courts_feed_is_read_for_all_its_watches(three: Watchlist) -> None:
    assert [w.docket_number for w in three.watches_of_source(source())] == [
        NUMBER,
        "1:25-cv-00002",
    ]


def test_a_dockets_source_is_read_for_that_docket(three: Watchlist) -> None:
    entries = source("cl", courtlistener.ENTRIES, docket_number=NUMBER)
    assert three.watches_of_source(entries) == (watch(),)
    page = source("page", supreme_court.SUPREME_COURT, court_id="scotus", docket_number="25-1")
    assert three.watches_of_source(page) == ()


def test_what_shows_no_docket_is_read_for_nobody(three: Watchlist) -> None:
    for kind in (news_feed.NEWS, courtlistener.USAGE):
        assert three.watches_of_source(source("s", kind, court_id="")) == ()


def test_a_docket_is_found_by_the_id_that_courtlistener_has_for_it() -> None:
    known = watch("b", cl_docket_id=7)
    watchlist = make_watchlist([watch("a"), known])
    assert watchlist.with_cl_docket(7) == known
    assert watchlist.with_cl_docket(8) is None
    assert make_watchlist([replace(known, state=WatchState.REMOVED)]).with_cl_docket(7) is None
