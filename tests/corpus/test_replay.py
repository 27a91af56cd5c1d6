"""Real series of bodies through the real poller and a real database."""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.errors import ParseError
from monitor.model.source import Source
from monitor.replay import Recorded, Tally, recorded_bodies, run_replay
from monitor.sources.court_rss import COURT_RSS
from monitor.sources.court_rss.feed import read_court_feed
from monitor.sources.court_rss.item import read_item
from monitor.store import schema
from monitor.store.database import SqlStore, open_store

CORPUS = Path(os.environ.get("MONITOR_CORPUS", "../shared/corpus"))
COURTS = ["dcd", "cadc", "nysd", "ctd", "ca2"]
#: Steps between bodies that are longer than the 24 hours a feed shows.
GAPS = {"dcd": 1, "nysd": 1, "ctd": 1, "cadc": 0, "ca2": 0}
pytestmark = pytest.mark.skipif(
    not (CORPUS / "snapshots-dcd.tar.xz").exists(),
    reason=f"no corpus at {CORPUS} (set MONITOR_CORPUS)",
)

Seen = dict[str, frozenset[str]]


def run(store: SqlStore, court: str, bodies: Iterable[Recorded]) -> Tally:
    source = Source(f"court:{court}", COURT_RSS, "", timedelta(minutes=15), court_id=court)
    return run_replay(bodies, store, source, ["*"])


def truth(court: str, bodies: Iterable[Recorded]) -> Seen:
    """Every entry of the series with all its events, from parsing each body whole."""
    found: dict[str, set[str]] = defaultdict(set)
    for recorded in bodies:
        try:
            items = read_court_feed(recorded.body).items
        except ParseError:
            continue
        for item in items:
            parts = read_item(item)
            if parts.part_id:
                key = f"{court}:part:{parts.docket_number}:{parts.part_id}"
            else:
                key = f"{court}:seq:{parts.pacer_case_id}:{parts.sequence_number}"
            found[key].add(parts.event_name)
    return {key: frozenset(events) for key, events in found.items()}


def stored(store: SqlStore) -> Seen:
    k, e = schema.entry_keys, schema.entries
    with store.reading() as connection:
        rows = connection.execute(
            sa.select(k.c.key, e.c.event_names).join(e, e.c.entry_id == k.c.entry_id)
        ).all()
        entries = connection.scalar(sa.select(sa.func.count()).select_from(e))
    assert entries == len(rows)
    return {key: frozenset(events) for key, events in rows}


def alert_count(store: SqlStore) -> int:
    with store.reading() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(schema.alerts)) or 0


@pytest.mark.parametrize("court", COURTS)
def test_every_entry_is_stored_once_with_every_event(court: str, tmp_path: Path) -> None:
    bodies = list(recorded_bodies(CORPUS / f"snapshots-{court}.tar.xz"))
    store = open_store(f"sqlite:///{tmp_path}/m.db")
    tally = run(store, court, bodies)
    assert stored(store) == truth(court, bodies)
    assert (tally.polls, tally.failed_polls, tally.gaps) == (len(bodies), 0, GAPS[court])
    told = alert_count(store)
    again = run(store, court, bodies)
    assert (again.entries, dict(again.changes)) == (0, {})
    assert alert_count(store) == told


@pytest.mark.parametrize("court", ["dcd", "cadc"])
def test_the_order_of_the_bodies_does_not_matter(court: str, tmp_path: Path) -> None:
    bodies = list(recorded_bodies(CORPUS / f"snapshots-{court}.tar.xz"))
    shuffled = random.Random(7).sample(bodies, len(bodies))
    store = open_store(f"sqlite:///{tmp_path}/m.db")
    run(store, court, shuffled)
    assert stored(store) == truth(court, bodies)
