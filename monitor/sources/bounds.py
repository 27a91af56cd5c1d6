"""What parsers of feeds take the square of the time for, refused before they see it.

No honest feed comes near one of these bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.errors import ParseError

LONGEST_TAG = 65_536
#: feedparser compares each attribute of a tag, and each term of an item, with all others.
MOST_ATTRIBUTES, MOST_TERMS = 300, 3_000
#: feedparser seeks an address in an author's name, from each letter of each word: so many steps.
_MOST_STEPS = 300_000_000
#: What stands between two "<", where it is long enough to hold many attributes.
_LONG = re.compile(rb"<[^<]{2000,}+")
_TAG = re.compile(rb"""<[^<>"'!?](?>(?:[^<>"']++|"[^<"]*+"|'[^<']*+')*)""")
_VALUE = re.compile(rb"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'])""")
_CDATA, _CDATA_END = b"<![CDATA[", b"]]>"
_TERM = re.compile(rb"<(?:[\w.-]{1,99}:)?(?:category|subject|keywords)[\s/>]", re.IGNORECASE)
_WORD = re.compile(rb"[\w.+-]{500,}+")
_LONGEST_HEAD = 10_000
#: The marks of byte order, and blanks.
_MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_BLANKS = re.compile(rb"\s{32,}+")


class MonstrousTag(ValueError):
    """A tag is longer, or has more attributes, than anybody writes."""


def check_tags(body: bytes) -> None:
    """Raise MonstrousTag where a tag would cost a parser the square of its length."""
    for _, tag in _monstrous(body):
        shown = tag[:40].decode("latin-1")
        raise MonstrousTag(
            f"the tag that begins {shown!r} has {len(tag):,} bytes; "
            f"none of a feed has {LONGEST_TAG:,}, or {MOST_ATTRIBUTES} attributes"
        )


def _without_monstrous(body: bytes) -> bytes:
    """The body with the bare names of such tags: an item spoils itself only."""
    kept: list[bytes] = []
    behind = 0
    for place, tag in _monstrous(body):
        kept += [body[behind:place], tag[:100].split(None, 1)[0], b"/" * tag.endswith(b"/")]
        behind = place + len(tag)
    return b"".join((*kept, body[behind:]))


def _monstrous(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Where such tags begin, and the tags without their end."""
    for piece in _LONG.finditer(body):
        tag = _TAG.match(piece[0])
        if tag and _is_monstrous(tag[0]) and not _is_in_cdata(body, piece.start()):
            yield piece.start(), tag[0]


def _is_monstrous(tag: bytes) -> bool:
    return len(tag) > LONGEST_TAG or len(_VALUE.findall(tag)) > MOST_ATTRIBUTES


def _is_in_cdata(body: bytes, place: int) -> bool:
    """Markup within CDATA is text to a parser, and may hold a picture."""
    return body.rfind(_CDATA, 0, place) > body.rfind(_CDATA_END, 0, place)


def for_feedparser(body: bytes) -> bytes:
    """The body without long runs of blanks, which feedparser tries from each of them.

    Raises ParseError for what it would read without end.
    """
    # Two bytes or four for a sign: the bounds are of signs.
    signs = body.replace(b"\x00", b"") if b"\x00" in body else body
    try:
        if body is signs:
            body = signs = _without_monstrous(body)
        check_tags(signs)
    except MonstrousTag as exc:
        raise ParseError(f"the answer is no feed that can be read: {exc}") from exc
    if _terms(signs) > MOST_TERMS:
        raise ParseError(
            f"the answer is no feed that can be read: it has more than {MOST_TERMS:,} "
            "categories and keywords"
        )
    if sum(len(word) ** 2 for word in _WORD.findall(signs)) > _MOST_STEPS:
        raise ParseError(
            "the answer is no feed that can be read: it has words of thousands of letters"
        )
    return _BLANKS.sub(b"\n", _with_short_head(body, signs))


def _with_short_head(body: bytes, signs: bytes) -> bytes:
    """The body with a line of its own for the declaration.

    feedparser seeks the encoding in the whole first line, from each quotation mark to each end.
    """
    declared, end, rest = body.partition(b"?>")
    if body is signs and len(declared) <= _LONGEST_HEAD:
        return b"".join((declared, end, b"\n", rest)) if end else body
    if len(signs.partition(b"\n")[0]) > _LONGEST_HEAD and signs.lstrip(_MARKS).startswith(b"<?"):
        raise ParseError("the answer is no feed that can be read: its declaration does not end")
    return body


def _terms(body: bytes) -> int:
    """How many categories and keywords there are, each comma beginning one."""
    found = 0
    for term in _TERM.finditer(body):
        found += 1 + body.count(b",", term.end(), _end(body, term.end()))
    return found


def _end(body: bytes, start: int) -> int:
    """Where the next tag begins behind a place, and what is no CDATA section."""
    begins = body.find(b"<", start)
    if body.startswith(_CDATA, begins):
        begins = body.find(b"<", begins + 1)
    return begins if begins >= 0 else len(body)
