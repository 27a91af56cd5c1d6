"""A process that is killed between two steps of its work, and begun again.

Reads one JSON job from standard input. Every point runs in a child of its own: forked before any
thread exists, killed with SIGKILL at step N, and followed by another child that works to the end.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import monitor.store.unit
from monitor.app import App, make_app
from monitor.history.record import reading
from monitor.history.verify import verify
from monitor.model.delivery import Notification
from monitor.ports import Courier, Fetched, Fetcher, NotModified, Request
from monitor.settings.load import load_settings
from monitor.store.database import open_store

CONFIG = """\
database: sqlite:///monitor.db
packs: [pack.yaml]
fetch: {{allow_private_addresses: true, allow_http: true, gap_seconds: 0}}
courtlistener: {{token: {{file: none}}}}
email: {{host: 127.0.0.1, port: {port}, security: none, from: monitor@example.org}}
recipients:
  - {{name: desk, email: desk-{point}@example.org{desk}}}
  - {{name: hook, webhook: "{url}/hook/{point}"}}
{routes}
"""
ROUTES = "routes: [{name: everything, to: [desk, hook]}]"


class Steps:
    """Counts steps, and ends this process at the chosen one, as a power cut would."""

    def __init__(self, kill_at: int) -> None:
        self.count = 0
        self._kill_at = kill_at

    def __call__(self, *_args: Any, **_more: Any) -> None:
        self.count += 1
        if self.count == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True)
class SteppingFetcher:
    real: Fetcher
    step: Steps

    async def fetch(self, request: Request) -> Fetched | NotModified:
        self.step()
        answer = await self.real.fetch(request)
        self.step()
        return answer


@dataclass(frozen=True)
class SteppingCourier:
    real: Courier
    step: Steps

    async def deliver(self, notification: Notification) -> str:
        self.step()
        answer = await self.real.deliver(notification)
        self.step()
        return answer


def stepping(app: App, step: Steps) -> App:
    engine = app.store.engine
    for name in ("before_cursor_execute", "after_cursor_execute", "commit", "begin"):
        sa.event.listen(engine, name, step)
    couriers = {n: SteppingCourier(c, step) for n, c in app.dispatcher.couriers.items()}
    return replace(
        app,
        poller=replace(app.poller, fetcher=SteppingFetcher(app.poller.fetcher, step)),
        dispatcher=replace(app.dispatcher, couriers=couriers),
    )


def work(folder: Path, now: datetime, kill_at: int, *, reads_pushed: bool = True) -> int:
    """Poll what is due and deliver; return how many steps that took."""

    async def whole() -> int:
        step = Steps(kill_at)
        settings = load_settings(folder / "monitor.yaml")
        app = stepping(make_app(settings, now=lambda: now, chance=lambda: 0.5), step)
        while await app.poll_due():
            await app.settle()
        if reads_pushed:
            await app.read_pushed()
        await app.brief()
        await app.dispatcher.drain()
        await app.close()
        return step.count

    return asyncio.run(whole())


def work_to_the_end(folder: Path, now: datetime) -> None:
    """Work as after a power cut; the change log is whole before and after."""
    check_chain(folder)
    work(folder, now, 0)
    check_chain(folder)


def check_chain(folder: Path) -> None:
    store = open_store(f"sqlite:///{folder}/monitor.db")
    with reading(store) as record:
        found = verify(record)
    store.close()
    assert found.is_whole, found.broken
    assert found.count > 0


def prepare(job: dict[str, Any], template: Path, point: int) -> Path:
    folder = Path(job["folder"]) / f"point-{point}"
    shutil.copytree(template, folder)
    text = CONFIG.format(point=point, **{k: job[k] for k in ("port", "url", "desk", "routes")})
    (folder / "monitor.yaml").write_text(text)
    return folder


def in_child(task: Callable[[], Any]) -> int:
    """Run in a fork; return its wait status."""
    child = os.fork()
    if child == 0:
        try:
            task()
        except BaseException as exc:
            print(f"child failed: {exc!r}", file=sys.stderr)
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def kill_and_restart(job: dict[str, Any], template: Path, point: int) -> bool:
    """Kill at `point`, then work to the end. False where the work ended before that point."""
    folder = prepare(job, template, point)
    now = datetime.fromisoformat(job["now"])
    status = in_child(lambda: work(folder, now, point))
    was_killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    later = now + timedelta(minutes=30)
    if in_child(lambda: work_to_the_end(folder, later)) != 0:
        raise SystemExit(f"the restart after point {point} failed")
    shutil.rmtree(folder)
    return was_killed


def main(points: Sequence[int], job: dict[str, Any]) -> None:
    template = Path(job["template"])
    killed = list(itertools.takewhile(lambda p: kill_and_restart(job, template, p), points))
    print(json.dumps({"killed": killed}))


if __name__ == "__main__":
    _ = monitor.store.unit  # loaded before any fork
    given = json.loads(sys.stdin.read())
    main(given["points"], given)
