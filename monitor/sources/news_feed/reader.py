"""News and official feeds: RSS, Atom and RDF by feedparser, JSON Feed by its own specification."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import xxhash

from monitor.errors import ParseError
from monitor.model.news import NewsItem
from monitor.model.outcome import Unreadable
from monitor.model.reading import Reading
from monitor.model.source import Source, SourceState, Window
from monitor.normalize.dates import parse_feed_time, parse_iso_time
from monitor.normalize.text import digest, plain, rich_to_plain, without_hiding
from monitor.ports import Fetched, Request, Wanted
from monitor.sources.apart import apart
from monitor.sources.feed_body import parse_feed
from monitor.sources.json_body import read_json
from monitor.sources.words import word

_ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, application/json;q=0.8"
_END = re.compile(
    rb"</(?:rss|feed|(?:\w+:)?RDF)\s*>\s*+(?>(?:<!--(?>(?:(?!-->).)*)-->\s*+)*)$",
    re.IGNORECASE | re.DOTALL,
)
#: A browser takes a backslash for a slash, and three slashes for two: it would go to another host
#: than we see. A mark within the page leads to no story.
_MISLEADING = re.compile(r"^#|[\s\\]|^(?:https?:)?//(?:/|$)|^https?:(?!//)", re.IGNORECASE)
_LONGEST_SUMMARY = 20_000


class NewsReader:
    """Reads `NEWS`."""

    def first_request(self, source: Source, state: SourceState) -> Request:
        return Request(source.url, state.etag, state.last_modified, accept=_ACCEPT)

    def read(
        self, source: Source, state: SourceState, wanted: Wanted, bodies: Sequence[Fetched]
    ) -> Reading | Request:
        answer = bodies[-1]
        region_hash = xxhash.xxh3_128_digest(answer.body)
        if region_hash == state.window.region_hash:
            return Reading(etag=answer.etag, last_modified=answer.last_modified)
        stories, lost = apart(read_stories, source, answer.body)
        return Reading(
            stories=tuple(stories),
            unreadable=tuple(
                Unreadable(source.source_id, words, "the parser broke on it") for words in lost
            ),
            window=Window(region_hash=region_hash),
            total=len(stories),
            etag=answer.etag,
            last_modified=answer.last_modified,
        )


def read_stories(source: Source, body: bytes) -> tuple[list[NewsItem], Sequence[str]]:
    """The stories of a feed, and the items that could not be read, as they stand there.

    Raises ParseError where it is no feed, or not whole.
    """
    if not body.strip():
        raise ParseError("the answer is empty")
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(source, body), ()
    return _xml_feed(source, body)


def _xml_feed(source: Source, body: bytes) -> tuple[list[NewsItem], Sequence[str]]:
    feed = parse_feed(body)
    if not feed.version:
        quoted = body[:60].decode("latin-1").strip()
        raise ParseError(f"the answer is no feed, it begins {quoted!r}")
    # feedparser forgives a body that breaks off; for us that is a failed poll.
    if feed.is_ill_formed and not _END.search(body[-2000:]):
        raise ParseError("the answer is cut off: the feed does not end")
    return [_story(source, entry) for entry in feed.entries], feed.lost


def _story(source: Source, entry: Mapping[str, Any]) -> NewsItem:
    title = plain(word(entry, "title"), 2_000)
    publisher = plain(word(entry.get("source") or {}, "title"), 200) or source.publisher
    # Google News adds the publisher to the title; syndicated copies would look different.
    title = title.removesuffix(f" - {publisher}").strip() or title
    content = next((word(part, "value") for part in entry.get("content", ())), "")
    link = _link(word(entry, "link"), source.url)
    summary = rich_to_plain(word(entry, "summary") or content, _LONGEST_SUMMARY)
    return NewsItem(
        source_id=source.source_id,
        item_key=_key(word(entry, "id"), link, title, summary),
        title=title,
        summary=summary,
        url=link,
        publisher=publisher,
        published_at=_published(entry),
    )


def _published(entry: Mapping[str, Any]) -> datetime | None:
    raw = word(entry, "published") or word(entry, "updated")
    # Without a zone the press means Greenwich. feedparser's own reading is not asked: it takes
    # 2026/11/27 for the first of November, and 3 PM Eastern for three in the night.
    return parse_feed_time(raw, UTC)


def _json_feed(source: Source, body: bytes) -> list[NewsItem]:
    try:
        feed = read_json(body)
    except ValueError as exc:
        raise ParseError("the answer begins like JSON and is none, or is cut off") from exc
    said: Mapping[str, Any] = feed if isinstance(feed, dict) else {}
    version, items = str(said.get("version", "")), said.get("items")
    if "jsonfeed.org/version/" not in version or not isinstance(items, list):
        raise ParseError("the answer is JSON, but no JSON Feed")
    return [_json_story(source, item) for item in items if isinstance(item, dict)]


def _json_story(source: Source, item: Mapping[str, Any]) -> NewsItem:
    title = plain(str(item.get("title") or ""), 2_000)
    words = item.get("summary") or item.get("content_text") or item.get("content_html") or ""
    link = _link(str(item.get("url") or ""), source.url)
    summary = rich_to_plain(str(words), _LONGEST_SUMMARY)
    return NewsItem(
        source_id=source.source_id,
        item_key=_key(str(item.get("id") or ""), link, title, summary),
        title=title,
        summary=summary,
        url=link,
        publisher=source.publisher,
        published_at=parse_iso_time(item.get("date_published")),
    )


def _link(raw: str, feed: str) -> str:
    """The address of a story, as seen from its feed's; empty for what no reader should follow."""
    printed = raw.strip()
    if not printed or _MISLEADING.search(printed):
        return ""
    try:
        url = urljoin(feed, printed) if printed == without_hiding(printed) else ""
    except ValueError:  # half a bracket
        return ""
    return url if re.match(r"https?://[^\s<>\"']+$", url) else ""


def _key(item_id: str, link: str, title: str, summary: str) -> str:
    key = without_hiding(item_id).strip() or link or title or digest(summary)
    if len(key) <= 300:
        return key
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
