"""A process that polls and stores while others read: `python -m tests.bench.writing URL`."""

from __future__ import annotations

import contextlib
import itertools
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from monitor.decide.policy import Policy
from monitor.match.watchlist import make_watchlist
from monitor.model.reading import Reading
from monitor.poll import Poller, claim_due
from monitor.ports import Fetched
from monitor.sources.registry import polled_readers
from monitor.store.database import open_store
from tests.bench.grown import NOW, make_cases, make_dockets
from tests.feeds import feed, item

_EVERY = 0.5
_ITEMS = 10
_SOURCE = "court:dcd"


def write(url: str) -> None:
    """Poll a feed with ten new filings of watched cases, again and again, until it is ended."""
    store, readers = open_store(url), polled_readers()
    numbers = [case.dockets[0].docket_number for case in make_cases(make_dockets(100)[0])]
    names = itertools.count(int(time.time()) % 1_000_000)
    for round_ in itertools.count():
        now = NOW + timedelta(hours=round_)
        some = [
            item(seq=next(names), entry=n + 9_000, number=numbers[n % len(numbers)], at=now)
            for n in range(_ITEMS)
        ]
        body = feed(*some, built=now)
        poller = Poller(None, readers, store, Policy(), lambda at=now: at, lambda: 0.5)  # type: ignore[arg-type, misc]
        with store.begin() as unit:
            (claim,) = claim_due(unit, now, 1, 60, [_SOURCE])
            watchlist = make_watchlist(unit.watches.all())
        reading = readers[claim.source.traits.kind].read(
            claim.source, claim.state, watchlist, (Fetched(body),)
        )
        assert isinstance(reading, Reading)
        outcome = poller.conclude(claim, replace(reading, bodies=()), watchlist)
        print(len(outcome.consequences.entries), flush=True)
        time.sleep(_EVERY)


@contextlib.contextmanager
def writing(url: str) -> Iterator[Callable[[], int]]:
    """While this lasts, polls are stored; called, it ends them and says how many entries came."""
    command = [sys.executable, "-m", "tests.bench.writing", url]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()

    def end() -> int:
        process.terminate()
        said, _ = process.communicate()
        return sum(int(line) for line in said.splitlines() if line.isdecimal())

    try:
        yield end
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    write(sys.argv[1])
