"""The one place where real parts are joined."""

from __future__ import annotations

import asyncio
import functools
import logging
import random
import ssl
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import httpx

from monitor.build import READERS, hook_clients, make_couriers, make_fetcher, web_client
from monitor.decide.appeals import appeal_watch
from monitor.dispatch import Dispatcher
from monitor.match.watchlist import DocketSieve, make_sieve
from monitor.model.follow import Follow, FollowState
from monitor.model.source import Claim
from monitor.model.watch import Watch, WatchState
from monitor.poll import Poller
from monitor.ports import Clock
from monitor.settings.load import Settings
from monitor.settings.plan import (
    config_watches,
    make_policy,
    make_routes,
    plan_sources,
    watches_to_store,
)
from monitor.store.database import SqlStore, open_store

log = logging.getLogger(__name__)

T = TypeVar("T")
#: How many sources are read at the same time.
_AT_ONCE = 8


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
    clients: Sequence[httpx.AsyncClient]
    now: Clock
    #: Sources being polled and recipients being served, so that none is taken up twice.
    polling: dict[str, asyncio.Task[bool]] = field(default_factory=dict)
    serving: dict[str, asyncio.Task[int]] = field(default_factory=dict)

    async def in_writer(self, work: Callable[..., T], *args: Any) -> T:
        """Run blocking work in the one thread that writes to the store."""
        return await _in_thread(self.writer, work, *args)

    async def close(self) -> None:
        for client in self.clients:
            await client.aclose()
        self.writer.shutdown(wait=True)
        self.store.close()

    # --- polls ---

    async def poll_due(self) -> int:
        """Begin to read every source that is due; return how many were begun."""
        room = _AT_ONCE - len(self.polling)
        if room <= 0:
            return 0
        claims, sieve = await self.in_writer(self._claim, room, None)
        for claim in claims:
            name = claim.source.source_id
            task = asyncio.create_task(self._poll(claim, sieve), name=f"poll {name}")
            self.polling[name] = task
            task.add_done_callback(functools.partial(self._polled, name))
        return len(claims)

    async def poll_now(self, source_ids: Sequence[str]) -> dict[str, bool]:
        """Read these sources now, due or not; source id -> whether it went well."""
        claims, sieve = await self.in_writer(self._claim, len(source_ids), source_ids)
        done = await asyncio.gather(*(self._poll(claim, sieve) for claim in claims))
        return {claim.source.source_id: ok for claim, ok in zip(claims, done, strict=True)}

    def _claim(self, limit: int, ids: Sequence[str] | None) -> tuple[Sequence[Claim], DocketSieve]:
        lease = 2 * self.settings.config.fetch.total_seconds + 60
        with self.store.begin() as unit:
            claims = unit.claim_due(self.now(), limit, lease, ids)
            return claims, make_sieve(unit.watches(), unit.follows())

    async def _poll(self, claim: Claim, sieve: DocketSieve) -> bool:
        try:
            outcome = await self.poller.poll(claim, sieve)
            if outcome.watches or outcome.follows:
                # An appeal is watched from now on; after a crash here the next start does this.
                await self.in_writer(sync, self.settings, self.store, self.now)
            return not outcome.failed
        except Exception as bug:
            # It must not stop the other sources, nor make us ask this one at every heartbeat.
            log.exception("poll broke", extra={"source_id": claim.source.source_id})
            await self.in_writer(self.poller.postpone, claim, bug, sieve)
            return False

    def _polled(self, name: str, task: asyncio.Task[bool]) -> None:
        self.polling.pop(name, None)
        if not task.cancelled() and (bug := task.exception()) is not None:
            log.error("poll could not be put off", exc_info=bug, extra={"source_id": name})

    # --- deliveries ---

    async def serve_due(self) -> int:
        """Route what is new and begin to serve every recipient for whom something is due."""
        await self.in_writer(self.dispatcher.route)
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
) -> App:
    """Join the real parts, and bring store and configuration into agreement.

    Raises StoreError where the database cannot be used.
    """
    store = open_store(database or settings.database)
    watches = sync(settings, store, now)
    writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
    client = web_client(settings, allow_private=settings.config.fetch.allow_private_addresses)
    hooks = hook_clients(settings)

    run = functools.partial(_in_thread, writer)
    dispatcher = Dispatcher(
        store=store,
        couriers=make_couriers(settings, hooks, now, smtp_tls),
        routes=make_routes(settings),
        now=now,
        chance=chance,
        run=run,
    )
    return App(
        settings=settings,
        store=store,
        poller=_poller(settings, store, watches, client, now, chance, run),
        dispatcher=dispatcher,
        writer=writer,
        clients=(client, *hooks.values()),
        now=now,
    )


def sync(settings: Settings, store: SqlStore, now: Clock) -> Sequence[Watch]:
    """Write what the configuration asks for; what was read and who paused what stays."""
    at = now()
    with store.begin() as unit:
        wanted = config_watches(settings.packs, at)
        writes, gone = watches_to_store(wanted, unit.watch_states())
        for watch in writes:
            unit.put_watch(watch)
        for watch_id in gone:
            unit.set_watch_state(watch_id, WatchState.REMOVED)
        watches = unit.watches()
        sources = plan_sources(settings, watches, unit.follows())
        unit.put_sources(sources, at)
        unit.disable_sources_except([source.source_id for source in sources])
    return watches


def settle_follow(
    settings: Settings, store: SqlStore, follow: Follow, state: FollowState, now: Clock
) -> None:
    """A person said whether a proposed docket is the appeal; if so, watch it from now on."""
    with store.begin() as unit:
        unit.settle_follow(replace(follow, state=state))
        if state is FollowState.BOUND:
            unit.put_watch(appeal_watch(follow, now()))
    sync(settings, store, now)


def _poller(
    settings: Settings,
    store: SqlStore,
    watches: Sequence[Watch],
    client: httpx.AsyncClient,
    now: Clock,
    chance: Callable[[], float],
    run: Callable[..., Any],
) -> Poller:
    return Poller(
        fetcher=make_fetcher(settings, client),
        readers=READERS,
        store=store,
        policy=make_policy(settings, watches),
        now=now,
        chance=chance,
        run=run,
        total_seconds=settings.config.fetch.total_seconds * 2,
    )
