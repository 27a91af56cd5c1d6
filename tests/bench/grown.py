"""Makes a record of any size, as if the program had kept it for ten years.

Words, lengths and events are those of the labelled entries of the corpus (`MONITOR_CORPUS`), else
invented ones that are as common. Rows are those of `store.rows`, written in bulk; the indexes and
the search are made afterwards, by the statements that made them first.
"""

from __future__ import annotations

import collections
import contextlib
import hashlib
import itertools
import json
import os
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import sqlalchemy as sa

from monitor.classify.entry import headline_of, judged
from monitor.model.alert import CaseRef, DocketRef, EntrySnapshot, Filed, SourceRef
from monitor.model.change import EntryFiled
from monitor.model.delivery import Notification, RoutedAlert
from monitor.model.docket import Docket, DocketEntry, Document, Sighting
from monitor.model.news import Match, NewsItem
from monitor.model.outcome import StoredSighting, StoredStory
from monitor.model.source import Source
from monitor.model.watch import Watch
from monitor.sources.court_rss import COURT_RSS
from monitor.sources.courtlistener import ENTRIES
from monitor.sources.news_feed import NEWS
from monitor.store import rows, schema
from monitor.store.chain import BEGINNING, chained
from monitor.store.database import SqlStore
from monitor.store.migrations.search_0012 import drop_search, make_search
from tests.bench.search import texts

Values: TypeAlias = dict[str, Any]

FIRST = datetime(2016, 3, 1, 12, tzinfo=UTC)
NOW = FIRST + timedelta(days=3_650)
#: When the cases began to be watched.
SINCE = NOW - timedelta(days=300)
_COURTS = ("dcd", "nysd", "cand", "txed", "mad", "cadc", "ca9", "scotus")
_ON_CASES = {"cadc": 300, "scotus": 25}
#: So many entries have the longest dockets; all others share the rest.
_LONG = (6_000, 5_500, 5_000, 2_500, 2_000, 1_500, 1_000, 800, 600, 400, 250, 100)
_AT_ONCE = 20_000
_TOLD = 1_500
_SEEN_OFTEN = 200
_OFTEN = "court:dcd"


# --- words ---


@dataclass(frozen=True, slots=True)
class Head:
    """How an entry begins, what is thought of it, and how many letters it has."""

    entry: DocketEntry
    length: int

    @property
    def columns(self) -> Values:
        return rows.judgement_columns(self.entry.judgement)


def heads(corpus: Path | None) -> list[Head]:
    """Beginnings of real entries, as often as they occur; else of invented ones."""
    file = corpus / "entries.jsonl" if corpus else None
    if file is None or not file.exists():
        return list(_invented())
    found = (json.loads(line) for line in file.read_text("utf-8").splitlines())
    return [_head(one["court"], one["short_text"] or "", one["text"] or "") for one in found]


def _head(court_id: str, event: str, text: str) -> Head:
    start = " ".join(text.split()[:12])
    entry = DocketEntry("", f"{court_id}/1", 1, (event,) if event else (), start, None, None, FIRST)
    return Head(judged(entry), len(text))


def _invented() -> Iterator[Head]:
    """Of as many letters as real ones: a third have none, a few thousands."""
    chance = random.Random(3)
    events = (
        "Order on Motion for Preliminary Injunction", "Motion to Dismiss", "Notice of Appearance",
        "Memorandum & Opinion", "Reply to opposition to motion", "Transcript", "Minute Entry",
    )  # fmt: skip
    for _ in range(300):
        event = chance.choice(events)
        length = chance.choices([0, int(chance.expovariate(1 / 270)) + 60], [31, 69])[0]
        yield _head("dcd", "" if length and chance.random() < 0.5 else event, event * bool(length))
        # The rest is filled up to that many letters.
        yield replace(_head("dcd", event, f"{event} by X."), length=length + 12)


