"""Feeds of the press in every form: whole or refused, hostile words made plain, no item lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.match.watchlist import make_watchlist
from monitor.model.news import NewsItem
from monitor.model.reading import Reading
from monitor.model.source import SourceState, Window
from monitor.ports import Fetched
from monitor.sources.news_feed import NEWS
from monitor.sources.news_feed.reader import NewsReader
from tests.feeds import NOON
from tests.make import source

PRESS = replace(source("press", NEWS), publisher="The Press")
TITLE, LINK = "Judge halts sharing of records", "https://press.example/1"
AT = datetime(2026, 3, 2, 11, 30, tzinfo=UTC)


def read(body: bytes, window: Window | None = None) -> Reading:
    state = SourceState(NOON, window=window or Window())
    found = NewsReader().read(PRESS, state, make_watchlist([]), (Fetched(body, etag='"2"'),))
    assert isinstance(found, Reading)
    return found


def stories(body: bytes) -> tuple[NewsItem, ...]:
    return read(body).stories


def rss(*items: str, encoding: str = "utf-8", kind: str = 'rss version="2.0"') -> bytes:
    whole = f'<?xml version="1.0" encoding="{encoding}"?><{kind}><channel><title>t</title>{{}}</channel></rss>'
    return whole.format("".join(items)).encode(encoding)


def item(title: str = TITLE, more: str = "", guid: str = "g1") -> str:
    at = "<pubDate>Mon, 02 Mar 2026 06:30:00 EST</pubDate>"
    return f"<item><title>{escape(title)}</title><link>{LINK}</link><guid>{guid}</guid>{at}{more}</item>"


def json_feed(*items: object, version: str = "https://jsonfeed.org/version/1.1") -> bytes:
    return json.dumps({"version": version, "items": items}).encode()


def atom_feed() -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><id>g1</id><title>{TITLE}'
        f'</title><link href="{LINK}"/><updated>2026-03-02T11:30:00Z</updated></entry></feed>'
    ).encode()


def rdf_feed() -> bytes:
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="g1"><title>{TITLE}</title>'
        f"<link>{LINK}</link><dc:date>2026-03-02T11:30:00Z</dc:date></item></rdf:RDF>"
    ).encode()


JSON_ITEM: dict[str, Any] = {
    "id": "g1", "url": LINK, "title": TITLE, "date_published": "2026-03-02T06:30:00-05:00",
}  # fmt: skip
FORMS: dict[str, Callable[[], bytes]] = {
    "RSS": lambda: rss(item()),
    "RSS in UTF-16": lambda: rss(item(), encoding="utf-16"),
    "Atom": atom_feed,
    "RDF": rdf_feed,
    "JSON": lambda: json_feed(JSON_ITEM),
    "JSON behind a byte order mark": lambda: b"\xef\xbb\xbf" + json_feed(JSON_ITEM),
}


@pytest.mark.parametrize("body", FORMS.values(), ids=FORMS)
def test_one_story_is_the_same_in_every_form(body: Callable[[], bytes]) -> None:
    (story,) = stories(body())
    assert (story.title, story.url, story.published_at) == (TITLE, LINK, AT)
    assert story.publisher == "The Press"


REFUSED = {
    "nothing": b"",
    "blanks": b" \r\n\t",
    "a page for people": b"<!doctype html><html><body>Down for maintenance</body></html>",
    "a feed cut off in a story": rss(item(), item("Second", guid="g2"))[:-60],
    "a feed cut off behind a story": rss(item())[: -len("</channel></rss>")],
    "JSON cut off": json_feed(JSON_ITEM)[:-3],
    "JSON of another kind": b'{"articles": []}',
    "JSON without items": b'{"version": "https://jsonfeed.org/version/1.1"}',
    "JSON whose items are none": b'{"version": "https://jsonfeed.org/version/1", "items": {"id": 1}}',
    "JSON nested without end": b'{"items":' * 60_000,
    "plain text": b"Judge halts sharing",
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_what_is_no_whole_feed_is_a_failed_poll(body: bytes) -> None:
    with pytest.raises(ParseError):
        read(body)


@pytest.mark.parametrize("body", [rss(), json_feed()])
def test_an_empty_feed_is_a_feed(body: bytes) -> None:
    assert read(body).stories == ()


def test_the_same_bytes_are_not_read_again_and_their_validators_are_kept() -> None:
    first = read(rss(item()))
    assert first.window is not None
    again = read(rss(item()), first.window)
    assert (again.stories, again.window, again.etag) == ((), None, '"2"')


ENCODINGS = {
    "as declared": "Órden judicial".encode("iso-8859-1"),
    "Windows' under another name": "Órden judicial".encode("cp1252"),
    "UTF-8 under another name": "Órden judicial".encode(),
}


@pytest.mark.parametrize("title", ENCODINGS.values(), ids=ENCODINGS)
def test_letters_survive_a_wrong_encoding(title: bytes) -> None:
    body = rss(item("TITLE"), encoding="iso-8859-1").replace(b"TITLE", title)
    (story,) = stories(body)
    assert story.title.endswith("rden judicial")
    assert "\ufffd" not in story.title


def test_an_encoding_that_nobody_knows_costs_no_story() -> None:
    (story,) = stories(rss(item()).replace(b"utf-8", b"klingon"))
    assert story.title == TITLE


ENTITIES = "".join(f'<!ENTITY {b} "{f"&{a};" * 9}">' for a, b in zip("abcde", "bcdef", strict=True))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE r [<!ENTITY a "lol">{ENTITIES}]>',
        '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_entities_are_neither_multiplied_nor_read_from_disk(doctype: str) -> None:
    body = rss("<item><guid>b</guid><title>x &f; y</title></item>", item())
    found = stories(body.replace(b"<rss", doctype.encode() + b"<rss"))
    assert [len(story.title) <= 2_000 for story in found] == [True, True]
    assert found[1].title == TITLE


def test_markup_and_control_characters_become_plain_words() -> None:
    words = "<p>The <b>judge</b> ruled.</p><script>alert(1)</script><img src=x onerror=y>"
    more = f"<description>{escape(words)}</description>"
    (story,) = stories(rss(item("Judge\u202e \u200bhalts\r\nBcc: x", more)))
    assert (story.title, story.summary) == ("Judge halts Bcc: x", "The judge ruled.")


RELATIVE = {
    "/news/1": "https://press.example/news/1",
    "1.html": "https://press.example/feeds/1.html",
    "../1": "https://press.example/1",
    "../../../1": "https://press.example/1",
    "?p=1": "https://press.example/feeds/rss.xml?p=1",
    "//other.example/1": "https://other.example/1",
    "HTTPS://press.example/1": "https://press.example/1",
    " /news/1 ": "https://press.example/news/1",
}


@pytest.mark.parametrize(("link", "url"), RELATIVE.items(), ids=RELATIVE)
@pytest.mark.parametrize("form", ["JSON", "RSS", "Atom"])
def test_a_relative_link_is_seen_from_its_feed(form: str, link: str, url: str) -> None:
    bodies = {
        "JSON": json_feed(JSON_ITEM | {"url": link}),
        "RSS": rss(item().replace(LINK, link)),
        "Atom": atom_feed().replace(LINK.encode(), link.encode()),
    }
    feed = replace(PRESS, url="https://press.example/feeds/rss.xml")
    found = NewsReader().read(feed, SourceState(NOON), make_watchlist([]), (Fetched(bodies[form]),))
    assert isinstance(found, Reading)
    assert found.stories[0].url == url


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "java\tscript:alert(1)",
        "#top",
        "\\\\evil.example/1",
        "/\\evil.example/1",
        "https://[press.example/1",
        "///1\u202e",
        "/a\nb",
        "mailto:desk@press.example",
        "//",
        "https:///1",
        'https://x/"onclick=1',
        "https://x/<b>",
        "https://x/ y",
    ],
)
def test_a_link_that_may_do_harm_is_none(link: str) -> None:
    (story,) = stories(json_feed(JSON_ITEM | {"url": link}))
    assert (story.url, story.item_key) == ("", "g1")


def test_a_publisher_behind_the_headline_is_no_part_of_it() -> None:
    more = '<source url="https://x.example">The Times</source>'
    (story,) = stories(rss(item(f"{TITLE} - The Times", more)))
    assert (story.title, story.publisher) == (TITLE, "The Times")


def test_stories_are_told_apart_by_id_else_link_else_headline() -> None:
    bare = (
        {"url": LINK},
        {"title": "A"},
        {"title": "B"},
        JSON_ITEM,
        {"id": "x" * 900},
        {"id": "x" * 901},
    )
    found = [story.item_key for story in stories(json_feed(*bare))]
    assert found[:4] == [LINK, "A", "B", "g1"]
    assert len(set(found)) == 6
    assert max(map(len, found)) <= 300


@pytest.mark.parametrize(
    "at", ["yesterday", "0001-01-01T00:00:00Z", "2999-01-01T00:00:00Z", 5, None]
)
def test_a_time_without_sense_costs_a_story_its_time_only(at: object) -> None:
    (story,) = stories(json_feed(JSON_ITEM | {"date_published": at}))
    assert (story.published_at, story.title) == (None, TITLE)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec="utf-8")),
    lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(), v, max_size=3),
    max_leaves=5,
)
NAMES = ("url", "title", "summary", "content_text", "content_html", "date_published", "authors")


@given(st.fixed_dictionaries({"id": st.just("odd")}, optional=dict.fromkeys(NAMES, VALUES)))
@settings(deadline=None)
def test_anything_in_any_field_is_survived(odd: dict[str, Any]) -> None:
    found = stories(json_feed(JSON_ITEM, odd, None, 5))
    assert [story.item_key for story in found] == ["g1", "odd"]
    assert not set("\r\n\x00\u202e") & set(found[1].title + found[1].summary)
