"""A poll of a court's feed: one request, and the items not seen before that a watch is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from monitor.errors import ParseError
from monitor.model.docket import Sighting
from monitor.model.outcome import Unreadable
from monitor.model.raw import Channel, RawItem
from monitor.model.source import Source, SourceState, Window
from monitor.normalize.court_item import normalize_item, printed_docket_number, split_title
from monitor.normalize.dates import parse_feed_time
from monitor.normalize.docket_number import normalize_docket_number
from monitor.parse.court_rss import FeedReading, channel_court, read_court_feed
from monitor.ports import Fetched, Reading, Request, Sieve

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
        newest_before = window.newest_at if feed.shared else None
        return Reading(
            sightings=tuple(_kept(feed.items, source, sieve)),
            unreadable=tuple(
                Unreadable(source.source_id, lost.raw, lost.reason) for lost in feed.unread
            ),
            window=Window(
                region_hash=feed.region_hash,
                fingerprints=feed.fingerprints,
                sieve=sieve.name,
                newest_at=max((*times, *([newest_before] if newest_before else [])), default=None),
                description=description,
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


def _kept(items: Iterable[RawItem], source: Source, sieve: Sieve) -> Iterable[Sighting]:
    expects = sieve.expects(source.court_id)
    for item in items:
        number = normalize_docket_number(printed_docket_number(item))
        if sieve.keeps(source.court_id, number) or (
            expects and sieve.keeps_caption(source.court_id, split_title(item.title)[1])
        ):
            yield normalize_item(item, source.source_id, source.court_id)


def _times(items: Iterable[RawItem]) -> list[datetime]:
    # A feed repeats its times: the items of one entry share one.
    printed = {item.published for item in items if item.published}
    return [moment for text in printed if (moment := parse_feed_time(text))]


def _incomplete(feed: FeedReading) -> int:
    return sum(not item.link or not item.published for item in feed.items)
