"""From settings and stored watches to what is read and what is watched. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import inf

from monitor.decide.policy import Policy
from monitor.model.body import Keeping
from monitor.model.court import CourtKind, court
from monitor.model.follow import Follow, FollowState
from monitor.model.quota import look_up_source
from monitor.model.source import Source, Traits
from monitor.model.watch import NewsTerms, Watch, WatchState
from monitor.settings.load import Settings
from monitor.settings.schema import CourtListenerConfig, PackConfig
from monitor.sources import court_rss, courtlistener, news_feed, supreme_court
from monitor.sources.registry import traits_of

#: It is read wherever there is a token, and nowhere else.
USAGE_SOURCE = "cl:usage"
#: What CourtListener sends by itself.
PUSHED_SOURCE = "cl:webhook"
SITE = "https://www.courtlistener.com"


def config_watches(packs: Iterable[PackConfig], now: datetime) -> list[Watch]:
    """The watches that the packs ask for, as they would begin now."""
    return [
        Watch(
            watch_id=f"{case.id}/{docket.court}/{docket.number}",
            case_id=case.id,
            case_label=case.label,
            court_id=docket.court,
            docket_number=docket.number,
            since=now,
            cl_docket_id=docket.courtlistener,
        )
        for pack in packs
        for case in pack.cases
        for docket in case.dockets
    ]


def watches_to_store(
    wanted: Sequence[Watch], stored: Mapping[str, tuple[WatchState, str]]
) -> tuple[list[Watch], list[str]]:
    """Which watches to write, and which stored ones the configuration no longer names.

    A watch that somebody paused stays paused, whatever the configuration says.
    """
    writes = []
    for watch in wanted:
        state, _ = stored.get(watch.watch_id, (WatchState.ACTIVE, ""))
        is_paused = state is WatchState.PAUSED
        writes.append(replace(watch, state=WatchState.PAUSED) if is_paused else watch)
    named = {watch.watch_id for watch in wanted}
    gone = [
        name
        for name, (state, origin) in stored.items()
        if origin == "config" and name not in named and state is not WatchState.REMOVED
    ]
    return writes, gone


def plan_sources(
    settings: Settings, watches: Iterable[Watch], follows: Iterable[Follow] = ()
) -> list[Source]:
    """Every place to read for these watches, packs and expected appeals, each once."""
    read = (watch for watch in watches if watch.state is not WatchState.REMOVED)
    dockets = _each_docket(watch for watch in read if not watch.is_of_everything)
    awaited = [follow for follow in follows if follow.state is FollowState.PENDING]
    court_ids = [docket.court_id for docket in dockets]
    court_ids += [follow.court_id for follow in awaited]
    planned = [
        *_court_feeds(settings, court_ids),
        *(source for docket in dockets for source in docket_sources(settings, docket)),
        *(_appeal_source(settings, follow) for follow in awaited if _is_sought(settings, follow)),
        *_news_feeds(settings),
        *_named_sources(settings),
        *_usage_source(settings),
        *_pushed_source(settings),
    ]
    return list({source.source_id: source for source in planned}.values())


def _each_docket(watches: Iterable[Watch]) -> list[Watch]:
    """One watch for each docket: of several cases, the one that knows CourtListener's id."""
    dockets: dict[str, Watch] = {}
    for watch in watches:
        known = dockets.setdefault(watch.docket_id, watch)
        if (watch.cl_docket_id or inf) < (known.cl_docket_id or inf):
            dockets[watch.docket_id] = watch
    return list(dockets.values())


def docket_sources(settings: Settings, docket: Watch) -> Iterator[Source]:
    """Views of one docket: CourtListener's API with a token, its Atom feed where wanted, or the
    Supreme Court's own page."""
    config = settings.config.courtlistener
    if court(docket.court_id).kind is CourtKind.SUPREME:
        yield _supreme_court_source(settings, docket)
        return
    if settings.has_token:
        yield from _api_sources(config, docket)
    if config.atom_feeds and docket.cl_docket_id:
        site = config.url.partition("/api/")[0] or SITE
        yield Source(
            source_id=f"cl:atom:{docket.docket_id}",
            traits=courtlistener.ATOM,
            url=f"{site}/docket/{docket.cl_docket_id}/feed/",
            every=config.atom_every,
            name=f"CourtListener feed of {docket.docket_id}",
            court_id=docket.court_id,
            docket_number=docket.docket_number,
            cl_docket_id=docket.cl_docket_id,
        )


def needs_token(source_id: str) -> bool:
    """Whether a source is read with CourtListener's token."""
    return source_id.startswith("cl:") and not source_id.startswith("cl:atom:")


def docket_sources_with_api(settings: Settings, watches: Iterable[Watch]) -> list[Source]:
    """What would be asked of CourtListener for these dockets, if there were a token."""
    config = settings.config.courtlistener
    return [source for docket in _each_docket(watches) for source in _api_sources(config, docket)]


