"""Cut a feed into its items without parsing it, and only where that is surely right.

A court's feed repeats hundreds of items at each poll. Cutting at `</item>` and comparing
fingerprints costs a hundredth of a parse. The cut is wrong where an item hides in a comment or
a CDATA section, where tags have unusual forms, or under an encoding that is no superset of
ASCII; there, `cut` returns None and the caller parses the whole. It never guesses.

The argument: count(`<item`) equals the number of cuts, every piece begins with `<item`, and no
comment or processing instruction stands between them. What remains is a cut within CDATA: the
first such cut leaves a piece that opens one CDATA section more than it closes, so demanding
balance of every *unseen* piece is enough, for the seen ones were once unseen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import xxhash

_CLOSE = b"</item>"
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ROOT = re.compile(rb"<(?!\?|!)[^<>]*+>")
_ROOT_XMLNS = re.compile(rb"""\sxmlns\s*=\s*(?:"[^"]*"|'[^']*')""")
_STARTS_ITEM = re.compile(rb"\s*<item[\s>]")
_PREFIXED_TAG = re.compile(rb"</[A-Za-z_][\w.-]*:")
#: Encodings in which every ASCII byte means itself, wherever it stands.
_ASCII_SUPERSETS = re.compile(
    r"(utf-?8|us-ascii|ascii|iso-8859-\d+|latin-?1|windows-125\d)$", re.IGNORECASE
)

FINGERPRINT_BYTES = 16
#: The root is parsed again with each ill-formed item; a longer one is no court's.
_LONGEST_ROOT = 4_096


@dataclass(frozen=True, slots=True)
class Cut:
    """A feed in pieces: `frame` is the document without its items."""

    frame: bytes
    pieces: tuple[bytes, ...]
    fingerprints: tuple[bytes, ...]
    region_hash: bytes
    encoding: str
    root: bytes


def declared_encoding(body: bytes) -> str:
    """The encoding that the XML declaration names, else UTF-8."""
    match = _DECLARED.match(body[:200])
    return match[1].decode("ascii") if match else "utf-8"


def region_of(body: bytes) -> tuple[int, int] | None:
    """Where the items stand: from the first `<item` to the end of the last `</item>`.

    An empty region at the end of the body where there are no items; None where an item of an
    unusual form (`<item/>`, `</item >`) lies outside.
    """
    start = body.find(b"<item")
    if start < 0:
        return len(body), len(body)
    end = body.rfind(_CLOSE) + len(_CLOSE)
    if end < start or body.find(b"<item", end) >= 0:
        return None
    return start, end


def hash_region(body: bytes, start: int, end: int) -> bytes:
    """A fingerprint of all items and of what decides their meaning."""
    seed = _exact_seed(body[:start])
    return xxhash.xxh3_128_digest(memoryview(body)[start:end], seed=seed)


def cut(body: bytes) -> Cut | None:
    """Cut the body into items, or None where only a full parse can."""
    encoding = declared_encoding(body)
    place = region_of(body)
    if place is None:
        return None
    start, end = place
    head, region, tail = body[:start], body[start:end], body[end:]
    if not _frame_is_plain(encoding, head):
        return None
    pieces = region.split(_CLOSE)[:-1]
    if not _pieces_are_plain(region, pieces):
        return None
    root = _ROOT.search(head)
    if root and len(root[0]) > _LONGEST_ROOT:
        return None
    seed = _seed(head, region)
    digest = xxhash.xxh3_128_digest
    return Cut(
        frame=head + tail,
        pieces=tuple(pieces),
        fingerprints=tuple([digest(piece.strip(), seed) for piece in pieces]),
        region_hash=digest(region, _exact_seed(head)),
        encoding=encoding,
        root=root[0] if root else b"<rss>",
    )


def is_balanced(piece: bytes) -> bool:
    """Whether an unseen piece closes every CDATA section that it opens."""
    return piece.count(b"<![CDATA[") == piece.count(b"]]>")


def _frame_is_plain(encoding: str, head: bytes) -> bool:
    if not _ASCII_SUPERSETS.match(encoding) or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    if b"<!DOCTYPE" in head or b"\x00" in head:
        return False
    return all(
        head.rfind(opening) <= head.rfind(closing)
        for opening, closing in ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))
    )


def _pieces_are_plain(region: bytes, pieces: list[bytes]) -> bool:
    if region.count(b"<item") != len(pieces) or b"<!--" in region or b"<?" in region:
        return False
    return all(map(_STARTS_ITEM.match, pieces))


def _exact_seed(head: bytes) -> int:
    """Encoding and root as they stand: cheap, and whatever changes them costs one comparison."""
    match = _ROOT.search(head)
    root = match[0] if match else b""
    return xxhash.xxh3_64_intdigest(declared_encoding(head).lower().encode() + b"\n" + root)


def _seed(head: bytes, region: bytes) -> int:
    """What the same bytes would not mean under another encoding or namespace.

    A namespace declaration that no item uses changes nothing; without that exception every
    item looks new when a collector or court adds one (seen in 99 of 244 bodies of ctd).
    """
    match = _ROOT.search(head)
    root = match[0] if match else b""
    if not _PREFIXED_TAG.search(region):
        default = _ROOT_XMLNS.search(root)
        root = root.split(None, 1)[0].rstrip(b">") + (default[0] if default else b"")
    return xxhash.xxh3_64_intdigest(declared_encoding(head).lower().encode() + b"\n" + root)
