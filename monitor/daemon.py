"""One machine: APScheduler as the heartbeat, signals, systemd's notify and watchdog.

The heartbeat does not know the schedule. When a source is due stands in our own table, beside
everything else we know about it, so that a restart changes nothing and a person can read the
schedule with SQL.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic, time
from typing import TYPE_CHECKING

from monitor.app import App
from monitor.deliver.heartbeat import Heartbeat
from monitor.errors import MonitorError

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from monitor.listen.assemble import Listening

log = logging.getLogger(__name__)

POLL_BEAT_SECONDS = 5.0
SERVE_BEAT_SECONDS = 2.0
#: What was pushed is read in a moment; this is for what an earlier run left.
PUSHED_BEAT_SECONDS = 5.0
SOON_SECONDS = 0.5
BRIEF_BEAT_SECONDS = 20.0
PUBLISH_BEAT_SECONDS = 30.0
#: Judging anew goes on in the gaps: a portion takes a tenth of a second.
REJUDGE_BEAT_SECONDS = 10.0
FORGET_BEAT_SECONDS = 300.0
#: How often the clock is compared with one that nobody sets, and from how much on it jumped.
MIND_SECONDS, JUMP_SECONDS = 1.0, 2.0
#: A clock that is set back by more than this is told: times that were told may be wrong.
TOLD_SECONDS = 60.0
#: A heartbeat that did not come through for this long, or a source that nobody takes up, means
#: that we are stuck, and that systemd had better begin us anew.
STUCK_AFTER_SECONDS = 300.0
#: How long work under way may take after we are asked to stop.
GRACE_SECONDS = 25.0


@dataclass
class Daemon:
    """Keeps an app working until it is told to stop."""

    app: App
    poll_beat: float = POLL_BEAT_SECONDS
    serve_beat: float = SERVE_BEAT_SECONDS
    #: What is found where it listens, besides its own.
    pages: Callable[[], Sequence[BaseRoute]] = tuple
    #: Brings the published site up to date, where one is wanted; asked whether to stop midway.
    site: Callable[[Callable[[], bool]], object] | None = None
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _came_through: dict[str, float] = field(default_factory=dict)
    _publishing: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="site")
    )

    async def run(self) -> None:
        """Work until SIGTERM or SIGINT, then finish what is under way and close."""
        self._mind_signals()
        # Every thread that allocates keeps a heap of its own: two are enough to parse in.
        readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="reader")
        asyncio.get_running_loop().set_default_executor(readers)
        scheduler = self._heartbeat()
        listening = await self._start_listening(scheduler)
        scheduler.start()
        notify("READY=1", f"STATUS=Watching; database {self.app.store.place}")
        log.info("started", extra={"database": self.app.store.place})
        try:
            await self.stopping.wait()
        finally:
            notify("STOPPING=1")
            scheduler.shutdown(wait=False)
            if listening is not None:
                await listening.stop()
            await self._finish()

    async def _start_listening(self, heart: BackgroundHeart) -> Listening | None:
        """Listen where the configuration says so: the server is loaded only then."""
        config = self.app.settings.config.listen
        if config is None:
            return None
        from monitor.listen.assemble import start_listening

        hasten = functools.partial(heart.hasten, "pushed")
        listening = await start_listening(self.app, config, self.why_stuck, hasten, self.pages())
        log.info("listening", extra={"host": config.host, "port": listening.listener.port})
        return listening

    def _mind_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            # Off the main thread (tests) and on Windows there are no handlers.
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, self.stopping.set)

    async def _clock_jumped(self, seconds: float) -> None:
        if seconds < -TOLD_SECONDS:
            await self.app.in_writer(self.app.tell_clock, round(-seconds))

    def _heartbeat(self) -> BackgroundHeart:
        beats: list[tuple[str, Callable[[], Awaitable[object]], float]] = [
            ("poll", self.app.poll_due, self.poll_beat),
            ("serve", self.app.serve_due, self.serve_beat),
            *self._asked_for(),
            ("forget", self.app.forget_bodies, FORGET_BEAT_SECONDS),
            ("rejudge", self.app.judge_anew, REJUDGE_BEAT_SECONDS),
        ]
        if (seconds := watchdog_seconds()) is not None:
            beats.append(("watchdog", self._feed_watchdog, seconds / 3))
        return BackgroundHeart(beats, self._came_through, self._clock_jumped)

    def _asked_for(self) -> Iterator[tuple[str, Callable[[], Awaitable[object]], float]]:
        """What beats only where the configuration asks for it."""
        app, config = self.app, self.app.settings.config
        if config.listen and config.listen.courtlistener:
            yield "pushed", app.read_pushed, PUSHED_BEAT_SECONDS
        if app.briefings.wanted:
            yield "brief", app.brief, BRIEF_BEAT_SECONDS
        if self.site is not None:
            yield "site", self._publish_site, PUBLISH_BEAT_SECONDS
        if app.publisher is not None:
            yield "publish", app.publish, PUBLISH_BEAT_SECONDS
        if config.heartbeat is not None:
            url = app.settings.secrets["heartbeat.url"]
            heartbeat = Heartbeat(url, app.web.client(False), self.why_no_progress)
            yield "heartbeat", heartbeat.beat, config.heartbeat.every.total_seconds()

    async def _publish_site(self) -> None:
        """In a thread of its own: a large site keeps no feed waiting to be parsed."""
        if self.site is not None:
            build = functools.partial(self.site, self.stopping.is_set)
            await asyncio.get_running_loop().run_in_executor(self._publishing, build)

    async def why_no_progress(self) -> str:
        """What stands still: in this process, or in what is read and sent."""
        return await self.why_stuck() or await self.app.why_no_progress()

    async def _feed_watchdog(self) -> None:
        reason = await self.why_stuck()
        if reason:
            log.error("stuck", extra={"reason": reason})
        else:
            notify("WATCHDOG=1")

    async def why_stuck(self) -> str:
        """Why nothing progresses; empty while polls and deliveries do."""
        for name in ("poll", "serve"):
            silent = monotonic() - self._came_through.get(name, monotonic())
            if silent > STUCK_AFTER_SECONDS:
                return f"the {name} heartbeat did not come through for {silent:.0f} seconds"
        patience = timedelta(seconds=STUCK_AFTER_SECONDS)
        overdue: str = await self.app.in_writer(self.app.overdue, patience)
        return overdue

    async def _finish(self) -> None:
        try:
            async with asyncio.timeout(GRACE_SECONDS):
                await self.app.settle()
        except TimeoutError:
            # What is cut off here is repeated after the restart: leases run out.
            for task in (*self.app.polling.values(), *self.app.serving.values()):
                task.cancel()
        await asyncio.to_thread(self._publishing.shutdown)
        await self.app.close()
        log.info("stopped")


class BackgroundHeart:
    """APScheduler's intervals, each beat guarded so that one failure stops nothing."""

    def __init__(
        self,
        beats: list[tuple[str, Callable[[], Awaitable[object]], float]],
        came_through: dict[str, float],
        jumped: Callable[[float], Awaitable[None]],
    ) -> None:
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        # The scheduler warns of each beat that finds the last one still running: that is normal.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._came_through = came_through
        self._jumped = jumped
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for name, work, seconds in beats:
            came_through[name] = monotonic()
            self._scheduler.add_job(
                self._beat,
                "interval",
                args=(name, work),
                seconds=seconds,
                id=name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )
        self._first = [(name, work) for name, work, _ in beats]
        self._begun: list[asyncio.Task[None]] = []
        self._minding: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._scheduler.start()
        # An interval's first beat comes after the interval; nobody wants to wait for it.
        self._begun = [asyncio.create_task(self._beat(*beat)) for beat in self._first]
        self._minding = asyncio.create_task(self._mind_clock())

    def hasten(self, name: str) -> None:
        """Let this beat come in a moment: whoever posts many at once is answered first."""
        soon = datetime.now(UTC) + timedelta(seconds=SOON_SECONDS)
        job = self._scheduler.get_job(name)
        if job is not None and job.next_run_time > soon:
            job.modify(next_run_time=soon)

    def shutdown(self, *, wait: bool) -> None:
        if self._minding is not None:
            self._minding.cancel()
        self._scheduler.shutdown(wait=wait)

    async def _mind_clock(self) -> None:
        """The scheduler waits for a time of day; where the clock is set back, it would for hours.

        Sleep goes by a clock that nobody sets, and tells when the other one was.
        """
        apart = time() - monotonic()
        while True:
            await asyncio.sleep(MIND_SECONDS)
            before, apart = apart, time() - monotonic()
            jump = apart - before
            if abs(jump) < JUMP_SECONDS:
                continue
            log.warning("clock jumped", extra={"seconds": round(jump)})
            for job in self._scheduler.get_jobs():
                job.modify(next_run_time=datetime.now(UTC))
            await self._beat("clock", functools.partial(self._jumped, jump))

    async def _beat(self, name: str, work: Callable[[], Awaitable[object]]) -> None:
        try:
            await work()
        except MonitorError as exc:
            log.error("heartbeat failed", extra={"beat": name, "reason": str(exc)})  # noqa: TRY400
        except Exception:
            log.exception("heartbeat broke", extra={"beat": name})
        else:
            self._came_through[name] = monotonic()


