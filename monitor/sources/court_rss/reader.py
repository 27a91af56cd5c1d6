"""A poll of a court's feed: one request, and the items not seen before that a watch is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.errors import ParseError
from monitor.model.docket import Sighting
from monitor.model.outcome import Unreadable
from monitor.model.reading import Reading
from monitor.model.source import ShownItem, Source, SourceState, Window
from monitor.normalize.dates import parse_feed_time
from monitor.normalize.docket_number import is_docket_number
from monitor.ports import Fetched, Request, Wanted
from monitor.sources.court_rss.feed import (
    FeedReading,
    channel_court,
    printed_times,
    read_court_feed,
)
from monitor.sources.court_rss.item import normalize_item, split_title, whole_docket_number
from monitor.sources.court_rss.pieces import FINGERPRINT_BYTES
from monitor.sources.court_rss.raw import Channel, RawItem

#: PACER spells some courts otherwise than CourtListener does.
_PACER_IDS = {
    "uscfc": "cofc",
    "cofc": "cofc",
    "nebraskab": "neb",
    "arb": "azb",
    "nysb-mega": "nysb",
}
_NOT_CONFIGURED = "not configured for feed"


class CourtRssReader:
    """Reads `COURT_RSS`. No validators are sent: no court honors them."""

    def first_request(self, source: Source, state: SourceState) -> Request:
        return Request(source.url)

    def read(
        self, source: Source, state: SourceState, wanted: Wanted, bodies: Sequence[Fetched]
    ) -> Reading | Request:
        window = state.window
        feed = read_court_feed(
            bodies[-1].body,
            window.region_hash,
            window.fingerprints,
            reread=window.watchlist != wanted.name,
        )
        _check_channel(source, feed.channel)
        built_at = parse_feed_time(feed.channel.built)
        description = feed.channel.description
        if feed.unchanged and description == window.description:
            return Reading(
                built_at=built_at, total=feed.total, shared=feed.shared, description=description
            )
        times = _times(feed.items)
        kept = _kept(feed, source, wanted)
        still, vanished = _compared(window, feed, kept.shown, bodies[-1].body)
        is_old = bool(built_at and state.built_at and built_at < state.built_at)
        newest_before = window.newest_at if feed.shared else None
        return Reading(
            sightings=tuple(kept.sightings),
            # What is shown in other words, which nobody could read, has not gone.
            vanished=() if is_old or feed.is_loose or kept.unreadable else vanished,
            is_old=is_old,
            unreadable=tuple(kept.unreadable),
            window=Window(
                region_hash=feed.region_hash,
                fingerprints=feed.fingerprints,
                watchlist=wanted.name,
                newest_at=max((*times, *([newest_before] if newest_before else [])), default=None),
                description=description,
                shown=(*still, *kept.shown),
            ),
            built_at=built_at,
            total=feed.total,
            shared=feed.shared,
            oldest_at=min(times, default=None),
            description=description,
            incomplete=_incomplete(feed),
        )


def _check_channel(source: Source, channel: Channel) -> None:
    """An answer of another court, or of a court without a feed, is no answer."""
    if channel.description.strip().lower() == _NOT_CONFIGURED:
        raise ParseError(
            f"the court answers “{_NOT_CONFIGURED}”: it publishes no feed; "
            "watch the docket through CourtListener"
        )
    said = channel_court(channel)
    if said and source.court_id and _PACER_IDS.get(said, said) != source.court_id:
        raise ParseError(f"this is the feed of {said!r}, not of {source.court_id!r}")


@dataclass(slots=True)
class _Kept:
    """The items that some watch is about, how each will be known again, and what is unreadable."""

    unreadable: list[Unreadable]
    shown: list[ShownItem] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)


def _kept(feed: FeedReading, source: Source, wanted: Wanted) -> _Kept:
    kept = _Kept([Unreadable(source.source_id, o.raw, o.reason) for o in feed.unread])
    expects = wanted.expects(source.court_id)
    for place, item in enumerate(feed.items):
        try:
            seen = _seen(item, source, wanted, expects=expects)
        # An item spoils itself only: whatever it holds, the orders beside it are told.
        except (ValueError, LookupError, ArithmeticError) as exc:
            kept.unreadable.append(Unreadable(source.source_id, _words(item), str(exc)))
            continue
        if seen is not None:
            kept.sightings.append(seen)
            if feed.prints and seen.published_at:
                name = feed.prints[place].hex()
                kept.shown.append(ShownItem(name, seen.sighting_key, seen.published_at))
    return kept


def _seen(item: RawItem, source: Source, wanted: Wanted, *, expects: bool) -> Sighting | None:
    """The item as a sighting, if a watch is about it. Raises ValueError where none can tell."""
    number = whole_docket_number(item)
    is_wanted = wanted.keeps(source.court_id, number) or (
        expects
        and is_docket_number(number)
        and wanted.keeps_caption(source.court_id, split_title(item.title)[1])
    )
    if is_wanted:
        return normalize_item(item, source.source_id, source.court_id)
    if not is_docket_number(number):
        raise ValueError(f"no docket number can be made of {number[:40]!r}")
    return None


def _words(item: RawItem) -> str:
    # The time and the name tell one item from another with the same words.
    words = (item.title.strip(), item.description.strip(), item.published, item.guid or item.link)
    return " | ".join(filter(None, words))


def _compared(
    window: Window, feed: FeedReading, fresh: Sequence[ShownItem], body: bytes
) -> tuple[list[ShownItem], tuple[str, ...]]:
    """What of the last window is still shown, and what is gone though older items are shown.

    What is gone because it is older than all that is shown rolled off: a feed forgets after a day.
    """
    if not window.shown:
        return [], ()
    size, prints = FINGERPRINT_BYTES, feed.fingerprints
    shown = {prints[at : at + size].hex() for at in range(0, len(prints), size)}
    again = {item.fingerprint for item in fresh}
    still = [i for i in window.shown if i.fingerprint in shown and i.fingerprint not in again]
    gone = [item for item in window.shown if item.fingerprint not in shown]
    if not gone or not feed.total:
        return still, ()
    keys = {item.sighting_key for item in (*still, *fresh)}
    vanished = {item.sighting_key for item in _younger_than_shown(gone, body)} - keys
    return still, tuple(sorted(vanished))


def _younger_than_shown(gone: Iterable[ShownItem], body: bytes) -> list[ShownItem]:
    """Those that were entered after the oldest item that the feed still shows."""
    times = [at for raw in printed_times(body) if (at := parse_feed_time(raw))]
    oldest = min(times, default=None)
    if oldest is None:
        return []
    return [item for item in gone if item.entered_at and item.entered_at > oldest]


def _times(items: Iterable[RawItem]) -> list[datetime]:
    # A feed repeats its times: the items of one entry share one.
    printed = {item.published for item in items if item.published}
    return [moment for text in printed if (moment := parse_feed_time(text))]


def _incomplete(feed: FeedReading) -> int:
    return sum(not item.link or not item.published for item in feed.items)
