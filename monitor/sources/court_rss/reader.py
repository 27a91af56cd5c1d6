"""A poll of a court's feed: one request, and the items not seen before that a watch is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from monitor.errors import ParseError
from monitor.model.docket import Sighting
from monitor.model.outcome import Unreadable
from monitor.model.source import Source, SourceState, Window
from monitor.normalize.dates import parse_feed_time
from monitor.normalize.docket_number import normalize_docket_number
from monitor.ports import Fetched, Reading, Request, Sieve
from monitor.sources.court_rss.feed import (
    FeedReading,
    channel_court,
    printed_times,
    read_court_feed,
)
from monitor.sources.court_rss.item import normalize_item, printed_docket_number, split_title
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
    """Reads `SourceKind.COURT_RSS`. No validators are sent: no court honors them."""

    def first_request(self, source: Source, state: SourceState) -> Request:
        return Request(source.url)

    def read(
        self, source: Source, state: SourceState, sieve: Sieve, bodies: Sequence[Fetched]
    ) -> Reading | Request:
        window = state.window
        feed = read_court_feed(
            bodies[-1].body,
            window.region_hash,
            window.fingerprints,
            reread=window.sieve != sieve.name,
        )
        _check_channel(source, feed.channel)
        built_at = parse_feed_time(feed.channel.built)
        description = feed.channel.description
        if feed.unchanged and description == window.description:
            return Reading(
                built_at=built_at, total=feed.total, shared=feed.shared, description=description
            )
        times = _times(feed.items)
        kept, sightings = _kept(feed, source, sieve)
        still, vanished = _compared(window, feed, kept, bodies[-1].body)
        is_old = bool(built_at and state.built_at and built_at < state.built_at)
        newest_before = window.newest_at if feed.shared else None
        return Reading(
            sightings=tuple(sightings),
            vanished=() if is_old else vanished,
            is_old=is_old,
            unreadable=tuple(
                Unreadable(source.source_id, lost.raw, lost.reason) for lost in feed.unread
            ),
            window=Window(
                region_hash=feed.region_hash,
                fingerprints=feed.fingerprints,
                sieve=sieve.name,
                newest_at=max((*times, *([newest_before] if newest_before else [])), default=None),
                description=description,
                kept=(*still, *kept),
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


#: A watched item of a window: fingerprint, sighting key, when it was entered.
_Kept = tuple[str, str, str]


def _kept(feed: FeedReading, source: Source, sieve: Sieve) -> tuple[list[_Kept], list[Sighting]]:
    """The items that some watch is about, and how each will be known again."""
    expects = sieve.expects(source.court_id)
    kept, sightings = [], []
    for place, item in enumerate(feed.items):
        number = normalize_docket_number(printed_docket_number(item))
        if sieve.keeps(source.court_id, number) or (
            expects and sieve.keeps_caption(source.court_id, split_title(item.title)[1])
        ):
            seen = normalize_item(item, source.source_id, source.court_id)
            sightings.append(seen)
            if feed.prints and seen.published_at:
                at = seen.published_at.isoformat()
                kept.append((feed.prints[place].hex(), seen.sighting_key, at))
    return kept, sightings


def _compared(
    window: Window, feed: FeedReading, fresh: Sequence[_Kept], body: bytes
) -> tuple[list[_Kept], tuple[str, ...]]:
    """What of the last window is still shown, and what is gone though older items are shown.

    What is gone because it is older than all that is shown rolled off: a feed forgets after a day.
    """
    if not window.kept:
        return [], ()
    size = FINGERPRINT_BYTES
    prints = feed.fingerprints
    shown = {prints[at : at + size].hex() for at in range(0, len(prints), size)}
    again = {fingerprint for fingerprint, _, _ in fresh}
    still = [item for item in window.kept if item[0] in shown and item[0] not in again]
    gone = [item for item in window.kept if item[0] not in shown]
    if not gone or not feed.total:
        return still, ()
    times = [at for raw in printed_times(body) if (at := parse_feed_time(raw))]
    oldest = min(times).isoformat() if times else ""
    keys = {key for _, key, _ in (*still, *fresh)}
    vanished = {key for _, key, at in gone if oldest and at > oldest and key not in keys}
    return still, tuple(sorted(vanished))


def _times(items: Iterable[RawItem]) -> list[datetime]:
    # A feed repeats its times: the items of one entry share one.
    printed = {item.published for item in items if item.published}
    return [moment for text in printed if (moment := parse_feed_time(text))]


def _incomplete(feed: FeedReading) -> int:
    return sum(not item.link or not item.published for item in feed.items)
