"""How long questions about the past take, of 100,000 entries, a million and five, while polls go on.

    python -m tests.bench.history [ENTRIES…] [--postgres]      (make bench-history)

Prints Markdown. The databases are made in `BENCH_DATA` and kept there, else made anew and dropped.
`BENCH_PEERS` names a Python in which datasette and reader are installed; see `tests/bench/peers.py`.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa

from monitor.history import entries as history
from monitor.history.boards import boards
from monitor.history.coverage import coverage
from monitor.history.questions import EntryQuery, read_cursor
from monitor.history.record import Record, reading
from monitor.history.search import search
from monitor.history.search_words import read_query
from monitor.history.timeline import timeline
from monitor.settings.load import load_settings
from monitor.show.web.site import Pages
from monitor.store import schema
from monitor.store.database import SqlStore, open_store
from tests.bench.__main__ import SOURCE, Monitor, cpu
from tests.bench.grown import (
    FIRST,
    NOW,
    SINCE,
    Case,
    corpus_folder,
    entry_name,
    grow,
    make_cases,
    make_dockets,
    told_words,
)
from tests.bench.writing import writing
from tests.feeds import feed, item
from tests.postgres import running_postgres

if TYPE_CHECKING:
    from starlette.testclient import TestClient

#: For each question: no more than so many times, and no longer than so many seconds.
_TIMES, _LONGEST = 100, 8.0
_LISTED = 50
Ask: TypeAlias = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of one question, over many askings of it; of the clock, and of this process."""

    p50: float
    p95: float
    cpu: float
    times: int


