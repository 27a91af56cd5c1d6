"""Every kind of source: the only place that lists them."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from monitor.errors import UsageError
from monitor.model.source import Traits
from monitor.ports import PolledReader, PushedReader, Reader
from monitor.sources import court_rss, courtlistener, imported, news_feed, supreme_court

TRAITS: Mapping[str, Traits] = {
    traits.kind: traits
    for traits in (
        court_rss.COURT_RSS,
        courtlistener.ENTRIES,
        courtlistener.DOCUMENTS,
        courtlistener.DOCKET,
        courtlistener.ATOM,
        courtlistener.APPEAL,
        courtlistener.USAGE,
        courtlistener.WEBHOOK,
        supreme_court.SUPREME_COURT,
        news_feed.NEWS,
        imported.IMPORTED,
    )
}


#: Kinds that anybody writes, and all others.
OF_ANYBODY = frozenset(kind for kind, traits in TRAITS.items() if traits.is_of_anybody)
OF_COURTS = frozenset(TRAITS) - OF_ANYBODY


def traits_of(kind: str) -> Traits:
    """The traits of a kind. Raises UsageError for one that this version does not know."""
    traits = TRAITS.get(kind)
    if traits is None:
        raise UsageError(f"{kind!r} is no kind of source; known are {', '.join(TRAITS)}")
    return traits


def polled_readers() -> Mapping[str, PolledReader]:
    """Who reads the answers of each kind that is asked. Grammars are loaded here, not before."""
    from monitor.sources.court_rss.reader import CourtRssReader
    from monitor.sources.courtlistener import rest
    from monitor.sources.courtlistener.appeal import ClAppealReader
    from monitor.sources.courtlistener.atom import ClAtomReader
    from monitor.sources.courtlistener.usage import ClUsageReader
    from monitor.sources.news_feed.reader import NewsReader
    from monitor.sources.supreme_court.reader import SupremeCourtReader

    return {
        court_rss.COURT_RSS.kind: CourtRssReader(),
        courtlistener.ENTRIES.kind: rest.ENTRIES,
        courtlistener.DOCUMENTS.kind: rest.DOCUMENTS,
        courtlistener.DOCKET.kind: rest.ClDocketReader(),
        courtlistener.ATOM.kind: ClAtomReader(),
        courtlistener.APPEAL.kind: ClAppealReader(),
        courtlistener.USAGE.kind: ClUsageReader(),
        supreme_court.SUPREME_COURT.kind: SupremeCourtReader(),
        news_feed.NEWS.kind: NewsReader(),
    }


def pushed_readers() -> Mapping[str, PushedReader]:
    """Who reads what is sent to us."""
    from monitor.sources.courtlistener.webhook import DocketAlertReader
    from monitor.sources.imported.reader import BundleReader

    return {
        courtlistener.WEBHOOK.kind: DocketAlertReader(),
        imported.IMPORTED.kind: BundleReader(),
    }


@functools.cache
def every_reader() -> Mapping[str, Reader]:
    """Who reads each kind, asked for or sent."""
    return {**polled_readers(), **pushed_readers()}
