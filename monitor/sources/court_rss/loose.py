"""Read an ill-formed feed as a browser would: whatever is no tag of ours is text.

A court's feed holds five fields that we want, and captions and events that a clerk typed. Where
one of them holds a bare `&`, an unclosed tag or a control character, XML gives up, and a general
recovering parser takes "A<B v. Roe" for an element and drops the words. Knowing the tags, we need
not guess: a sign that begins none of them is a sign that somebody wrote.

Plain searches only, each going forward: the time is linear in the size of the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.sources.court_rss.pieces import declared_encoding
from monitor.sources.court_rss.raw import FIELDS, Channel, RawItem, raw_item

#: A tag that we know, from behind its "<".
_TAG = re.compile(r"(/?)(rss|channel|item|" + "|".join(FIELDS) + r")(?=[\s/>])([^<>]*+)>")
#: Only with its semicolon: "&section=2" in a link holds no paragraph sign.
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_OF_ITEMS = frozenset({"title", "description", "guid", "pubDate"})
_SINGLE_BYTES = re.compile(r"iso-8859-1|latin-?1|windows-1252|(?:us-)?ascii")


@dataclass(frozen=True, slots=True)
class _Tag:
    name: str
    opens: bool
    closes: bool
    raw: str


def read_loosely(text: str) -> tuple[Channel, list[RawItem]]:
    """The head and the items of a feed, or of a piece of one, whatever is wrong with it."""
    reading = _Loose()
    for token in _tokens(text):
        if isinstance(token, _Tag):
            reading.tag(token)
        else:
            reading.text(token)
    return reading.ended()


class _Loose:
    """Collects fields as tags come; a field ends at its end, at the next field, or at the end."""

    def __init__(self) -> None:
        self._head: dict[str, str] = {}
        self._items: list[dict[str, str]] = []
        self._is_in_item = self._has_items = False
        self._field = ""
        self._words: list[str] = []

    def tag(self, tag: _Tag) -> None:
        if tag.name in FIELDS:
            self._field_tag(tag)
        else:
            self._finish_field()
            if tag.name == "item":
                self._is_in_item = tag.opens and not tag.closes
                self._items += [{}] if tag.opens else []
                self._has_items = True

    def text(self, words: str) -> None:
        if self._field:
            self._words.append(words)

    def ended(self) -> tuple[Channel, list[RawItem]]:
        self._finish_field()
        head = {name: words.strip() for name, words in self._head.items()}
        channel = Channel(
            title=head.get("title", ""),
            link=head.get("link", ""),
            description=head.get("description", ""),
            built=head.get("lastBuildDate", ""),
        )
        return channel, [raw_item(item) for item in self._items]

    def _field_tag(self, tag: _Tag) -> None:
        is_lost = tag.opens and tag.name in _OF_ITEMS and not self._is_in_item
        if is_lost and self._has_items and not self._field:
            # Behind an item no head goes on: the start of the next one is missing.
            self._is_in_item = True
            self._items.append({})
        if not tag.opens and tag.name == self._field:
            self._finish_field()
        elif tag.opens and tag.name != self._field and tag.name not in self._open():
            self._finish_field()
            self._field = "" if tag.closes else tag.name
        else:  # a field's own name within its words, or an end of nothing
            self.text(tag.raw)

    def _open(self) -> dict[str, str]:
        return self._items[-1] if self._is_in_item else self._head

    def _finish_field(self) -> None:
        if self._field:
            self._open().setdefault(self._field, "".join(self._words))
        self._field, self._words = "", []


def _tokens(text: str) -> Iterator[_Tag | str]:
    """Known tags, and the texts between them with their references undone."""
    at = 0
    ends = _Ends(text)
    while (sign := text.find("<", at)) >= 0:
        yield _undone(text[at:sign])
        if match := _TAG.match(text, sign + 1):
            tail = match[3].rstrip()
            yield _Tag(match[2], not match[1], tail.endswith("/"), f"<{match[0]}")
            at = match.end()
        elif text.startswith("<![CDATA[", sign) and (end := ends.find("]]>", sign)) >= 0:
            yield without_no_xml(text[sign + 9 : end])
            at = end + 3
        elif text.startswith("<!--", sign) and (end := ends.find("-->", sign)) >= 0:
            at = end + 3
        else:
            yield "<"
            at = sign + 1
    yield _undone(text[at:])


class _Ends:
    """Finds where sections end, asked from the front to the back: nothing is sought twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        #: Sign -> from where it was sought last, and where it stands; behind the text if nowhere.
        self._known: dict[str, tuple[int, int]] = {}

    def find(self, end: str, start: int) -> int:
        """Where the section ends; -1 where it does not, or hides where the next item begins."""
        found = self._next(end, start)
        begins = self._next("<item", self._next("</item", start))
        return -1 if found == len(self._text) or begins < found else found

    def _next(self, sign: str, start: int) -> int:
        began, at = self._known.get(sign, (0, -1))
        if not began <= start <= at:
            at = self._text.find(sign, start)
            at = len(self._text) if at < 0 else at
            self._known[sign] = start, at
        return at


def _undone(text: str) -> str:
    # The end of a CDATA section that never began is no word of the court's.
    words = text.replace("]]>", "") if "]]>" in text else text
    if "&" in words:
        words = _REFERENCE.sub(lambda match: html.unescape(match[0]), words)
    return without_no_xml(words)


def without_no_xml(text: str) -> str:
    """A text without what no XML may hold, and no database takes."""
    return _NO_XML.sub("", text)


def decoded(body: bytes, encoding: str = "") -> str:
    """The text of a feed: as it declares; a byte that this encoding has not is Windows'.

    >>> decoded(b"<title>O\\x92Brien \\xc2\\xa7 5</title>")
    '<title>O’Brien § 5</title>'
    """
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body.decode("utf-16", "replace")
    if _SINGLE_BYTES.fullmatch((encoding or declared_encoding(body)).lower()):
        return "".join(map(_WINDOWS.__getitem__, body))
    text = body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    return text.translate(_STRAY) if not text.isascii() else text


def _windows(byte: int) -> str:
    return bytes([byte]).decode("windows-1252", "ignore") or chr(byte)


_WINDOWS = tuple(_windows(byte) for byte in range(256))
#: How `surrogateescape` writes bytes that are no UTF-8 -> what Windows means by them.
_STRAY = {0xDC00 + byte: _WINDOWS[byte] for byte in range(128, 256)}
