"""CPU per poll as a ratio to one feedparser.parse of the same bytes; start-up; idle memory.

    make bench          (with MONITOR_CORPUS for the real feed of the District of Connecticut)

Every ratio comes from runs that alternate in this process. Outside the socket, with the database.
"""

from __future__ import annotations

import io
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import feedparser

from monitor.decide.policy import Policy
from monitor.match.watchlist import make_watchlist
from monitor.model.body import RawBody
from monitor.model.reading import Reading
from monitor.model.source import Source
from monitor.model.watch import Watch
from monitor.poll import Poller, claim_due
from monitor.ports import Fetched
from monitor.replay import recorded_bodies
from monitor.sources.court_rss import COURT_RSS
from monitor.sources.registry import polled_readers
from monitor.store.database import open_store
from tests.feeds import NOON, feed, item

ROUNDS = 7
READERS = polled_readers()
CORPUS = Path(os.environ.get("MONITOR_CORPUS", "../shared/corpus"))
SOURCE = Source("court:dcd", COURT_RSS, "", timedelta(minutes=10), court_id="dcd")


class Monitor:
    """The real poller on a real SQLite file, fed with bodies instead of a socket."""

    def __init__(self, folder: Path, source: Source, numbers: list[str]) -> None:
        self.store = open_store(f"sqlite:///{folder}/bench.db")
        self.source, self.now = source, NOON
        self.poller = Poller(None, READERS, self.store, Policy(), lambda: self.now, lambda: 0.5)  # type: ignore[arg-type]
        with self.store.begin() as unit:
            unit.sources.put([source], NOON)
            for number in numbers:
                name = f"{source.court_id}/{number}"
                unit.watches.put(Watch(name, number, number, source.court_id, number, NOON))

    def poll(self, body: bytes) -> None:
        self.now += timedelta(hours=1)
        with self.store.begin() as unit:
            (claim,) = claim_due(unit, self.now, 1, 60, [self.source.source_id])
            watchlist = make_watchlist(unit.watches.all())
        reader = READERS[self.source.traits.kind]
        reading = reader.read(claim.source, claim.state, watchlist, (Fetched(body),))
        assert isinstance(reading, Reading)
        reading = replace(reading, bodies=(RawBody(body),))
        self.poller.conclude(claim, reading, watchlist)


def cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@contextmanager
def fresh(source: Source, numbers: list[str]) -> Iterator[Monitor]:
    with tempfile.TemporaryDirectory() as folder:
        monitor = Monitor(Path(folder), source, numbers)
        yield monitor
        monitor.store.close()


def compare(
    name: str, source: Source, before: list[bytes], after: bytes, numbers: list[str]
) -> None:
    """`before` is polled first, unmeasured, as a daemon that runs has; `after` is measured."""
    ours, theirs = [], []
    for round_ in range(ROUNDS):
        with fresh(source, numbers) as monitor:
            for body in before:
                monitor.poll(body)
            ours.append(cpu(lambda m=monitor: m.poll(after)))  # type: ignore[misc]
        if round_ < 3:
            theirs.append(cpu(lambda: feedparser.parse(io.BytesIO(after))))
    mine, peer = statistics.median(ours), statistics.median(theirs)
    print(f"{name:<58}{mine * 1000:9.2f} ms{peer * 1000:10.1f} ms{peer / mine:8.0f} x")


def rebuilt(body: bytes, minute: int = 59) -> bytes:
    """The same feed with another build date."""
    pattern = rb"(<lastBuildDate>\w+, \d\d \w+ \d{4} )\d\d:\d\d"
    return re.sub(pattern, rb"\g<1>23:%02d" % minute, body, count=1)


def fresh_items(start: int) -> list[str]:
    """Ten items, each of another docket."""
    return [
        item(seq=start + n, entry=start + n, number=f"1:25-cv-{n:05d}", case_id=n)
        for n in range(10)
    ]


def invented() -> None:
    old = [
        item(seq=n, entry=n, number=f"1:25-cv-{n % 400:05d}", case_id=n % 400) for n in range(2_000)
    ]
    watched, all_ten = ["1:25-cv-00457"], [f"1:25-cv-{n:05d}" for n in range(10)]
    first, second = feed(*old), feed(*fresh_items(3_000), *old)
    third = feed(*fresh_items(4_000), *fresh_items(3_000), *old[:-10])
    warm = [first, second, rebuilt(second, 10), rebuilt(second, 20)]
    compare("2,010 items, only the build date changed", SOURCE, warm, rebuilt(second), watched)
    compare("2,010 items, the same bytes", SOURCE, warm, warm[-1], watched)
    compare("2,010 items, ten new (none watched)", SOURCE, warm, third, watched)
    compare("2,010 items, ten new (all ten watched)", SOURCE, warm, third, all_ten)
    tiny = feed(*fresh_items(3_000))
    compare("2,000 items, everything new (none watched)", SOURCE, [tiny], first, watched)
    compare("2,000 items, everything new and watched", SOURCE, [tiny], first, ["*"])


def real() -> None:
    path = CORPUS / "snapshots-ctd.tar.xz"
    if not path.exists():
        print(f"(no corpus at {CORPUS}: the real feed is left out; set MONITOR_CORPUS)")
        return
    source = Source("court:ctd", COURT_RSS, "", timedelta(minutes=10), court_id="ctd")
    bodies = [recorded.body for recorded in recorded_bodies(path)]
    largest = max(range(len(bodies)), key=lambda n: len(bodies[n]))
    body, before = bodies[largest], bodies[largest - 3 : largest]
    numbers = ["3:22-cv-01234"]
    count = body.count(b"<item>")
    warm = [*before, body, rebuilt(body, 10)]
    compare(
        f"ctd, {count} items, only the build date changed", source, warm, rebuilt(body), numbers
    )
    compare(f"ctd, {count} items, the real next poll", source, before, body, numbers)
    compare(f"ctd, {count} items, everything new", source, before[:1], body, numbers)


def processes() -> None:
    """Whole processes: a reading command against a bare interpreter, and the idle daemon."""
    bare = _seconds("pass")
    for name, code in (
        ("docket-monitor --help", "from monitor.show.cli.main import cli; cli(['--help'])"),
        (
            "docket-monitor history --help",
            "from monitor.show.cli.main import cli; cli(['history','--help'])",
        ),
        (
            "everything that reads the history",
            "import monitor.history.record, monitor.show.cli.options",
        ),
        ("everything the daemon loads", "import monitor.daemon, monitor.settings.load"),
    ):
        spent = _seconds(code)
        print(f"{name:<58}{spent * 1000:9.0f} ms CPU, {spent / bare:5.1f} x a bare interpreter")


def _seconds(code: str) -> float:
    def run() -> float:
        before = os.times()
        subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
        after = os.times()
        return (
            after.children_user
            + after.children_system
            - before.children_user
            - before.children_system
        )

    return statistics.median(run() for _ in range(5))


if __name__ == "__main__":
    print(f"{'CPU per poll, the database included':<58}{'ours':>12}{'feedparser':>13}{'ratio':>10}")
    invented()
    real()
    processes()
