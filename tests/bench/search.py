"""How long a search and a page of a docket take, and how many bytes a byte of text costs.

`python -m tests.bench.search [ENTRIES] [URL]`: entries of invented text, whose words are as common
as those of dockets: a few in most entries, most in few.
"""

from __future__ import annotations

import contextlib
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from monitor.classify.entry import judged
from monitor.history import entries as history
from monitor.history.questions import EntryQuery
from monitor.history.record import reading
from monitor.history.search import search
from monitor.history.search_words import read_query
from monitor.model.docket import Docket, DocketEntry
from monitor.model.outcome import Consequences
from monitor.store.database import SqlStore, open_store
from tests.postgres import running_postgres

_FIRST = datetime(2024, 1, 1, 12, tzinfo=UTC)
_COMMON = [
    "ORDER",
    "MOTION",
    "to",
    "the",
    "of",
    "for",
    "by",
    "and",
    "in",
    "on",
    "re",
    "filed",
    "Plaintiff",
    "Defendant",
    "granting",
    "denying",
    "Motion",
    "Stay",
    "Extension",
    "of",
    "Time",
    "Response",
    "Reply",
    "Brief",
    "Judge",
    "signed",
    "Attachments",
    "Exhibit",
    "Proposed",
    "Order",
    "Entered",
    "Certificate",
    "of",
    "Service",
    "Notice",
    "Appearance",
    "Memorandum",
    "in",
    "Support",
    "Opposition",
    "Hearing",
    "set",
    "before",
    "Courtroom",
    "pending",
    "appeal",
    "preliminary",
    "injunction",
    "summary",
    "judgment",
    "leave",
    "to",
    "file",
    "consent",
]
_LETTERS = "etaoinshrdlucmwfgypbvk"


def _vocabulary(chance: random.Random) -> list[str]:
    rare = ("".join(chance.choices(_LETTERS, k=chance.randint(4, 10))) for _ in range(20_000))
    return [*_COMMON, *(word.capitalize() for word in rare)]


def texts(chance: random.Random) -> Iterator[str]:
    """By Zipf's law: the second word is half as common as the first."""
    words = _vocabulary(chance)
    weights = [1 / (place + 8) for place in range(len(words))]
    while True:
        pool = chance.choices(words, weights, k=20_000)
        for _ in range(500):
            start = chance.randrange(len(pool) - 120)
            some = pool[start : start + min(120, int(chance.expovariate(1 / 30)) + 6)]
            yield f"{' '.join(some)} (Entered: {chance.randint(1, 12):02}/{chance.randint(1, 28):02}/2025)"


def fill(store: SqlStore, count: int) -> int:
    """Entries on a tenth as many dockets, of which some are long. The bytes of their words."""
    chance = random.Random(5)
    text = texts(chance)
    names = [next(text).split()[8:11] for _ in range(max(1, count // 100))]
    dockets = [
        Docket(
            f"dcd/1:25-cv-{n:05}", "dcd", f"1:25-cv-{n:05}", f"{' '.join(name)} v. UNITED STATES"
        )
        for n, name in enumerate(names)
    ]
    raw = sum(len(one.case_name) for one in dockets)
    with store.begin() as unit:
        unit.entries.save(Consequences(dockets=tuple(dockets)))
    for start in range(0, count, 2_000):
        some = [_entry(n, next(text), dockets, chance) for n in range(start, start + 2_000)]
        raw += sum(len(one.text) + sum(map(len, one.event_names)) for one in some)
        with store.begin() as unit:
            unit.entries.save(Consequences(entries=tuple(map(judged, some))))
    return raw


def _entry(number: int, text: str, dockets: list[Docket], chance: random.Random) -> DocketEntry:
    at = _FIRST + timedelta(minutes=7 * number)
    on = dockets[int(len(dockets) * chance.random() ** 3)]
    return DocketEntry(
        entry_id=f"{chance.getrandbits(48):012x}",
        docket_id=on.docket_id,
        entry_number=number % 900,
        event_names=(" ".join(text.split()[:3]),),
        text=text,
        date_filed=date(at.year, at.month, at.day),
        published_at=at,
        first_seen_at=at,
        keys=(f"dcd:{number}",),
    )


def _measure(name: str, ask: Callable[[int], object], times: int = 60) -> None:
    took = []
    for n in range(times):
        start = time.perf_counter()
        ask(n)
        took.append((time.perf_counter() - start) * 1_000)
    took.sort()
    print(f"{name:44} p50 {took[times // 2]:8.1f} ms  p95 {took[times * 95 // 100]:8.1f} ms")


def measure(store: SqlStore) -> None:
    chance = random.Random(7)
    text = texts(chance)
    rare = [" ".join(chance.sample(next(text).split()[:8], 2)) for _ in range(60)]
    now = _FIRST + timedelta(days=800)
    queries = {
        "two words, as they come": lambda n: rare[n],
        "two common words": lambda n: "motion stay",
        "a phrase": lambda n: '"preliminary injunction"',
        "a beginning": lambda n: "inj*",
        "a word of one docket": lambda n: f"order docket:25-cv-{n}",
        "a word, without another": lambda n: "hearing -courtroom",
        "no word, a kind": lambda n: "kind:order",
    }
    for name, asked in queries.items():
        with reading(store) as record:
            _measure(name, lambda n, a=asked, r=record: search(r, read_query(a(n), now), 20))  # type: ignore[misc]
    with reading(store) as record:
        for name, number in (("a long docket, newest 50", 0), ("a docket, newest 50", 300)):
            one = EntryQuery("dcd", f"1:25-cv-{number:05}", limit=50)
            _measure(name, lambda n, q=one, r=record: history.page(r, q))  # type: ignore[misc]
        _measure("newest 50 of all", lambda n: history.page(record, EntryQuery(limit=50)))


def _size(store: SqlStore) -> dict[str, int]:
    with store.reading() as connection:
        if store.engine.dialect.name != "sqlite":
            query = (
                "SELECT relname, pg_total_relation_size(oid) FROM pg_class "
                "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            )
        else:
            query = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name"
        return {name: int(size) for name, size in connection.execute(sa.text(query))}


def main(count: int, url: str) -> None:
    store = open_store(url)
    start = time.perf_counter()
    raw = fill(store, count)
    with store.begin() as unit:
        # As the server does by itself, a minute later.
        unit.connection.exec_driver_sql("ANALYZE" if "postgresql" in url else "SELECT 1")
    print(f"{count:,} entries of {raw:,} bytes, stored in {time.perf_counter() - start:.0f} s")
    measure(store)
    sizes = _size(store)
    search_only = sum(size for name, size in sizes.items() if "search" in name)
    total = sum(sizes.values())
    print(f"bytes for a byte of text: {total / raw:.2f} in all, {search_only / raw:.2f} to search")
    for name, size in sorted(sizes.items(), key=lambda one: -one[1])[:12]:
        print(f"  {name:44} {size / raw:.2f}")
    store.close()


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        if "postgresql" in sys.argv[2:]:
            main(wanted, stack.enter_context(running_postgres()))
        else:
            main(wanted, f"sqlite:///{Path(folder) / 'm.db'}")