async def run_once(app: App, site: Callable[[Callable[[], bool]], object] | None = None) -> int:
    """Read what is due, deliver what is waiting, and return how many polls failed."""
    failed = 0
    try:
        while await app.poll_due():
            done = await asyncio.gather(*app.polling.values(), return_exceptions=True)
            failed += sum(result is not True for result in done)
        await app.read_pushed()
        await app.brief()
        await app.dispatcher.drain()
        await app.publish()
        if site is not None:
            await asyncio.to_thread(site, lambda: False)
        await app.forget_bodies()
    finally:
        await app.close()
    return failed


def notify(*words: str) -> None:
    """Tell systemd, where it asked to be told. Source: sd_notify(3)."""
    place = os.environ.get("NOTIFY_SOCKET", "")
    if not place:
        return
    address = f"\0{place[1:]}" if place.startswith("@") else place
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.sendto("\n".join(words).encode(), address)


def watchdog_seconds() -> float | None:
    """How often systemd wants a sign of life; None where it does not.

    Source: sd_watchdog_enabled(3).
    """
    raw = os.environ.get("WATCHDOG_USEC", "")
    pid = os.environ.get("WATCHDOG_PID", "")
    if not raw.isdecimal() or (pid and pid != str(os.getpid())):
        return None
    return int(raw) / 1_000_000
