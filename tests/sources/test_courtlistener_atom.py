"""CourtListener's feed of one docket: thirty entries, known by the fragments of their links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.diff.join import join
from monitor.errors import ParseError
from monitor.match.watchlist import make_watchlist
from monitor.model.reading import Reading
from monitor.model.source import SourceState, Window
from monitor.ports import Fetched
from monitor.sources.courtlistener import ATOM
from monitor.sources.courtlistener.atom import ClAtomReader
from monitor.sources.courtlistener.rows import ClDocket, normalize_entry
from tests.feeds import NOON
from tests.make import NUMBER, source, watch

FEED = replace(
    source("cl:atom", ATOM, docket_number=NUMBER), url="https://cl.example/docket/77/feed/"
)
WANTED = make_watchlist([watch()])
STATE = SourceState(NOON)
NUMBERED, MINUTE = "entry-51", "minute-entry-438508108"


def entry(
    fragment: str = NUMBERED,
    summary: str = "Order on Motion to Stay",
    *,
    name: str = "Doe v. Roe",
    enclosure: str = "",
    slug: str = "doe-v-roe",
) -> str:
    link = f"https://cl.example/docket/77/{slug}/?order_by=desc#{fragment}"
    is_minute = fragment.startswith("minute")
    what = "Minute entry from 2026-08-19" if is_minute else f"Entry #{fragment[6:]}"
    more = f'<link href="{escape(enclosure)}" length="0" rel="enclosure" type="None"/>'
    return (
        f'<entry><title>{escape(what)} in {escape(name)}, {NUMBER}</title><link href="{link}" '
        f'rel="alternate"/><published>2026-08-19T00:00:00-07:00</published><id>{link}</id>'
        f'<summary type="html">{escape(summary)}</summary>{more if enclosure else ""}</entry>\n'
    )


def feed(*entries: str) -> bytes:
    head = '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
    title = f"<title>Docket updates for Doe v. Roe, {NUMBER}</title><id>https://cl.example/</id>"
    return f"{head}{title}{''.join(entries)}</feed>".encode()


def read(body: bytes, window: Window | None = None, wanted: Any = WANTED) -> Reading:
    state = replace(STATE, window=window or Window())
    found = ClAtomReader().read(FEED, state, wanted, (Fetched(body),))
    assert isinstance(found, Reading)
    return found


def window_of(body: bytes) -> Window:
    window = read(body).window
    assert window is not None
    return window


def keys(found: Reading) -> list[str]:
    return [seen.sighting_key for seen in found.sightings]


def test_an_order_and_a_minute_order_are_known_by_their_fragments() -> None:
    order, minute = read(feed(entry(), entry(MINUTE, "MINUTE ORDER granting <b>49</b>"))).sightings
    assert (order.entry_number, order.entry_keys) == (51, ("cl:atom:77:51",))
    assert (minute.entry_number, minute.entry_keys) == (None, ("cl:438508108",))
    assert minute.text == "MINUTE ORDER granting 49"
    assert {seen.published_at for seen in (order, minute)} == {None}
    assert str(order.date_filed) == "2026-08-19"


def test_what_the_feed_shows_is_the_row_that_the_api_shows() -> None:
    on = ClDocket("cl:entries", "dcd", NUMBER, 77, "270000")
    rows = (
        {"id": 1, "entry_number": 51, "date_filed": "2026-08-19", "description": "ORDER denying"},
        {"id": 438508108, "date_filed": "2026-08-19", "description": "Something else"},
    )
    seen = (
        *read(feed(entry(), entry(MINUTE, "MINUTE ORDER"))).sightings,
        *(normalize_entry(r, on) for r in rows),
    )
    assert {tuple(sorted(some)) for some in join(seen).groups} == {(0, 2), (1, 3)}


def test_a_new_caption_changes_no_entry() -> None:
    before = window_of(feed(entry(), entry(MINUTE)))
    renamed = read(feed(entry(slug="x", name="Poe v. Roe"), entry(MINUTE, slug="x")), before)
    assert (renamed.total, renamed.shared) == (2, 2)
    assert renamed.sightings[0].case_name == "Poe v. Roe"


@pytest.mark.parametrize(
    "name", ["Fire in Town v. Roe, Inc.", "In re: A, B & C", "<b>Doe</b> v. Roe"]
)
def test_captions_hold_whatever_captions_hold(name: str) -> None:
    (seen,) = read(feed(entry(name=name))).sightings
    assert seen.case_name == name.replace("<b>", "").replace("</b>", "")


def test_the_feed_is_never_asked_whether_it_changed() -> None:
    """Its date is a day: who asks so does not see what is filed later on that day."""
    asked = ClAtomReader().first_request(FEED, replace(STATE, etag='"1"', last_modified="today"))
    assert (asked.etag, asked.last_modified) == ("", "")


def test_the_same_bytes_say_nothing_new_and_vouch_for_the_time_between() -> None:
    body = feed(entry(), entry(MINUTE))
    again = read(body, window_of(body))
    assert (again.sightings, again.total, again.shared) == ((), 2, 2)


def test_a_new_watch_has_the_same_bytes_read_again() -> None:
    body = feed(entry())
    more = make_watchlist([watch(), watch("w2", number="1:25-cv-00999")])
    assert keys(read(body, window_of(body), more)) == [NUMBERED]


def test_a_text_that_changes_comes_under_the_same_key() -> None:
    before = window_of(feed(entry()))
    (seen,) = read(feed(entry(summary="ORDER denying 7 Motion to Stay")), before).sightings
    assert (seen.sighting_key, seen.text) == (NUMBERED, "ORDER denying 7 Motion to Stay")


@pytest.mark.parametrize(("first", "shared"), [(1, 30), (20, 11), (31, 0)])
def test_how_many_of_thirty_were_seen_before_is_counted(first: int, shared: int) -> None:
    before = window_of(feed(*(entry(f"entry-{n}") for n in range(1, 31))))
    found = read(feed(*(entry(f"entry-{n}", "new") for n in range(first, first + 30))), before)
    assert (found.total, found.shared) == (30, shared)


@pytest.mark.parametrize(
    "fragment",
    ["", "entry-", "entry-x", "entry-5x", "minute-entry-", "top", "entry-" + "9" * 5_000],
)
def test_an_entry_whose_link_names_none_is_kept_raw_and_costs_no_other(fragment: str) -> None:
    found = read(feed(entry(), entry(fragment, "ORDER lost"), entry(MINUTE)))
    assert keys(found) == [NUMBERED, MINUTE]
    (lost,) = found.unreadable
    assert "ORDER lost" in lost.raw
    assert found.total == 3


ENCLOSURES = {
    "at the court": (
        "https://ecf.dcd.uscourts.gov/doc1/04511000051?caseid=1",
        "04501000051",
        False,
    ),
    "at CourtListener": (
        "https://storage.courtlistener.com/recap/5.pdf",
        "cl:file:/recap/5.pdf",
        True,
    ),
}


@pytest.mark.parametrize(("url", "name", "is_there"), ENCLOSURES.values(), ids=ENCLOSURES)
def test_where_the_document_lies(url: str, name: str, is_there: bool) -> None:
    (seen,) = read(feed(entry(enclosure=url))).sightings
    (document,) = seen.documents
    assert (document.document_id, document.url, document.is_available) == (name, url, is_there)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/x.pdf",
        "javascript:x",
        "https://x.storage.courtlistener.com.evil.example/",
    ],
)
def test_a_document_elsewhere_is_none(url: str) -> None:
    (seen,) = read(feed(entry(enclosure=url))).sightings
    assert seen.documents == ()


def test_two_rows_of_one_number_are_each_known_in_whatever_order() -> None:
    rows = [entry(summary="ORDER granting 7"), entry(summary="ORDER denying 8"), entry(MINUTE)]
    told = {seen.sighting_key: seen.text for seen in read(feed(*rows)).sightings}
    assert len(told) == 3
    assert told == {s.sighting_key: s.text for s in read(feed(*reversed(rows))).sightings}
    assert keys(read(feed(rows[0], rows[0]))) == [NUMBERED, NUMBERED]


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "ORDER">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 9}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + ']><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>&i;</title></entry></feed>'
)
BROKEN = {
    "nothing, as the firewall answers": b"",
    "blanks": b" \r\n ",
    "a page for people": b"<html><body>403 Forbidden</body></html>",
    "cut off": feed(entry(), entry(MINUTE))[:-40],
    "JSON": b'{"detail": "Not found."}',
    "another kind of feed": b'<rss version="2.0"><channel><title></feed></title></channel></rss>',
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_what_is_no_whole_feed_is_a_failed_poll(body: bytes) -> None:
    with pytest.raises(ParseError):
        read(body)


def test_entities_that_multiply_are_not_multiplied() -> None:
    found = read(BOMB.encode())
    assert found.sightings == ()
    assert all(len(lost.raw) < 10_000 for lost in found.unreadable)


@given(st.lists(st.text(max_size=40), max_size=4))
@settings(max_examples=150, deadline=None)
def test_any_text_in_an_entry_is_survived(texts: Sequence[str]) -> None:
    legal = ["".join(c for c in t if c >= " " and c.isprintable()) for t in texts]
    found = read(
        feed(*(entry(f"entry-{n}", t, name=t) for n, t in enumerate(legal)), entry(MINUTE))
    )
    assert keys(found) == [*(f"entry-{n}" for n in range(len(legal))), MINUTE]
    assert found.unreadable == ()
