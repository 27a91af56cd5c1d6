"""The one place where real parts are joined."""

from __future__ import annotations

import asyncio
import functools
import logging
import random
import ssl
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from monitor.briefing import Briefings
from monitor.build import Web, make_couriers, make_fetcher
from monitor.decide.appeals import appeal_watch
from monitor.decide.snapshots import alert_id
from monitor.dispatch import Dispatcher
from monitor.history.progress import why_no_progress
from monitor.history.record import reading
from monitor.history.standing import Standings
from monitor.match.watchlist import Watchlist, make_watchlist
from monitor.model.alert import ClockSetBack
from monitor.model.follow import Follow, FollowState
from monitor.model.source import Claim
from monitor.model.watch import Watch, WatchState
from monitor.poll import Poller, claim_due
from monitor.ports import Clock
from monitor.publish import Publisher
from monitor.pushed import PushReader
from monitor.rejudge import Rejudge
from monitor.route.rules import leads_to
from monitor.settings.load import Settings
from monitor.settings.plan import (
    USAGE_SOURCE,
    config_watches,
    make_keeping,
    make_policy,
    plan_sources,
    watches_to_store,
)
from monitor.settings.telling import make_briefings, make_bundling, make_rules, may_rest
from monitor.sources.registry import OF_ANYBODY, OF_COURTS, polled_readers, pushed_readers
from monitor.store.database import SqlStore, open_store

log = logging.getLogger(__name__)

T = TypeVar("T")
#: How many sources are read at the same time; of what anybody writes, besides.
_AT_ONCE, _ASIDE_AT_ONCE = 8, 2


def utc_now() -> datetime:
    return datetime.now(UTC)


async def _in_thread(thread: ThreadPoolExecutor, work: Callable[..., T], *args: Any) -> T:
    return await asyncio.get_running_loop().run_in_executor(thread, work, *args)


