"""RSS, Atom and RDF by feedparser, which breaks on what it does not foresee: an item at a time.

feedparser is given bytes only: given text, it would open files and URLs.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from monitor.errors import ParseError
from monitor.sources.bounds import for_feedparser

#: What feedparser was seen to raise: for numbers of thousands of digits, half letters, codecs that
#: give no text, half a bracket in an address, declarations within declarations.
_BROKEN = (
    ValueError, LookupError, ArithmeticError, TypeError, AttributeError, AssertionError,
    RecursionError,
)  # fmt: skip
_BEGIN = re.compile(rb"<(?:[\w-]+:)?(?:item|entry)[\s>]")
_REFERENCE = re.compile(rb"&#(?:0*+(\d+)|x0*+([0-9a-f]+));?", re.IGNORECASE)
_DECLARED = re.compile(
    rb"""^\s*<\?xml[^<>]*?(?P<all>\sencoding\s*=\s*["'](?P<name>[^"'<>]*)["'])"""
)
#: Whoever can read the declaration in it reads these as they stand.
_LETTERS = b"<?xml+-\\u" + b"x" * 64
_END = re.compile(rb"</(?:[\w-]+:)?(?:item|entry)\s*>")


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a body says; `lost` are the items on which the parser broke, as they stand there."""

    #: "rss20", "atom10" …; empty where it is no feed.
    version: str
    is_ill_formed: bool
    entries: tuple[Mapping[str, Any], ...]
    lost: tuple[str, ...] = ()


def parse_feed(body: bytes) -> ParsedFeed:
    """Parse a feed; where that breaks, item by item.

    Raises ParseError where even its head breaks, and for what would be parsed without end.
    """
    body = for_feedparser(_truly_declared(body))
    try:
        return _parsed(body)
    except _BROKEN:
        return _one_by_one(_REFERENCE.sub(_to_a_letter, body))


def _truly_declared(body: bytes) -> bytes:
    """A body that claims no encoding which nobody knows, or in which its own head is none."""
    declared = _DECLARED.match(body[:400])
    if declared is None or _is_readable_in(declared["name"].decode("latin-1")):
        return body
    return body[: declared.start("all")] + body[declared.end("all") :]


def _is_readable_in(encoding: str) -> bool:
    try:
        return _LETTERS.decode(encoding) == _LETTERS.decode("ascii")
    except (LookupError, ValueError):
        return False


def _parsed(body: bytes) -> ParsedFeed:
    import feedparser

    feed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    return ParsedFeed(feed.version, bool(feed.bozo), tuple(feed.entries))


def _to_a_letter(reference: re.Match[bytes]) -> bytes:
    """The reference, or one to U+FFFD where it names no letter: the parser cannot."""
    decimal, hexadecimal = reference.groups()
    digits, base = (decimal, 10) if decimal else (hexadecimal, 16)
    is_letter = len(digits) <= 7 and int(digits, base) <= sys.maxunicode
    return reference[0] if is_letter else b"&#65533;"


def _one_by_one(body: bytes) -> ParsedFeed:
    begin = _BEGIN.search(body)
    start = begin.start() if begin else len(body)
    ends = [end.end() for end in _END.finditer(body, start)]
    head, tail = body[:start], body[ends[-1] if ends else start :]
    frame = _frame(head + tail)
    entries: list[Mapping[str, Any]] = []
    lost: list[str] = []
    for at, end in zip([start, *ends], ends, strict=False):
        try:
            entries += _parsed(head + body[at:end] + tail).entries
        except _BROKEN:
            lost.append(body[at:end].decode("utf-8", "replace").strip())
    return ParsedFeed(frame.version, frame.is_ill_formed, tuple(entries), tuple(lost))


def _frame(frame: bytes) -> ParsedFeed:
    try:
        return _parsed(frame)
    except _BROKEN as exc:
        reason = f"{type(exc).__name__}: {str(exc)[:200]}"
        raise ParseError(f"the answer is a feed that nobody can parse ({reason})") from exc