def pools(corpus: Path | None, chance: random.Random) -> Iterator[list[str]]:
    """Words in a row without end, each as common as in the corpus; names are rare and many."""
    counts: collections.Counter[str] = collections.Counter()
    file = corpus / "entries.jsonl" if corpus else None
    if file is not None and file.exists():
        for line in file.read_text("utf-8").splitlines():
            counts.update((json.loads(line)["text"] or "").split())
    else:
        counts.update(
            itertools.chain.from_iterable(next(texts(chance)).split() for _ in range(900))
        )
    words, weights = list(counts), list(itertools.accumulate(counts.values()))
    while True:
        pool = chance.choices(words, cum_weights=weights, k=40_000)
        for place in range(0, len(pool), 25):
            pool[place] = _name(chance)
        yield pool


def _name(chance: random.Random) -> str:
    """One of 70,000 names, the first of them the most common."""
    number = int(70_000 * chance.random() ** 3)
    parts = ("ba", "ro", "mi", "ten", "sal", "kor", "lind", "ve", "wash", "ga")
    return "".join(parts[int(digit)] for digit in str(number + 10)).capitalize()


def told_words(corpus: Path | None, chance: random.Random, count: int) -> list[str]:
    """Pairs of words as people look for them: as common as they are written, no particles."""
    pool = next(pools(corpus, chance))
    letters = [word.strip("().,;:#") for word in pool]
    good = [word for word in letters if word.isalpha() and len(word) > 3]
    return [" ".join(chance.sample(good, 2)) for _ in range(count)]


# --- dockets and cases ---


@dataclass(frozen=True, slots=True)
class Case:
    """A watched case and its dockets, from the trial court up."""

    case_id: str
    label: str
    dockets: tuple[Docket, ...]


