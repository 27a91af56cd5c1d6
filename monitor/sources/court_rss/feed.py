"""Read a court's feed (CM/ECF RSS): the items that it did not show before.

Source of the grammar: `docs/sources.md`, measured on feeds of 187 courts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.parsers import expat

import xxhash

from monitor.errors import ParseError
from monitor.sources.bounds import check_tags
from monitor.sources.court_rss import pieces
from monitor.sources.court_rss.loose import decoded, read_loosely
from monitor.sources.court_rss.raw import FIELDS, Channel, RawItem, Unread, raw_item
from monitor.sources.court_rss.whole import ILL_FORMED, check_form, crosses_items, whole_feed

_COURT_HOST = re.compile(r"https?://ecf\.([a-z0-9-]+)\.uscourts\.gov", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FeedReading:
    """What one body says. `items` are those not shown before, in feed order."""

    channel: Channel
    items: tuple[RawItem, ...]
    unread: tuple[Unread, ...]
    region_hash: bytes
    fingerprints: bytes
    #: How many items the body holds, and how many of them it shared with the last one.
    total: int
    shared: int
    #: The fingerprint of each of `items`; empty where they cannot be told apart.
    prints: tuple[bytes, ...] = ()
    #: True when nothing was parsed, because the items are the same bytes as before.
    unchanged: bool = False
    #: The feed as a whole is ill-formed: what it does not show proves nothing.
    is_loose: bool = False


def read_court_feed(
    body: bytes,
    known_region: bytes = b"",
    known_fingerprints: bytes = b"",
    *,
    reread: bool = False,
) -> FeedReading:
    """Read the items of `body` that are not among the known fingerprints.

    With `reread` all items are read again, as when a watch was added; what is shared with the
    last body is counted all the same.

    Raises ParseError where the body is not a whole court feed: empty, HTML, cut off, or no RSS.
    What is ill-formed is read as a browser would read it (see `loose`); an item of which nothing
    can be made comes back in `unread`.
    """
    body = whole_feed(body)
    place = pieces.region_of(body)
    if known_region and place and not reread and pieces.hash_region(body, *place) == known_region:
        channel = _channel(body[: place[0]] + body[place[1] :], has_items=place[0] < place[1])
        count = len(known_fingerprints) // pieces.FINGERPRINT_BYTES
        return FeedReading(
            channel, (), (), known_region, known_fingerprints, count, count, unchanged=True
        )
    check_form(body)
    known = _unpack(known_fingerprints)
    cut = pieces.cut(body)
    if cut is not None:
        reading = _read_pieces(cut, known, reread)
        if reading is not None:
            return reading
    return _read_whole(body, known, reread)


def channel_court(channel: Channel) -> str:
    """The court that a feed says it is of, as its host names it; empty if it does not say."""
    match = _COURT_HOST.match(channel.link)
    return match[1].lower() if match else ""


def _read_pieces(cut: pieces.Cut, known: frozenset[bytes], reread: bool) -> FeedReading | None:
    fresh: dict[bytes, bytes] = {}
    for fingerprint, piece in zip(cut.fingerprints, cut.pieces, strict=True):
        if reread or fingerprint not in known:
            fresh.setdefault(fingerprint, piece)
    if not all(map(pieces.is_balanced, fresh.values())):
        return None
    channel = _channel(cut.frame, has_items=bool(cut.pieces))
    items, unread = _parse_pieces(cut, list(fresh.values()))
    return FeedReading(
        prints=tuple(fresh) if len(items) == len(fresh) else (),
        channel=channel,
        items=tuple(items),
        unread=tuple(unread),
        region_hash=cut.region_hash,
        fingerprints=b"".join(cut.fingerprints),
        total=len(cut.pieces),
        shared=sum(fingerprint in known for fingerprint in cut.fingerprints),
    )


def _parse_pieces(cut: pieces.Cut, fresh: list[bytes]) -> tuple[list[RawItem], list[Unread]]:
    if not fresh:
        return [], []
    try:
        return _parse(_document(cut, fresh))[1], []
    except ILL_FORMED:
        return _parse_one_by_one(cut, fresh)


def _parse_one_by_one(cut: pieces.Cut, fresh: list[bytes]) -> tuple[list[RawItem], list[Unread]]:
    items: list[RawItem] = []
    unread: list[Unread] = []
    for piece in fresh:
        try:
            items += _parse(_document(cut, [piece]))[1]
        except ILL_FORMED as exc:
            text = decoded(piece, cut.encoding)
            found = read_loosely(text)[1]
            items += found
            unread += [] if found else [Unread(text.strip(), str(exc))]
    return items, unread


def _document(cut: pieces.Cut, fresh: list[bytes]) -> bytes:
    declaration = f'<?xml version="1.0" encoding="{cut.encoding}"?>'.encode()
    name = cut.root[1:-1].split(None, 1)[0]
    return b"".join((declaration, cut.root, b"</item>".join(fresh), b"</item></", name, b">"))


def _read_whole(body: bytes, known: frozenset[bytes], reread: bool) -> FeedReading:
    is_loose = False
    try:
        if crosses_items(body):
            raise ValueError("a comment or a CDATA section reaches from one item into another")
        channel, items = _parse(body)
    except ILL_FORMED as exc:
        channel, items = read_loosely(decoded(body))
        is_loose = True
        if not items:
            raise ParseError(f"the answer is not well-formed XML: {exc}") from exc
    prints = [_fingerprint(item) for item in items]
    fresh = {p: item for p, item in zip(prints, items, strict=True) if reread or p not in known}
    return FeedReading(
        channel=channel,
        items=tuple(fresh.values()),
        unread=(),
        region_hash=b"",
        fingerprints=b"".join(prints),
        total=len(items),
        shared=sum(p in known for p in prints),
        prints=tuple(fresh),
        is_loose=is_loose,
    )


def _fingerprint(item: RawItem) -> bytes:
    words = "\x1f".join((item.title, item.link, item.description, item.guid, item.published))
    return xxhash.xxh3_128_digest(words.encode("utf-8", "surrogatepass"))


def _channel(frame: bytes, *, has_items: bool) -> Channel:
    try:
        return _parse(frame)[0]
    except ILL_FORMED as exc:
        if has_items:
            return read_loosely(decoded(frame))[0]
        # An ill-formed head of nothing is no empty feed.
        raise ParseError(f"the head of the feed is not well-formed XML: {exc}") from exc


def _parse(document: bytes) -> tuple[Channel, list[RawItem]]:
    check_tags(document)
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    # A document type could define entities that explode; feeds have none.
    parser.EntityDeclHandler = _refuse_entity
    parser.Parse(document, True)
    return reader.channel, reader.items


def _refuse_entity(*_args: object) -> None:
    raise ParseError("the answer defines XML entities of its own; no court's feed does")


class _Reader:
    """Collects the fields of the channel and of its items as the parser meets them.

    A tag within a field is kept as the words that it is: a title "A <i>v.</i> B" is escaped in
    most feeds, and means the same where it is not.
    """

    def __init__(self) -> None:
        self.channel = Channel()
        self.items: list[RawItem] = []
        self._item: dict[str, str] | None = None
        self._words: list[str] = []
        self._path: list[str] = []
        #: How deep the field lies that is being read; 0 outside of fields.
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._depth:
            self._words.append(_as_words(name, attributes))
        elif name == "item":
            if self._item:  # the one around it is not lost
                self.items.append(raw_item(self._item))
            self._item = {}
        elif name in FIELDS and self._path and self._path[-1] in ("item", "channel"):
            self._depth, self._words = len(self._path) + 1, []
        self._path.append(name)

    def text(self, words: str) -> None:
        if self._depth:
            self._words.append(words)

    def end(self, name: str) -> None:
        depth = len(self._path)
        self._path.pop()
        if self._depth == depth:
            self._keep(name, "".join(self._words))
            self._depth = 0
        elif self._depth:
            self._words.append(f"</{name}>")
        elif name == "item" and self._item is not None:
            self.items.append(raw_item(self._item))
            self._item = None

    def _keep(self, name: str, words: str) -> None:
        if self._item is not None:
            self._item.setdefault(name, words)
        else:
            self.channel = _with_field(self.channel, name, words.strip())


def _as_words(name: str, attributes: dict[str, str]) -> str:
    said = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{said}>"


def _with_field(channel: Channel, name: str, words: str) -> Channel:
    match name:
        case "title":
            return replace(channel, title=channel.title or words)
        case "link":
            return replace(channel, link=channel.link or words)
        case "description":
            return replace(channel, description=channel.description or words)
        case "lastBuildDate":
            return replace(channel, built=words)
        case _:
            return channel


_ENTERED = re.compile(rb"<pubDate>([^<]*+)</pubDate>")


def printed_times(body: bytes) -> set[str]:
    """Every time at which the body says that something was entered, as printed."""
    return {raw.strip().decode("latin-1") for raw in _ENTERED.findall(body)}


def _unpack(fingerprints: bytes) -> frozenset[bytes]:
    return frozenset(_slices(fingerprints, pieces.FINGERPRINT_BYTES))


def _slices(blob: bytes, size: int) -> Iterator[bytes]:
    return (blob[start : start + size] for start in range(0, len(blob), size))
