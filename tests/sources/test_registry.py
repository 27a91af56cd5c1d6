"""Every kind of source is listed once, says what it is, and has its reader."""

from __future__ import annotations

import pytest

from monitor.errors import ParseError, UsageError
from monitor.match.watchlist import make_watchlist
from monitor.model.court import CourtKind, court, courts
from monitor.model.source import Source, SourceState, Traits
from monitor.normalize.docket_number import FORMS
from monitor.ports import Fetched
from monitor.sources.imported import IMPORTED
from monitor.sources.registry import (
    TRAITS,
    every_reader,
    polled_readers,
    pushed_readers,
    traits_of,
)
from tests.feeds import NOON
from tests.make import NUMBER, source, watch

PUSHED = {kind for kind, traits in TRAITS.items() if traits.is_pushed}
POLLED = sorted(set(TRAITS) - PUSHED)


def of_kind(kind: str) -> Source:
    return source("s", TRAITS[kind], docket_number=NUMBER, caption="Doe v. Roe", cl_docket_id=7)


def test_every_kind_has_one_reader_asked_or_sent() -> None:
    assert set(polled_readers()) == set(POLLED)
    assert set(pushed_readers()) == PUSHED
    assert set(every_reader()) == set(TRAITS)


@pytest.mark.parametrize("kind", TRAITS)
def test_a_kind_is_found_by_the_name_that_it_bears(kind: str) -> None:
    assert traits_of(kind).kind == kind


@pytest.mark.parametrize("kind", ["court_rs", "", "COURT_RSS", "news\n"])
def test_a_kind_of_another_version_is_named_with_those_that_are_known(kind: str) -> None:
    with pytest.raises(UsageError, match=r"court_rss, .*news") as caught:
        traits_of(kind)
    assert repr(kind) in str(caught.value)


@pytest.mark.parametrize("traits", TRAITS.values(), ids=TRAITS)
def test_the_traits_of_a_kind_agree_with_each_other(traits: Traits) -> None:
    is_one_of = [traits.is_window, traits.is_whole_list, bool(traits.list_length), traits.is_pushed]
    # It vouches for the past in one way, and only if it shows filings at all.
    # What another installation saw is not asked for either, and vouches for nothing.
    assert sum(is_one_of) == traits.shows_filings or traits is IMPORTED
    assert traits.shows_filings >= max(traits.carries_whole_court, traits.answers_look_ups)
    assert traits.spends_quota == (traits.priority is not None)
    assert traits.spends_quota <= traits.kind.startswith("courtlistener_")
    assert not (traits.is_pushed and traits.spends_quota)
    # A look-up is a call: without a priority it could not be counted.
    assert traits.answers_look_ups <= traits.spends_quota


def test_a_new_kind_claims_nothing() -> None:
    fresh = Traits("fresh")
    assert not any(getattr(fresh, name) for name in Traits.__slots__ if name != "kind")
    assert not fresh.spends_quota


@pytest.mark.parametrize("kind", POLLED)
def test_every_polled_kind_asks_the_address_that_was_configured(kind: str) -> None:
    made = polled_readers()[kind].first_request(of_kind(kind), SourceState(NOON))
    assert made.url.startswith("https://x")
    assert made.is_metered == kind.startswith("courtlistener_") & (kind != "courtlistener_atom")


HOSTILE = {
    "nothing": b"",
    "a challenge page": b"<!doctype html><title>Just a moment...</title>",
    "zeros": b"\0" * 64,
    "another thing": b'{"detail": "Not found."}',
    "a list": b"[1, 2]",
    "null": b"null",
    "cut off": b'<?xml version="1.0"?><rss><channel><title>',
    "deep": b"[" * 5_000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("kind", TRAITS)
def test_an_answer_that_is_not_its_own_is_never_read_as_silence(kind: str, body: bytes) -> None:
    with pytest.raises(ParseError):
        every_reader()[kind].read(
            of_kind(kind), SourceState(NOON), make_watchlist([watch()]), [Fetched(body)]
        )


# --- the table of courts ---


def test_every_court_has_a_kind_a_zone_and_an_address_or_none() -> None:
    assert {known.kind for known in courts().values()} == set(CourtKind) == set(FORMS)
    for court_id, known in courts().items():
        assert known.court_id == court_id
        assert known.citation
        assert known.name
        assert known.feed_url == "" or known.feed_url.startswith("https://")


def test_appeals_go_up_and_end_at_the_supreme_court() -> None:
    rank = {CourtKind.BANKRUPTCY: 0, CourtKind.DISTRICT: 1, CourtKind.APPELLATE: 2}
    for known in courts().values():
        if not known.appeals_go_to:
            continue
        above = courts()[known.appeals_go_to]
        assert rank.get(above.kind, 3) > rank.get(known.kind, 1)
    assert courts()["scotus"].appeals_go_to == ""


def test_no_two_courts_share_a_feed() -> None:
    urls = [known.feed_url for known in courts().values() if known.feed_url]
    assert len(urls) == len(set(urls))


@pytest.mark.parametrize("court_id", ["tax", "", "DCD", "dcd "])
def test_a_court_that_nobody_listed_claims_nothing(court_id: str) -> None:
    known = court(court_id)
    assert (known.court_id, known.feed_url, known.appeals_go_to) == (court_id, "", "")
    assert (known.kind, known.timezone) == (CourtKind.SPECIAL, "UTC")