@dataclass
class App:
    """Everything joined. One thread writes to the store; the loop does the waiting."""

    settings: Settings
    store: SqlStore
    poller: Poller
    dispatcher: Dispatcher
    writer: ThreadPoolExecutor
    #: Reads what anybody writes.
    aside: ThreadPoolExecutor
    web: Web
    rejudge: Rejudge
    pushes: PushReader
    briefings: Briefings
    publisher: Publisher | None
    now: Clock
    #: Sources being polled and recipients being served, so that none is taken up twice.
    polling: dict[str, asyncio.Task[bool]] = field(default_factory=dict)
    #: Those of them that anybody writes.
    polled_aside: set[str] = field(default_factory=set)
    serving: dict[str, asyncio.Task[int]] = field(default_factory=dict)

    async def in_writer(self, work: Callable[..., T], *args: Any) -> T:
        """Run blocking work in the one thread that writes to the store."""
        return await _in_thread(self.writer, work, *args)

    async def close(self) -> None:
        await self.web.close()
        self.aside.shutdown(wait=True)
        self.writer.shutdown(wait=True)
        self.store.close()

    # --- polls ---

    async def poll_due(self) -> int:
        """Begin to read every source that is due; return how many were begun."""
        aside = len(self.polled_aside)
        begun = await self._begin(OF_COURTS, _AT_ONCE - len(self.polling) + aside)
        return begun + await self._begin(OF_ANYBODY, _ASIDE_AT_ONCE - aside)

    async def _begin(self, kinds: Collection[str], room: int) -> int:
        """Begin to read what is due of these kinds, as far as there is room for it."""
        if room <= 0:
            return 0
        claims, watchlist = await self.in_writer(self._claim, room, None, kinds)
        for claim in claims:
            name = claim.source.source_id
            task = asyncio.create_task(self._poll(claim, watchlist), name=f"poll {name}")
            self.polling[name] = task
            if claim.source.traits.is_of_anybody:
                self.polled_aside.add(name)
            task.add_done_callback(functools.partial(self._polled, name))
        return len(claims)

    async def poll_now(self, source_ids: Sequence[str]) -> dict[str, bool]:
        """Read these sources now, due or not; source id -> whether it went well."""
        claims, watchlist = await self.in_writer(self._claim, len(source_ids), source_ids, None)
        done = await asyncio.gather(*(self._poll(claim, watchlist) for claim in claims))
        return {claim.source.source_id: ok for claim, ok in zip(claims, done, strict=True)}

    def _claim(
        self, limit: int, ids: Sequence[str] | None, kinds: Collection[str] | None
    ) -> tuple[Sequence[Claim], Watchlist]:
        lease = 2 * self.settings.config.fetch.total_seconds + 60
        with self.store.begin() as unit:
            claims = claim_due(unit, self.now(), limit, lease, ids, kinds)
            return claims, make_watchlist(unit.watches.all(), unit.watches.follows())

    async def _poll(self, claim: Claim, watchlist: Watchlist) -> bool:
        try:
            outcome = await self.poller.poll(claim, watchlist)
            if outcome.consequences.watches or outcome.consequences.follows:
                # An appeal is watched from now on; after a crash here the next start does this.
                await self.in_writer(sync, self.settings, self.store, self.now)
            return not outcome.failed
        except Exception as bug:
            # It must not stop the other sources, nor make us ask this one at every heartbeat.
            log.exception("poll broke", extra={"source_id": claim.source.source_id})
            await self.in_writer(self.poller.postpone, claim, bug, watchlist)
            return False

    def _polled(self, name: str, task: asyncio.Task[bool]) -> None:
        self.polling.pop(name, None)
        self.polled_aside.discard(name)
        if not task.cancelled() and (bug := task.exception()) is not None:
            log.error("poll could not be put off", exc_info=bug, extra={"source_id": name})

    async def judge_anew(self) -> int:
        """Judge some of what older rules judged; return how many entries."""
        return await self.in_writer(self.rejudge.portion)

    async def read_pushed(self) -> int:
        """Read what was posted to us; return how many were settled."""
        count = await self.in_writer(self.pushes.read_waiting)
        if count:
            await self.in_writer(sync, self.settings, self.store, self.now)
        return count

    async def forget_bodies(self) -> int:
        """Forget some of the raw bodies that are too old or too many; return how many."""
        return await self.in_writer(self._forget_bodies)

    def _forget_bodies(self) -> int:
        with self.store.begin() as unit:
            return unit.bodies.forget(make_keeping(self.settings), self.now())

    # --- deliveries ---

    async def why_no_progress(self) -> str:
        """What stands still, in words; empty while polls and deliveries progress."""
        return await self.in_writer(self._look_at_progress)

    def _look_at_progress(self) -> str:
        with reading(self.store) as record:
            return why_no_progress(record, self.dispatcher.couriers, self.now())

    async def brief(self) -> int:
        """Make the briefings that are due; return how many."""
        return await self.in_writer(self.briefings.make_due)

    async def publish(self) -> int:
        """Write the feeds for readers, where they are wanted; return how many changed."""
        if self.publisher is None:
            return 0
        return await asyncio.to_thread(self.publisher.publish)

    async def serve_due(self) -> int:
        """Route what is new and begin to serve every recipient for whom something is due."""
        await self.in_writer(self.dispatcher.route)
        await self.in_writer(self.dispatcher.escalate)
        due = await self.in_writer(self.dispatcher.due_recipients)
        begun = [name for name in due if name not in self.serving]
        for name in begun:
            task = asyncio.create_task(self.dispatcher.work(name), name=f"serve {name}")
            self.serving[name] = task
            task.add_done_callback(functools.partial(self._served, name))
        return len(begun)

    def _served(self, name: str, task: asyncio.Task[int]) -> None:
        self.serving.pop(name, None)
        if not task.cancelled() and (bug := task.exception()) is not None:
            log.error("lane broke", exc_info=bug, extra={"recipient": name})

    def overdue(self, patience: timedelta) -> str:
        """What has been due for longer than this though nobody took it up; empty for nothing."""
        with self.store.begin() as unit:
            return unit.overdue(self.now() - patience, self.dispatcher.couriers)

    def touch(self) -> None:
        """Raises StoreError where the database cannot be written."""
        with self.store.begin():
            return

    def tell_clock(self, seconds: int) -> None:
        """Tell that the clock of this machine was set back."""
        now = self.now()
        told = ClockSetBack(
            alert_id=alert_id("clock", now.isoformat()),
            created_at=now,
            why="you are a recipient of this monitor",
            seconds=seconds,
        )
        with self.store.begin() as unit:
            unit.outbox.add([told])

    async def settle(self) -> None:
        """Wait until nothing is being polled or served."""
        while running := [*self.polling.values(), *self.serving.values()]:
            await asyncio.wait(running)