def took(ask: Ask) -> Took:
    found: list[float] = []
    spent: list[float] = []
    until = time.perf_counter() + _LONGEST
    for n in range(_TIMES):
        start, worked = time.perf_counter(), time.process_time()
        ask(n)
        found.append((time.perf_counter() - start) * 1_000)
        spent.append((time.process_time() - worked) * 1_000)
        if time.perf_counter() > until and n >= 2:
            break
    found.sort()
    return Took(
        found[len(found) // 2],
        found[len(found) * 95 // 100],
        sorted(spent)[len(spent) // 2],
        len(found),
    )


# --- what is asked ---


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks random questions of a record of this size."""

    store: SqlStore
    count: int
    words: list[str]
    ids: list[str]
    dockets: list[str] = field(default_factory=list)

    @property
    def cases(self) -> list[Case]:
        return make_cases(make_dockets(self.count)[0])

    def _in(self, ask: Callable[[Record, int], object]) -> Ask:
        """Each question reads by itself, as a page or a command does."""

        def one(n: int) -> None:
            with reading(self.store) as record:
                ask(record, n)

        return one

    def listings(self) -> Iterator[tuple[str, Ask]]:
        cases = self.cases
        longest = cases[0].dockets[0]
        of_longest = EntryQuery(longest.court_id, longest.docket_number, limit=_LISTED)
        deep = self._cursors(longest.docket_id)
        yield "bare: 50 rows by primary key", self._bare()
        yield (
            "newest 50 of a docket",
            self._in(
                lambda r, n: history.page(r, self._of_docket(self.dockets[n % len(self.dockets)]))
            ),
        )
        yield "newest 50 of the longest docket", self._in(lambda r, n: history.page(r, of_longest))
        yield (
            "a page by key, deep in the longest docket",
            self._in(lambda r, n: history.page(r, replace(of_longest, cursor=deep[n % len(deep)]))),
        )
        yield "newest 50 of all", self._in(lambda r, n: history.page(r, EntryQuery(limit=_LISTED)))
        anywhere = self._cursors("")
        yield (
            "a page by key, deep in all",
            self._in(
                lambda r, n: history.page(
                    r, EntryQuery(limit=_LISTED, cursor=anywhere[n % len(anywhere)])
                )
            ),
        )
        yield (
            "newest 50 of a case over three courts",
            self._in(
                lambda r, n: history.page(r, EntryQuery(case_id=f"case-{n % 3}", limit=_LISTED))
            ),
        )

    def searches(self) -> Iterator[tuple[str, Ask]]:
        since = (NOW - timedelta(days=400)).date()
        asked = {
            "search: two words, as they come": lambda n: self.words[n % len(self.words)],
            "search: two words of most entries": lambda n: ("of the", "to by", "the order")[n % 3],
            "search: a phrase": lambda n: '"motion to dismiss"',
            "search: a beginning": lambda n: ("inj*", "mot*", "wash*")[n % 3],
            "search: kind, court, day and words": lambda n: (
                f"kind:order court:dcd filed:>={since} {self.words[n % len(self.words)]}"
            ),
            "search: kind, court and a common word": lambda n: "kind:order court:dcd motion",
            "search: words of one case": lambda n: f"case:case-{n % 12} motion order",
        }
        for name, words in asked.items():
            yield name, self._in(lambda r, n, w=words: search(r, read_query(w(n), NOW), _LISTED))  # type: ignore[misc]

    def cases_and_entries(self) -> Iterator[tuple[str, Ask]]:
        often = entry_name(self.count // 2)
        yield "an entry with 200 sightings", self._in(lambda r, n: history.detail(r, often))
        yield (
            "an entry",
            self._in(lambda r, n: history.detail(r, self.ids[n % len(self.ids)])),
        )
        yield "timeline of a case", self._in(lambda r, n: timeline(r, f"case-{n % 12}", NOW))
        yield "timeline of the largest case", self._in(lambda r, n: timeline(r, "case-0", NOW))
        yield "status, all 12 cases", self._in(lambda r, n: boards(r))
        yield "status of a case", self._in(lambda r, n: boards(r, f"case-{n % 12}"))
        yield "coverage, all 12 cases", self._in(lambda r, n: coverage(r, SINCE.date(), NOW))
        yield (
            "counts by kind, of a case",
            self._in(lambda r, n: history.kinds_of(r, EntryQuery(case_id=f"case-{n % 12}"))),
        )
        yield "counts by month, of all", self._in(lambda r, n: by_month(r))

    def pages(self, client: TestClient) -> Iterator[tuple[str, Ask]]:
        places = {
            "page: overview": lambda n: "/",
            "page: a case": lambda n: f"/cases/case-{n % 12}",
            "page: the largest case": lambda n: "/cases/case-0",
            "page: an entry with 200 sightings": lambda n: (
                f"/entries/{entry_name(self.count // 2)}"
            ),
            "page: an entry": lambda n: f"/entries/{self.ids[n % len(self.ids)]}",
            "page: an entry of the longest docket": lambda n: f"/entries/{self._of_longest(n)}",
            "page: search, two words": lambda n: f"/search?q={self.words[n % len(self.words)]}",
            "page: sources and coverage": lambda n: "/sources",
        }
        for name, place in places.items():
            yield name, lambda n, p=place: _get(client, p(n))  # type: ignore[misc]

    def _of_docket(self, docket_id: str) -> EntryQuery:
        court_id, _, number = docket_id.partition("/")
        return EntryQuery(court_id, number, limit=_LISTED)

    def _of_longest(self, n: int) -> str:
        return read_cursor(
            self._cursors(self.cases[0].dockets[0].docket_id)[n % 20].dump()
        ).entry_id

    def _cursors(self, docket_id: str) -> list[Any]:
        """Places within a listing, some shallow and some deep."""
        e, chance = schema.entries, random.Random(4)
        with reading(self.store) as record:
            query = sa.select(e.c.entry_id)
            if docket_id:
                query = query.where(e.c.docket_id == docket_id)
                ids = list(record.rows(query).scalars())
            else:
                ids = self.ids
            some = chance.sample(sorted(ids), min(20, len(ids)))
            return [history._cursor_after(record, one) for one in some]

    def _bare(self) -> Ask:
        chance = random.Random(9)
        names = [chance.sample(self.ids, _LISTED) for _ in range(_TIMES)]
        is_sqlite = self.store.engine.dialect.name == "sqlite"
        marks = ", ".join("?" * _LISTED if is_sqlite else ["%s"] * _LISTED)
        statement = f"SELECT * FROM entries WHERE entry_id IN ({marks})"  # noqa: S608

        def ask(n: int) -> None:
            with self.store.reading() as connection:
                driver: Any = connection.connection.driver_connection
                assert len(driver.execute(statement, names[n]).fetchall()) == _LISTED

        return ask


def by_month(record: Record) -> list[Any]:
    """As a question about months would ask."""
    is_sqlite = record.connection.dialect.name == "sqlite"
    e = schema.entries
    month = (
        sa.func.substr(e.c.date_filed, 1, 7)
        if is_sqlite
        else sa.func.date_trunc("month", e.c.date_filed)
    )
    query = (
        sa.select(month, sa.func.count())
        .where(e.c.merged_into == sa.literal_column("''"))
        .group_by(month)
    )
    return list(record.rows(query))


def _get(client: TestClient, place: str) -> None:
    answer = client.get(place)
    assert answer.status_code == 200, f"{place}: {answer.text[:300]}"


# --- one database ---


@dataclass(slots=True)
class Result:
    """What was measured of one database."""

    count: int
    raw: int
    size: int
    tables: dict[str, int]
    took: dict[str, Took]
    stored: int
    peers: dict[str, Any]


def measure(url: str, count: int, peer: str) -> Result:
    only = os.environ.get("BENCH_ONLY", "")
    meta = _made(url, count)
    store = open_store(url)
    settings = load_settings(Path("config/monitor.yaml"), needs_secrets=False)
    from starlette.testclient import TestClient

    pages = Pages(store, settings, lambda: NOW)
    result = Result(count, meta["raw"], 0, _sizes(store), {}, 0, {})
    result.size = sum(result.tables.values())
    assert all(size >= 0 for size in result.tables.values()), result.tables
    with writing(url) as stored, TestClient(pages.site(), "http://127.0.0.1") as client:
        asker = _asker(store, count)
        for questions in (
            asker.listings(),
            asker.searches(),
            asker.cases_and_entries(),
            asker.pages(client),
        ):
            for name, ask in questions:
                if only not in name and not name.startswith("bare"):
                    continue
                result.took[name] = took(ask)
                said = result.took[name]
                print(
                    f"  {name:48} {said.p50:9.1f} {said.p95:9.1f} {said.cpu:9.1f} ({said.times})",
                    file=sys.stderr,
                )
        result.stored = stored()
    if peer and not only and url.startswith("sqlite"):
        result.peers = _peers(peer, url, asker.words)
    store.close()
    return result


def _asker(store: SqlStore, count: int) -> Asker:
    chance = random.Random(7)
    dockets, lengths = make_dockets(count)
    return Asker(
        store,
        count,
        told_words(corpus_folder(), chance, 100),
        [entry_name(n) for n in chance.sample(range(count), 5_000)],
        [one.docket_id for one in chance.choices(dockets, lengths, k=100)],
    )


def _made(url: str, count: int) -> dict[str, int]:
    """What is known of a database that was made before; else it is made now."""
    note = Path(f"{url.removeprefix('sqlite:///')}.json") if url.startswith("sqlite") else None
    if note and note.exists():
        known: dict[str, int] = json.loads(note.read_text())
        open_store(url).close()
        return known
    store, start = open_store(url), time.perf_counter()
    raw = grow(store, count, corpus_folder())
    with store.begin() as unit:
        # As a server does by itself, a minute later.
        unit.connection.exec_driver_sql("SELECT 1" if note else "ANALYZE")
    store.close()
    print(f"{count:,} entries made in {time.perf_counter() - start:.0f} s", file=sys.stderr)
    made = {"raw": raw, "count": count}
    if note:
        note.write_text(json.dumps(made))
    return made


def _sizes(store: SqlStore) -> dict[str, int]:
    """Bytes by table and index."""
    with store.reading() as connection:
        if store.engine.dialect.name == "sqlite":
            # `pgsize` of an aggregate overflows at 2 GB: a large table would count as less than none.
            page_size = connection.exec_driver_sql("PRAGMA page_size").scalar()
            query = f"SELECT name, pageno * {page_size} FROM dbstat WHERE aggregate = TRUE"  # noqa: S608
        else:
            query = (
                "SELECT relname, pg_relation_size(oid) + CASE WHEN reltoastrelid <> 0 THEN "
                "pg_total_relation_size(reltoastrelid) ELSE 0 END FROM pg_class "
                "WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace"
            )
        return {name: int(size) for name, size in connection.execute(sa.text(query))}


_FEED = 20_000
_EVENTS = (
    "Order on Motion to Dismiss", "Notice of Appearance", "Minute Entry", "Motion to Compel",
    "Order on Motion for Extension of Time", "Reply to opposition to Motion", "Transcript",
)  # fmt: skip


def _peers(peer: str, url: str, words: list[str]) -> dict[str, Any]:
    """Datasette on the same file; reader on a feed that we store and search, too."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "feed.xml"
        file.write_bytes(_feed())
        asked = {
            "file": url.removeprefix("sqlite:///"), "words": words, "times": _TIMES, "seconds": _LONGEST,
            "docket": make_dockets(100)[0][0].docket_id, "feed": str(file), "items": _FEED,
            "events": ["order motion", "notice appearance", "motion compel"] * 10,
        }  # fmt: skip
        said = _ours(Path(folder), file.read_bytes(), asked["events"])  # type: ignore[arg-type]
        command = [peer, str(Path(__file__).with_name("peers.py"))]
        done = subprocess.run(
            command,
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=False,
            timeout=1_800,
        )
    if done.returncode:
        return said | {"peers: not measured": done.stderr.strip().splitlines()[-1:]}
    return said | dict(json.loads(done.stdout))


def _feed() -> bytes:
    chance = random.Random(1)
    some = (
        item(
            chance.choice(_EVENTS),
            number=f"1:25-cv-{n % 900:05}",
            case_id=n % 900,
            seq=n,
            entry=n % 400 + 1,
        )
        for n in range(_FEED)
    )
    return feed(*some)


def _ours(folder: Path, body: bytes, events: list[str]) -> dict[str, Any]:
    monitor = Monitor(folder, SOURCE, ["*"])
    spent = cpu(lambda: monitor.poll(body))
    with reading(monitor.store) as record:
        kept = record.connection.scalar(sa.select(sa.func.count()).select_from(schema.entries))
        found = took(lambda n: search(record, read_query(events[n % len(events)], NOW), _LISTED))
    monitor.store.close()
    return {
        f"ours: storing a feed of {_FEED:,} items, and its search, CPU": [spent * 1_000],
        "ours: items kept of them": [kept],
        "ours: two words of that feed, newest 50": [found.p50, found.p95],
    }


# --- the report ---

_HOW = """Each question is asked up to a hundred times, at random, by itself. On a shared machine the times of
the clock are those of all who share it; the time of the processor, in brackets, is that of the question alone, and
the last columns are of it. The bare read is 50 whole entries by primary key through the driver.
"""
#: Milliseconds that p95 is to keep within, at five million on SQLite and a machine of one's own.
_GOALS = {"a page by key": 15, "newest 50": 15, "search:": 60}


def _report(results: list[Result], kind: str) -> Iterator[str]:
    yield f"## {kind}"
    yield ""
    yield (
        "| milliseconds: p50 / p95 (processor, p50) | "
        + " | ".join(f"{one.count:,}" for one in results)
        + " | times the bare read | growth | goal |"
    )
    yield "|---|" + "---|" * (len(results) + 3)
    bare = results[-1].took["bare: 50 rows by primary key"].cpu
    for name in results[0].took:
        cells = [
            f"{one.took[name].p50:.1f} / {one.took[name].p95:.1f} ({one.took[name].cpu:.1f})"
            for one in results
        ]
        first, last = results[0].took[name], results[-1].took[name]
        yield f"| {name} | {' | '.join(cells)} | {last.cpu / bare:.1f} | {last.cpu / first.cpu:.1f} | {_goal(name)} |"
    yield ""
    yield "| bytes for a byte of text | " + " | ".join(f"{one.count:,}" for one in results) + " |"
    yield "|---|" + "---|" * len(results)
    yield "| in all | " + " | ".join(f"{one.size / one.raw:.2f}" for one in results) + " |"
    for name in sorted(results[-1].tables, key=lambda one: -results[-1].tables[one])[:14]:
        yield (
            f"| {name} | "
            + " | ".join(f"{one.tables.get(name, 0) / one.raw:.2f}" for one in results)
            + " |"
        )
    yield ""
    stored = ", ".join(f"{one.stored:,}" for one in results)
    yield f"Meanwhile polls stored {stored} new entries. Text: {', '.join(f'{one.raw / 1e6:,.0f} MB' for one in results)}."
    yield from _of_peers(results)


def _goal(name: str) -> str:
    return next((f"{most}" for begins, most in _GOALS.items() if name.startswith(begins)), "")


def _of_peers(results: list[Result]) -> Iterator[str]:
    names = list(dict.fromkeys(name for one in results for name in one.peers))
    if not names:
        return
    yield ""
    yield "| peers in the same run | " + " | ".join(f"{one.count:,}" for one in results) + " |"
    yield "|---|" + "---|" * len(results)
    for name in names:
        yield f"| {name} | " + " | ".join(_cell(one.peers.get(name)) for one in results) + " |"


def _cell(value: Any) -> str:
    return " / ".join(
        f"{one:.1f}" if isinstance(one, float) else str(one) for one in value or ["–"]
    )


def _machine() -> str:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    versions = f"CPython {platform.python_version()}, SQLite {sqlite3.sqlite_version}, SQLAlchemy {sa.__version__}"
    return f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}; {versions}; load {load}."


@contextlib.contextmanager
def _place(count: int, is_postgres: bool) -> Iterator[str]:
    if is_postgres:
        with running_postgres() as url:
            yield url
        return
    with contextlib.ExitStack() as stack:
        kept = os.environ.get("BENCH_DATA")
        folder = Path(kept or stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        yield f"sqlite:///{folder / f'history-{count}.db'}"


def main(counts: list[int], is_postgres: bool) -> None:
    peer = os.environ.get("BENCH_PEERS", "")
    results = []
    for count in counts:
        with _place(count, is_postgres) as url:
            results.append(measure(url, count, peer))
    print("# Questions about the past, measured\n")
    print(
        f"By `make bench-history`. {_machine()} Ten years from {FIRST.date()}; a poll stores ten entries, twice a second."
    )
    print()
    print(_HOW)
    print("\n".join(_report(results, "PostgreSQL" if is_postgres else "SQLite")))
    if not peer:
        print("\ndatasette, reader: not installed (BENCH_PEERS names no Python).")


if __name__ == "__main__":
    numbers = [
        int(one.replace(",", "").replace("_", ""))
        for one in sys.argv[1:]
        if not one.startswith("-")
    ]
    main(numbers or [100_000], "--postgres" in sys.argv)
