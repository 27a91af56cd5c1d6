"""What a source printed, word for word, before we make sense of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: The elements whose words we read, of items and of the head.
FIELDS = ("title", "link", "description", "guid", "pubDate", "lastBuildDate")


@dataclass(frozen=True, slots=True)
class RawItem:
    """One `<item>` of a court's feed: XML is undone, nothing else. Absent fields are empty."""

    title: str = ""
    link: str = ""
    description: str = ""
    guid: str = ""
    published: str = ""


def raw_item(fields: Mapping[str, str]) -> RawItem:
    """An item of the words of its elements."""
    get = fields.get
    return RawItem(
        title=get("title", ""),
        link=get("link", "").strip(),
        description=get("description", ""),
        guid=get("guid", "").strip(),
        published=get("pubDate", "").strip(),
    )


@dataclass(frozen=True, slots=True)
class Channel:
    """The head of a feed: what it is, what it covers, when it was built."""

    title: str = ""
    link: str = ""
    description: str = ""
    built: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """An item that cannot be read: its bytes as text, and why."""

    raw: str
    reason: str