def make_app(
    settings: Settings,
    *,
    now: Clock = utc_now,
    chance: Callable[[], float] = random.random,
    smtp_tls: ssl.SSLContext | None = None,
    database: str = "",
    is_daemon: bool = True,
) -> App:
    """Join the real parts, and bring store and configuration into agreement.

    Raises StoreError where the database cannot be used: whoever is not the daemon does not bring
    one of an older version up to date either.
    """
    store = open_store(database or settings.database, upgrade=is_daemon)
    if not is_daemon:
        settings = seen_by_daemon(settings, store)
    sync(settings, store, now)
    writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
    aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="aside")
    web = Web(settings)
    run = functools.partial(_in_thread, writer)
    poller = Poller(
        fetcher=make_fetcher(settings, web),
        readers=polled_readers(),
        store=store,
        policy=make_policy(settings),
        now=now,
        chance=chance,
        run=run,
        total_seconds=settings.config.fetch.total_seconds * 2,
        side_lane=aside,
    )
    dispatcher = Dispatcher(
        store=store,
        couriers=make_couriers(settings, web, now, smtp_tls),
        rules=make_rules(settings.config),
        now=now,
        chance=chance,
        bundling=make_bundling(settings.config),
        may_rest=may_rest(settings.config),
        aside=asyncio.to_thread,
        standing=Standings(store).of,
        run=run,
    )
    return App(
        settings=settings,
        store=store,
        poller=poller,
        dispatcher=dispatcher,
        writer=writer,
        aside=aside,
        web=web,
        rejudge=Rejudge(store),
        publisher=make_publisher(settings, store),
        briefings=Briefings(store, make_briefings(settings.config), now),
        pushes=PushReader(store, poller, pushed_readers(), now),
        now=now,
    )


def make_publisher(settings: Settings, store: SqlStore) -> Publisher | None:
    """Who writes the feeds; None where nobody wants them, or a site that has feeds of its own."""
    wanted, folder = settings.config.publish, published_folder(settings)
    if wanted is None or folder is None or wanted.site:
        return None
    return Publisher(store, folder, wanted.url or "", make_rules(settings.config))


def published_folder(settings: Settings) -> Path | None:
    """Where readers' files are written. A folder is meant from that of the configuration."""
    wanted = settings.config.publish
    return settings.path.parent / Path(wanted.folder).expanduser() if wanted else None


def seen_by_daemon(settings: Settings, store: SqlStore) -> Settings:
    """These settings for a shell, which may lack the token that the daemon of this store has.

    What is read by that token would else be switched off by whoever pauses a watch.
    """
    if settings.has_token:
        return settings
    with store.begin() as unit:
        return replace(settings, token_elsewhere=unit.sources.is_on(USAGE_SOURCE))


def sync(settings: Settings, store: SqlStore, now: Clock) -> Sequence[Watch]:
    """Write what the configuration asks for; what was read and who paused what stays."""
    at, rules = now(), make_rules(settings.config)
    with store.begin() as unit:
        wanted = config_watches(settings.packs, at)
        states = unit.watches.states()
        writes, gone = watches_to_store(wanted, states)
        for watch in writes:
            if states.get(watch.watch_id, (None, ""))[0] is WatchState.REMOVED:
                # What was filed while nobody read for it is found, and not vouched for.
                unit.watches.forget_baselines(watch.watch_id, at)
            unit.watches.put(watch)
        for watch_id in gone:
            unit.watches.set_state(watch_id, WatchState.REMOVED)
        watches = unit.watches.all()
        leads = {watch.watch_id: leads_to(watch.case_id, rules) for watch in watches}
        changed = {
            w.watch_id: leads[w.watch_id] for w in watches if w.leads_to != leads[w.watch_id]
        }
        unit.watches.set_leads(changed)
        sources = plan_sources(settings, watches, unit.watches.follows())
        unit.sources.put(sources, at)
        unit.sources.disable_except([source.source_id for source in sources])
    return watches


def settle_follow(
    settings: Settings, store: SqlStore, follow: Follow, state: FollowState, now: Clock
) -> None:
    """A person said whether a proposed docket is the appeal; if so, watch it from now on."""
    with store.begin() as unit:
        unit.watches.settle_follow(replace(follow, state=state))
        if state is FollowState.BOUND:
            unit.watches.put(appeal_watch(follow, now()))
    sync(settings, store, now)
