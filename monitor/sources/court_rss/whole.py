"""Whether a body is one whole court feed, and where it ends: before anybody reads its items."""

from __future__ import annotations

import re
from xml.parsers import expat

from monitor.errors import ParseError
from monitor.sources.bounds import check_tags

_END = b"</rss>"
_BORDER = re.compile(rb"<item|</item>|</channel>\s*+</rss>")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
#: What expat raises for what is not well-formed, or in an encoding that nobody knows.
ILL_FORMED = (expat.ExpatError, LookupError, ValueError)
#: How much of an unreadable answer is quoted in an error.
_QUOTED = 60


def whole_feed(body: bytes) -> bytes:
    """The feed, without what stands before and behind it. Raises ParseError where it is none."""
    if not body.strip():
        raise ParseError("the answer is empty; courts without a feed, and broken ones, answer so")
    # A blank line before the declaration is an error of XML, and nothing else.
    body = body.removeprefix(b"\xef\xbb\xbf").lstrip() if body[:2] not in _UTF_16 else body
    head = body[:2048].lower()
    if b"<rss" not in body[:65536].lower() and body[:2] not in _UTF_16:
        kind = "an HTML page" if b"<html" in head or b"<!doctype html" in head else "no RSS feed"
        quote = body[:_QUOTED].decode("latin-1").strip()
        raise ParseError(f"the answer is {kind}, beginning {quote!r}")
    if body[:2] in _UTF_16:
        return body
    first, last = body.find(_END), body.rfind(_END)
    if last < 0:
        raise ParseError("the answer is cut off: it does not end with </rss>")
    tail = body[last + len(_END) :].strip()
    if first == last and not tail:
        return body
    return _cut_at_end(body, first)


#: How an item begins that is written otherwise than courts do.
_ODD_ITEM = re.compile(rb"<(?:[A-Za-z_][\w.-]*:item|(?!item)[Ii][Tt][Ee][Mm])[\s>/]")


def check_form(body: bytes) -> None:
    """Raises ParseError for items of a form that no court writes: they would read as none."""
    # Plain searches first: this is asked of every body that changed.
    if (b":item" in body or b"<I" in body) and (odd := _ODD_ITEM.search(body)):
        raise ParseError(f"its items have a form that we do not know: {odd[0]!r}")


def _cut_at_end(body: bytes, first: int) -> bytes:
    """A whole feed followed by the tail of an older, longer one (seen at ctd): keep the feed."""
    whole = body[: first + len(_END)]
    if _is_well_formed(whole) and not _cuts_item(body, first):
        return whole
    if _is_well_formed(body):  # "</rss>" stood in a comment or in CDATA
        return body
    if end := _end_outside_items(body):  # it stood in an item, or an item is ill-formed as well
        return body[:end]
    raise ParseError("the answer is not one whole feed: text follows </rss>")


def _end_outside_items(body: bytes) -> int:
    """Where the feed ends, and no item is open; 0 where it nowhere does."""
    is_in_item = False
    for border in _BORDER.finditer(body):
        if not border[0].startswith(b"</channel"):
            is_in_item = border[0] == b"<item"
        elif not is_in_item:
            return border.end()
    return 0


def _cuts_item(body: bytes, place: int) -> bool:
    """Whether this place stands within an item."""
    return body.rfind(b"<item", 0, place) > body.rfind(b"</item>", 0, place)


_ITEM_OR_SECTION = re.compile(rb"<item[\s>/]|</item[\s>]|<!--|<!\[CDATA\[")
_SECTION_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}


def crosses_items(body: bytes) -> bool:
    """Whether what begins within an item hides its end: XML would swallow the items behind it."""
    is_in_item, at = False, 0
    while mark := _ITEM_OR_SECTION.search(body, at):
        at = mark.end()
        if (ending := _SECTION_ENDS.get(mark[0])) is None:
            is_in_item = not mark[0].startswith(b"</")
            continue
        end = body.find(ending, at)
        if end < 0:
            return is_in_item
        closed = body.find(b"</item", at, end) if is_in_item else -1
        if closed >= 0 and body.find(b"<item", closed, end) >= 0:
            return True
        at = end
    return False


def _is_well_formed(body: bytes) -> bool:
    parser = expat.ParserCreate()
    try:
        check_tags(body)
        parser.Parse(body, True)
    except ILL_FORMED:
        return False
    return True