def make_dockets(count: int) -> tuple[list[Docket], list[float]]:
    """Some thousands, or more for more entries; and how many entries each has."""
    chance = random.Random(11)
    many = max(3_000, count // 60)
    lengths = [float(one) for one in _LONG]
    dockets = [_docket(n, "dcd") for n in range(len(_LONG))]
    for place in range(3):
        for court_id, entries in _ON_CASES.items():
            dockets.append(_docket(len(dockets), court_id, place))
            lengths.append(float(entries))
    while len(dockets) < many:
        dockets.append(_docket(len(dockets), chance.choice(_COURTS)))
        lengths.append(-1.0)
    left = max(1.0, count - sum(one for one in lengths if one > 0))
    shares = [0.0 if one > 0 else chance.expovariate(1) for one in lengths]
    whole = sum(shares)
    return dockets, [
        one if one > 0 else left * share / whole for one, share in zip(lengths, shares, strict=True)
    ]


def _docket(n: int, court_id: str, place: int = 0) -> Docket:
    numbers = {"cadc": f"{16 + n % 9}-{5000 + n}", "ca9": f"{16 + n % 9}-{15000 + n}"}
    number = numbers.get(court_id, f"1:{16 + n % 9}-cv-{n:05}")
    if court_id == "scotus":
        number = f"{16 + n % 9}-{n + 100}"
    name = f"PARTY {n} ASSOCIATION v. {'UNITED STATES' if n % 3 else 'DEPARTMENT'} {place or ''}"
    return Docket(f"{court_id}/{number}", court_id, number, name.strip(), FIRST)


def make_cases(dockets: Sequence[Docket]) -> list[Case]:
    """Twelve, of which the first three went up to the Supreme Court."""
    found = []
    for n, docket in enumerate(dockets[: len(_LONG)]):
        above = dockets[len(_LONG) + 2 * n : len(_LONG) + 2 * n + 2] if n < 3 else []
        found.append(Case(f"case-{n}", f"Party {n} v. US", (docket, *above)))
    return found


# --- rows ---


@dataclass(frozen=True, slots=True)
class Table:
    """Where rows of a table go, as its driver wants them."""

    name: str
    columns: tuple[str, ...]
    bind: tuple[Callable[[Any], Any] | None, ...]

    @staticmethod
    def of(table: sa.Table, dialect: sa.Dialect) -> Table:
        columns = list(table.columns)
        binds = tuple(c.type.dialect_impl(dialect).bind_processor(dialect) for c in columns)
        return Table(table.name, tuple(c.name for c in columns), binds)

    def row(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(
            bind(values[name]) if bind else values[name]
            for name, bind in zip(self.columns, self.bind, strict=True)
        )


class Bulk:
    """Writes rows by the driver: one statement for thousands."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._tables: dict[str, Table] = {}

    def add(self, table: sa.Table, values: Iterable[Mapping[str, Any]]) -> None:
        into = self._tables.get(table.name) or Table.of(table, self.connection.dialect)
        self._tables[table.name] = into
        driver: Any = self.connection.connection.driver_connection
        names = ", ".join(into.columns)
        if self.connection.dialect.name == "sqlite":
            marks = ", ".join("?" * len(into.columns))
            statement = f"INSERT INTO {into.name} ({names}) VALUES ({marks})"  # noqa: S608
            driver.executemany(statement, map(into.row, values))
            return
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {into.name} ({names}) FROM STDIN") as copy,
        ):
            for one in values:
                copy.write_row(into.row(one))


@contextlib.contextmanager
def without_indexes(connection: sa.Connection) -> Iterator[None]:
    """What is made at once behind is made faster, and ends up the same."""
    is_sqlite = connection.dialect.name == "sqlite"
    listed = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        if is_sqlite
        else "SELECT indexname, indexdef FROM pg_indexes i WHERE schemaname = 'public' AND NOT EXISTS "
        "(SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)"
    )
    drop_search(connection)
    known = connection.exec_driver_sql(listed).all()
    for name, _ in known:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    yield
    for _, statement in known:
        connection.exec_driver_sql(statement)
    make_search(connection)


# --- the record ---


@dataclass(frozen=True, slots=True)
class Grown:
    """What was made, as far as it is asked about."""

    count: int
    dockets: tuple[Docket, ...]
    cases: tuple[Case, ...]
    #: Bytes of texts, events and captions, each once for an entry.
    raw: int
    often_seen: str


def shape(count: int) -> tuple[tuple[Docket, ...], tuple[Case, ...]]:
    dockets, _ = make_dockets(count)
    return tuple(dockets), tuple(make_cases(dockets))


def entry_name(number: int) -> str:
    """As long as real ones, scattered as they are, and no two alike."""
    return f"{(number * 0x9E3779B97F4B) % 2**48:012x}"


def grow(store: SqlStore, count: int, corpus: Path | None) -> int:
    """Fill an empty store. The bytes of the words of its entries."""
    with store.engine.connect() as connection:
        _unchecked(connection)
        with connection.begin(), without_indexes(connection):
            raw = _Maker(Bulk(connection), count, corpus).make()
    store.close()
    with store.begin() as unit:
        _tell(unit, make_cases(make_dockets(count)[0]), count)
    return raw


def _unchecked(connection: sa.Connection) -> None:
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        for pragma in (
            "foreign_keys=OFF",
            "synchronous=OFF",
            "cache_size=-1000000",
            "journal_mode=OFF",
        ):
            driver.execute(f"PRAGMA {pragma}").close()
    else:
        driver.execute("SET session_replication_role = replica")
        driver.execute("SET maintenance_work_mem = '512MB'")
        driver.commit()


class _Maker:
    def __init__(self, bulk: Bulk, count: int, corpus: Path | None) -> None:
        self.bulk, self.count = bulk, count
        self.chance = random.Random(5)
        self.heads = heads(corpus)
        self.columns = [one.columns for one in self.heads]
        self.pools = pools(corpus, self.chance)
        self.dockets, lengths = make_dockets(count)
        self.weights = list(itertools.accumulate(lengths))
        self.numbers = [0] * len(self.dockets)
        self.hash, self.changes = BEGINNING, 0
        self.raw = sum(len(one.case_name) for one in self.dockets)

    def make(self) -> int:
        self._sources()
        self.bulk.add(schema.dockets, map(rows.docket_row, self.dockets))
        self._watches()
        for start in range(0, self.count, _AT_ONCE):
            self._entries(range(start, min(self.count, start + _AT_ONCE)))
        self._stories()
        head = {"length": self.changes, "last_id": self.changes, "hash": self.hash}
        self.bulk.connection.execute(sa.update(schema.chain_head).values(head))
        return self.raw

    def _sources(self) -> None:
        found = [
            *(Source(f"court:{one}", COURT_RSS, "", timedelta(minutes=10), court_id=one) for one in _COURTS),
            Source("cl:all", ENTRIES, "", timedelta(hours=1), court_id="dcd"),
            Source("news:one", NEWS, "", timedelta(hours=1), publisher="Gazette"),
        ]  # fmt: skip
        covered = {
            "covered_since": SINCE,
            "covered_until": NOW,
            "last_good_at": NOW,
            "last_polled_at": NOW,
        }
        self.bulk.add(
            schema.sources,
            [
                rows.source_row(one) | rows.fresh_state_row(NOW) | {"lease_until": None} | covered
                for one in found
            ],
        )

    def _watches(self) -> None:
        watches = [
            Watch(f"{case.case_id}-{n}", case.case_id, case.label, one.court_id, one.docket_number, SINCE,
                  told_at=SINCE, leads_to=("desk",))
            for case in make_cases(self.dockets)
            for n, one in enumerate(case.dockets)
        ]  # fmt: skip
        self.bulk.add(schema.watches, map(rows.watch_row, watches))
        given = [
            {"watch_id": w.watch_id, "source_id": f"court:{w.court_id}", "at": SINCE}
            for w in watches
        ]
        self.bulk.add(schema.baselines, given)

    def _entries(self, places: range) -> None:
        on = self.chance.choices(range(len(self.dockets)), cum_weights=self.weights, k=len(places))
        pool = next(self.pools)
        found = [self._entry(n, docket, pool) for n, docket in zip(places, on, strict=True)]
        self.bulk.add(schema.entries, ({**rows.entry_row(e), **j} for e, j in found))
        entries = [entry for entry, _ in found]
        keys = ({"key": key, "entry_id": e.entry_id} for e in entries for key in e.keys)
        self.bulk.add(schema.entry_keys, keys)
        papers = (rows.document_row(e.entry_id, doc) for e in entries for doc in e.documents)
        self.bulk.add(schema.documents, papers)
        self.bulk.add(
            schema.sightings, (rows.sighting_row(s) for e in entries for s in self._seen(e))
        )
        self.bulk.add(schema.changes, list(self._log(entries)))

    def _entry(self, n: int, on: int, pool: list[str]) -> tuple[DocketEntry, Values]:
        place = self.chance.randrange(len(self.heads))
        head = self.heads[place]
        docket, at = self.dockets[on], FIRST + n * (timedelta(days=3_650) / self.count)
        self.numbers[on] += 1
        number = self.numbers[on]
        text = self._text(head, pool)
        self.raw += len(text.encode()) + sum(len(one.encode()) for one in head.entry.event_names)
        link = f"https://ecf.{docket.court_id}.uscourts.gov/doc1/0450{n:07}?caseid={200_000 + on}&de_seq_num={number}"
        entry = DocketEntry(
            entry_id=entry_name(n),
            docket_id=docket.docket_id,
            entry_number=number,
            event_names=head.entry.event_names,
            text=text,
            date_filed=date(at.year, at.month, at.day),
            published_at=at.replace(microsecond=0),
            first_seen_at=at + timedelta(minutes=6),
            url=link,
            documents=(Document(f"0450{n:07}", str(number), url=link),) if n % 4 else (),
            keys=(f"{docket.court_id}:seq:{200_000 + on}:{number}",),
            source_ids=(f"court:{docket.court_id}",),
        )
        return entry, self.columns[place]

    def _text(self, head: Head, pool: list[str]) -> str:
        start = head.entry.text
        missing = head.length - len(start)
        if missing <= 0:
            return start
        count = missing // 6 + 1
        place = self.chance.randrange(len(pool) - count)
        return f"{start} {' '.join(pool[place : place + count])}"

    def _seen(self, entry: DocketEntry) -> Iterator[StoredSighting]:
        """Each by its court's feed, every tenth by CourtListener besides; one very often."""
        seen = Sighting(
            source_id=entry.source_ids[0],
            sighting_key=entry.keys[0],
            court_id=entry.docket_id.partition("/")[0],
            docket_number=entry.docket_id.partition("/")[2],
            entry_keys=entry.keys,
            entry_number=entry.entry_number,
            event_name=next(iter(entry.event_names), ""),
            text=entry.text,
            date_filed=entry.date_filed,
            published_at=entry.published_at,
            url=entry.url,
            documents=entry.documents,
        )
        hash_ = hashlib.blake2b(entry.text.encode(), digest_size=12).hexdigest()
        stored = StoredSighting(seen, entry.entry_id, hash_, entry.first_seen_at)
        yield stored
        if entry.entry_id.endswith("7"):
            yield replace(
                stored,
                sighting=replace(seen, source_id="cl:all", sighting_key=f"cl:{entry.entry_id}"),
            )
        if entry.entry_id == entry_name(self.count // 2):
            for n in range(_SEEN_OFTEN):
                yield replace(
                    stored, sighting=replace(seen, source_id="cl:all", sighting_key=f"often:{n}")
                )

    def _log(self, entries: Sequence[DocketEntry]) -> Iterator[Values]:
        new = [
            rows.change_row(EntryFiled(e.entry_id, e.source_ids[0]), e.first_seen_at)
            for e in entries
        ]
        for row in chained(self.hash, self.changes, new):
            self.hash, self.changes = row["hash"], row["change_id"]
            yield row

    def _stories(self) -> None:
        pool, many = next(self.pools), self.count // 500
        for n in range(many):
            at = FIRST + n * (timedelta(days=3_650) / many)
            words = pool[(n * 17) % 30_000 :][:40]
            item = NewsItem("news:one", f"item-{n}", " ".join(words[:9]), " ".join(words), f"https://example.org/{n}",
                            "Gazette", at)  # fmt: skip
            matches = (Match(f"case-{n % 12}", ("PARTY",)),) if n % 5 == 0 else ()
            story = StoredStory(item, matches, at, f"item-{n}", "")
            self.bulk.add(schema.stories, [rows.story_row(story)])


# --- what was told ---


def _tell(unit: Any, cases: Sequence[Case], count: int) -> None:
    """The latest filings of the watched dockets, to two people each."""
    by_docket = {one.docket_id: (case, one) for case in cases for one in case.dockets}
    e = schema.entries
    query = sa.select(e.c.entry_id).where(
        e.c.docket_id.in_(list(by_docket)), e.c.first_seen_at >= SINCE
    )
    ids = list(
        unit.connection.execute(query.order_by(e.c.first_seen_at.desc()).limit(_TOLD)).scalars()
    )
    often = [entry_name(count // 2)]
    for entry in unit.entries.by_id([*ids, *often]):
        case, docket = by_docket.get(entry.docket_id, (cases[0], None))
        alert = _filed(entry, case, docket)
        unit.outbox.add_routed([alert], entry.first_seen_at)
        for name in ("desk", "chief"):
            sent = Notification(
                f"{alert.alert_id}.{name}",
                name,
                (RoutedAlert(alert, "rulings"),),
                alert.created_at,
                alert.created_at,
            )
            row = rows.delivery_row(sent) | {
                "state": "sent",
                "sent_at": alert.created_at,
                "attempts": 1,
            }
            unit.connection.execute(sa.insert(schema.deliveries), [row])
            unit.connection.execute(
                sa.insert(schema.delivery_alerts), rows.delivery_alert_rows(sent)
            )
            tried = {
                "delivery_id": sent.delivery_id,
                "at": alert.created_at,
                "result": "accepted",
                "detail": "250 OK",
            }
            unit.connection.execute(sa.insert(schema.attempts), [tried])


def _filed(entry: DocketEntry, case: Case, docket: Docket | None) -> Filed:
    assert entry.judgement is not None
    court_id, _, number = entry.docket_id.partition("/")
    ref = DocketRef(court_id, number, docket.case_name if docket else "")
    told = EntrySnapshot(
        entry.entry_id, ref, entry.entry_number, headline_of(entry), entry.event_names, entry.text[:500],
        entry.date_filed, entry.published_at, entry.first_seen_at, entry.url,
    )  # fmt: skip
    return Filed(
        alert_id=f"filed:{entry.entry_id}",
        created_at=entry.first_seen_at,
        why="it is watched",
        case=CaseRef(case.case_id, case.label),
        source=SourceRef(entry.source_ids[0], "The court's feed", court_id),
        entries=(told,),
        judgement=entry.judgement,
    )


def corpus_folder() -> Path | None:
    """Where the corpus is; None where it is not."""
    named = os.environ.get("MONITOR_CORPUS")
    return Path(named) if named and Path(named).is_dir() else None
