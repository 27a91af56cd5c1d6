"""Pages from a database that sorts texts as a language does, and not by code point."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from monitor.history.questions import EntryQuery
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.history.test_paging import keep, pages
from tests.history.test_search import keep_stories, name_of, page, story
from tests.make import entry

#: In English "a" stands before "B", and signs count for little or nothing.
NAMES = ["a-1", "B-2", "a 3", "_x", "Zeta", "zeta", "b", "A", "https://x/1", "https://X/2"]
IDS = [f"{name}:1" for name in NAMES]


@pytest.fixture
def full(store_in_english: SqlStore) -> SqlStore:
    """Articles and entries of one moment, so that only their names sort them."""
    day = date(2026, 3, 2)
    assert NOON.date() == day
    some = [
        entry(name, "order", keys=(name,), date_filed=day, published_at=NOON, entry_number=None)
        for name in IDS
    ]
    keep(store_in_english, *some)
    keep_stories(store_in_english, *(story(name, "order") for name in NAMES))
    return store_in_english


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("said", ["order", "order in:news", "order in:entries"])
def test_a_search_shows_each_hit_once_on_pages_of_any_size(
    full: SqlStore, said: str, limit: int
) -> None:
    whole = [name_of(hit) for hit in page(full, said).hits]
    wanted = {"order": NAMES + IDS, "order in:news": NAMES, "order in:entries": IDS}[said]
    assert sorted(whole) == sorted(wanted)
    shown, word = [], ""
    for _ in range(len(whole) + 1):
        some = page(full, said, limit, word)
        shown += [name_of(hit) for hit in some.hits]
        word = some.next_cursor
        if not word:
            break
    assert shown == whole


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_a_listing_shows_each_entry_once_on_pages_of_any_size(full: SqlStore, limit: int) -> None:
    found = pages(full, EntryQuery(), itertools.repeat(limit))
    assert sorted(line.entry_id for some in found for line in some) == sorted(IDS)
