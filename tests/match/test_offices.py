"""A watchlist keeps what some watch is about, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from monitor.match.watchlist import make_watchlist
from tests.make import watch
from tests.match.test_watchlist import follow


def test_the_docket_of_another_office_is_not_kept() -> None:
    """No watch is about 3:25-cv-00457: kept, it would be stored, and told to nobody."""
    watchlist = make_watchlist([watch(number="1:25-cv-00457")])
    assert watchlist.watches_of("dcd", "3:25-cv-00457") == ()
    assert not watchlist.keeps("dcd", "3:25-cv-00457")


def test_a_watchlist_does_not_depend_on_the_order_of_follows() -> None:
    two = [follow(), replace(follow(), court_id="ca4")]
    assert make_watchlist([], two) == make_watchlist([], two[::-1])
