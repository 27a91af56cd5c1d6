"""How much memory an export needs, and how long it takes beside a bare SELECT of the same rows.

`python -m tests.bench.export [ENTRIES …] [postgresql]`: 10,000 and 100,000 entries of invented text
where none are named. The peak is that of a process of its own, from its start to its end.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from monitor.store import schema
from monitor.store.database import SqlStore, open_store
from tests.bench.search import fill
from tests.postgres import running_postgres

_FORMS = ("jsonl", "csv", "markdown")


def _peak(url: str, *args: str) -> float:
    """The most memory that a command took, in megabytes."""
    words = [sys.executable, "-m", "monitor", *args, "--database", url]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as running:
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise SystemExit(f"{' '.join(args)} ended with {running.returncode}")
    return used.ru_maxrss / 1024


def _bare(store: SqlStore) -> float:
    """Seconds in which a SELECT brings every entry with its docket."""
    e, d = schema.entries, schema.dockets
    query = sa.select(e, d).join(d, d.c.docket_id == e.c.docket_id)
    options = {"stream_results": True, "yield_per": 400}
    start = time.perf_counter()
    with (
        store.reading() as connection,
        connection.execute(query, execution_options=options) as all_,
    ):
        for _ in all_:
            pass
    return time.perf_counter() - start


def measure(count: int, url: str) -> None:
    store = open_store(url)
    fill(store, count)
    bare = _bare(store)
    print(f"{count:,} entries; a bare SELECT brings {count / bare:,.0f} a second")
    idle = _peak(url, "export", "--court", "ca11")
    for form in _FORMS:
        start = time.perf_counter()
        peak = _peak(url, "export", "--as", form)
        took = time.perf_counter() - start
        print(
            f"  {form:9} peak {peak:5.0f} MB ({peak - idle:+.0f} to an empty one), "
            f"{count / took:7,.0f} entries/s, {took / bare:5.1f} x the SELECT"
        )
    store.close()


@contextlib.contextmanager
def _database(kind: str) -> Iterator[str]:
    if kind == "postgresql":
        with running_postgres() as url:
            yield url
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'm.db'}"


if __name__ == "__main__":
    kind = "postgresql" if "postgresql" in sys.argv[1:] else "sqlite"
    for wanted in [int(one) for one in sys.argv[1:] if one.isdecimal()] or [10_000, 100_000]:
        with _database(kind) as url:
            measure(wanted, url)