def _supreme_court_source(settings: Settings, docket: Watch) -> Source:
    config = settings.config.supreme_court
    return Source(
        source_id=f"supreme-court:{docket.docket_number}",
        traits=supreme_court.SUPREME_COURT,
        # The page is named as the Court writes the number: 25A123.
        url=f"{config.url}{docket.docket_number.upper()}.json",
        every=config.every,
        name=f"Supreme Court docket {docket.docket_number.upper()}",
        court_id=docket.court_id,
        docket_number=docket.docket_number,
    )


def _usage_source(settings: Settings) -> Iterator[Source]:
    if settings.has_token:
        config = settings.config.courtlistener
        yield Source(
            source_id=USAGE_SOURCE,
            traits=courtlistener.USAGE,
            url=config.url,
            every=config.usage_every,
            name="CourtListener quota",
        )


def _pushed_source(settings: Settings) -> Iterator[Source]:
    listen = settings.config.listen
    if listen and listen.courtlistener:
        yield Source(
            source_id=PUSHED_SOURCE,
            traits=courtlistener.WEBHOOK,
            url=SITE,
            # It comes when it comes.
            every=timedelta(days=1),
            name="CourtListener webhook",
        )


def _is_sought(settings: Settings, follow: Follow) -> bool:
    """An expected appeal is looked up where there is a token, and a caption to look for."""
    return bool(follow.caption) and settings.has_token


def _appeal_source(settings: Settings, follow: Follow) -> Source:
    config = settings.config.courtlistener
    return Source(
        source_id=f"cl:appeal:{follow.case_id}:{follow.lower_docket_id}",
        traits=courtlistener.APPEAL,
        url=config.url,
        every=config.appeals_every,
        name=f"CourtListener search for the appeal from {follow.lower_docket_id}",
        court_id=follow.court_id,
        caption=follow.caption,
    )


def news_terms(packs: Iterable[PackConfig]) -> tuple[NewsTerms, ...]:
    """What makes a story about a case, for every case of the packs."""
    return tuple(
        NewsTerms(
            case_id=case.id,
            case_label=case.label,
            names=case.news.names,
            docket_numbers=case.news.docket_numbers,
            combinations=case.news.combinations,
            exclude=case.news.exclude,
            judges=case.news.judges,
            topic=pack.news_topic,
            courts=pack.news_courts,
            signals=case.news.signals,
            hints=case.news.hints,
            is_default=case.news.default,
            pack_id=pack.pack,
            dates=case.news.dates,
        )
        for pack in packs
        for case in pack.cases
        if case.news.decides
    )


def make_keeping(settings: Settings) -> Keeping:
    """How much of what sources sent is kept."""
    keep = settings.config.keep
    return Keeping(keep.bodies, int(keep.megabytes * 1_000_000))


def make_policy(settings: Settings) -> Policy:
    return Policy(
        unhealthy_after=settings.config.polling.unhealthy_after,
        unhealthy_for=settings.config.polling.unhealthy_for,
        news_terms=news_terms(settings.packs),
        has_api=settings.has_token,
        keeps_bodies=make_keeping(settings).is_on,
    )


def _court_feeds(settings: Settings, court_ids: Iterable[str]) -> Iterator[Source]:
    others = {feed.court: feed.url for pack in settings.packs for feed in pack.court_feeds}
    for court_id in dict.fromkeys(court_ids):
        known = court(court_id)
        url = others.get(court_id, known.feed_url)
        if url:
            yield Source(
                source_id=f"court:{court_id}",
                traits=court_rss.COURT_RSS,
                url=url,
                every=settings.config.polling.court_feeds,
                name=f"{known.citation} court feed",
                court_id=court_id,
            )


def _api_sources(config: CourtListenerConfig, docket: Watch) -> Iterator[Source]:
    name = docket.docket_id
    kinds: tuple[tuple[Traits, str, str, timedelta], ...] = (
        (courtlistener.ENTRIES, look_up_source(name), "entries", config.entries_every),
        (courtlistener.DOCUMENTS, f"cl:documents:{name}", "documents", config.documents_every),
        (courtlistener.DOCKET, f"cl:docket:{name}", "docket", config.dockets_every),
    )
    for traits, source_id, word, every in kinds:
        yield Source(
            source_id=source_id,
            traits=traits,
            url=config.url,
            every=every,
            name=f"CourtListener {word} of {name}",
            court_id=docket.court_id,
            docket_number=docket.docket_number,
            cl_docket_id=docket.cl_docket_id,
        )


def _named_sources(settings: Settings) -> Iterator[Source]:
    """What a pack names itself, of any kind."""
    for pack in settings.packs:
        for named in pack.sources:
            yield Source(
                source_id=f"pack:{named.id}",
                traits=traits_of(named.kind),
                url=named.url,
                every=named.every,
                name=named.name or named.id,
                court_id=named.court,
                docket_number=named.number,
            )


def _news_feeds(settings: Settings) -> Iterator[Source]:
    for pack in settings.packs:
        for feed in pack.feeds:
            if feed.enabled:
                yield Source(
                    source_id=f"news:{feed.id}",
                    traits=news_feed.NEWS,
                    url=feed.url,
                    every=feed.every or settings.config.polling.news,
                    name=feed.name or feed.id,
                    publisher=feed.publisher,
                )
