"""A feed of what was told, in Atom (RFC 4287): a filing is one entry, in its latest words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from monitor.model.alert import Alert, PaperAlert
from monitor.model.docket import Ruling
from monitor.model.subjects import entries_of
from monitor.normalize.text import plain, without_hiding
from monitor.render.mail import text_of
from monitor.render.message import Message
from monitor.render.template import template
from monitor.render.words import words_of
from monitor.route.fold import fold

#: RFC 4151; the day on which ids of this form began.
_TAG = "tag:docket-monitor,2026-11-27"
_LONGEST_TEXT = 5_000
_SUBTITLE = "What courts' feeds and CourtListener showed: read the docket before you rely on it."
#: What no document of XML may hold.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry of a feed. Moments are as RFC 3339 writes them."""

    item_id: str
    title: str
    url: str
    published: str
    updated: str
    categories: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Feed:
    feed_id: str
    title: str
    subtitle: str
    url: str
    updated: str
    items: tuple[FeedItem, ...]


def feed_of(name: str, title: str, alerts: Iterable[Alert], url: str, most: int) -> Feed:
    """The latest `most` things of these alerts, which come the earliest first; the newest leads."""
    found = [_item(some) for some in _by_name(alerts).values()]
    return feed_of_items(name, title, found, url, most)


def feed_of_items(name: str, title: str, found: Iterable[FeedItem], url: str, most: int) -> Feed:
    """The latest `most` of these; the newest leads."""
    items = sorted(found, key=lambda item: (item.updated, item.item_id), reverse=True)
    return Feed(
        feed_id=f"{_TAG}:feed/{quote(name)}",
        title=plain(title),
        subtitle=_SUBTITLE,
        url=url,
        updated=items[0].updated if items else _moment(datetime(2026, 1, 1, tzinfo=UTC)),
        items=tuple(items[:most]),
    )


def _by_name(alerts: Iterable[Alert]) -> Mapping[str, list[Alert]]:
    found: dict[str, list[Alert]] = {}
    for alert in alerts:
        found.setdefault(_name(alert), []).append(alert)
    return found


def filing_item(
    entry_id: str,
    title: str,
    url: str,
    first_seen_at: datetime,
    updated_at: datetime,
    categories: tuple[str, ...],
    text: str,
) -> FeedItem:
    """A filing as an item: the same one, whether it was told or only published."""
    return FeedItem(
        item_id=f"{_TAG}:{quote(f'filing/{entry_id}')}",
        title=plain(title),
        url=url,
        published=_moment(first_seen_at),
        updated=_moment(updated_at),
        categories=categories,
        text=_NO_XML.sub("", without_hiding(text))[:_LONGEST_TEXT],
    )


def _name(alert: Alert) -> str:
    """Of a filing the same, however often its words change."""
    if isinstance(alert, PaperAlert):
        return f"filing/{entries_of(alert)[0]}"
    return f"{alert.topic}/{alert.alert_id}"


def _item(alerts: Sequence[Alert]) -> FeedItem:
    """What was told of one thing, the earliest first, in its latest words."""
    alert = fold(alerts)[-1]
    message = words_of(alert)
    return FeedItem(
        item_id=f"{_TAG}:{quote(_name(alert))}",
        title=plain(message.subject),
        url=_first_url(message),
        published=_moment(alerts[0].created_at),
        updated=_moment(alerts[-1].created_at),
        categories=tuple(_categories(alert)),
        text=_NO_XML.sub("", text_of(message))[:_LONGEST_TEXT],
    )


def _first_url(message: Message) -> str:
    urls = (item.url for item in message.items)
    return next((url for url in urls if url.startswith(("https://", "http://"))), "")


def _categories(alert: Alert) -> Iterable[str]:
    yield alert.topic
    if isinstance(alert, PaperAlert):
        yield alert.judgement.kind.value
        if alert.judgement.ruling is not Ruling.NONE:
            yield alert.judgement.ruling.value


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def atom_of(feed: Feed) -> str:
    """The feed as a document of XML."""
    return template("feed.atom.j2").render(feed=feed)
