"""Are gaps told truly, and is withdrawn told from rolled off? `make silence`, on real series.

Bodies are left out at random, so that windows do and do not touch. A gap is *true* where no body
that was read can vouch for some time in between: the next window begins after the last one was
built. Entries that the left-out bodies alone showed are *lost*; lost entries without a gap would be
silence that lies, unless the court itself showed them late.
"""

from __future__ import annotations

import html
import os
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from monitor.decide.evidence import Evidence
from monitor.decide.health import judge_source
from monitor.decide.policy import Policy
from monitor.diff.coverage import LOOK_BACK
from monitor.match.watchlist import make_watchlist
from monitor.model.reading import Memory, Reading
from monitor.model.source import Source, SourceState
from monitor.model.watch import EVERYTHING, Watch
from monitor.normalize.dates import parse_feed_time
from monitor.ports import Fetched
from monitor.replay import Recorded, recorded_bodies, run_replay
from monitor.sources.court_rss import COURT_RSS
from monitor.sources.court_rss.feed import read_court_feed
from monitor.sources.court_rss.item import normalize_item
from monitor.sources.court_rss.reader import CourtRssReader
from monitor.store.database import open_store

CORPUS = Path(os.environ.get("MONITOR_CORPUS", "../shared/corpus"))
COURTS = ("dcd", "cadc", "nysd", "ctd", "ca2")
SLACK = timedelta(minutes=1)


@dataclass
class Gaps:
    """What was told, against what is true."""

    steps: int = 0
    true: int = 0
    told: int = 0
    missed: int = 0
    false: int = 0
    #: Entries that no body read showed; told of by a gap; and those that the court showed late.
    lost: int = 0
    lost_in_silence: int = 0
    shown_late: int = 0


@dataclass(frozen=True, slots=True)
class Body:
    recorded: Recorded
    built_at: datetime
    #: The court's own key of each entry -> when it was entered, and its item's guid as printed.
    items: dict[str, datetime]
    guids: dict[str, bytes]


def bodies_of(court: str) -> list[Body]:
    found = []
    for recorded in recorded_bodies(CORPUS / f"snapshots-{court}.tar.xz"):
        feed = read_court_feed(recorded.body)
        built = parse_feed_time(feed.channel.built)
        raw = {html.unescape(g.decode("latin-1")).strip(): g for g in _GUID.findall(recorded.body)}
        items, guids = {}, {}
        for item in feed.items:
            seen = normalize_item(item, court, court)
            if seen.published_at:
                items[seen.entry_keys[0]] = seen.published_at
                guids[seen.entry_keys[0]] = raw.get(item.guid, b"")
        if built is not None:
            found.append(Body(recorded, built, items, guids))
    return sorted(found, key=lambda body: body.recorded.at)


def source_of(court: str) -> Source:
    return Source(f"court:{court}", COURT_RSS, "", timedelta(minutes=15), court_id=court)


def gaps(court: str, bodies: Sequence[Body], rounds: int = 12) -> Gaps:
    """Leave bodies out in ever other ways, and compare each step."""
    tally = Gaps()
    watch = Watch("w", "c", "c", court, EVERYTHING, bodies[0].recorded.at)
    for round_ in range(rounds):
        chance = random.Random(f"{court}/{round_}")
        state = SourceState(bodies[0].recorded.at)
        last: int | None = None
        for place in _kept(len(bodies), chance):
            state, is_told = _read(source_of(court), state, watch, bodies[place])
            if last is not None:
                _count(tally, bodies[last], bodies[last + 1 : place], bodies[place], is_told)
            last = place
    return tally


def _kept(count: int, chance: random.Random) -> Iterator[int]:
    """Mostly one after the other; now and then a hole of up to two days of hourly bodies."""
    place = 0
    while place < count:
        yield place
        place += chance.choice((1, 1, 1, 2, 5, 12, 22, 24, 26, 30, 48))


def _read(source: Source, state: SourceState, watch: Watch, body: Body) -> tuple[SourceState, bool]:
    answer = Fetched(body.recorded.body)
    watchlist = make_watchlist([watch])
    reading = CourtRssReader().read(source, state, watchlist, (answer,))
    assert isinstance(reading, Reading)
    now = body.recorded.at
    evidence = Evidence(source, state, reading, Memory(), watchlist, Policy(), now)
    verdict = judge_source(evidence)
    window = reading.window or state.window
    return replace(verdict.state, window=window), verdict.gap is not None


def _count(tally: Gaps, before: Body, between: Sequence[Body], after: Body, is_told: bool) -> None:
    if after.built_at <= before.built_at:
        return
    is_true = after.built_at - LOOK_BACK > before.built_at + SLACK
    seen = before.items.keys() | after.items.keys()
    lost = {guid: at for body in between for guid, at in body.items.items() if guid not in seen}
    tally.steps += 1
    tally.true += is_true
    tally.told += is_told
    tally.missed += is_true and not is_told
    tally.false += is_told and not is_true
    tally.lost += len(lost)
    if not is_told:
        late = sum(at <= before.built_at for at in lost.values())
        tally.shown_late += late
        tally.lost_in_silence += len(lost) - late


_GUID = re.compile(rb"<guid[^>]*>([^<]*)</guid>")
_ITEM = re.compile(rb"<item>.*?</item>", re.DOTALL)


def without(body: bytes, guids: set[bytes]) -> bytes:
    """The body without these items."""
    return _ITEM.sub(lambda m: b"" if _guid_of(m[0]) in guids else m[0], body)


def _guid_of(item: bytes) -> bytes:
    match = _GUID.search(item)
    return match[1] if match else b""


def withdrawn(court: str, bodies: Sequence[Body], count: int = 40) -> Counter[str]:
    """Remove items from some body on; count what is told as withdrawn, with and without that."""
    chance = random.Random(court)
    found: Counter[str] = Counter()
    found["told though nothing was removed"] = _replayed(court, [b.recorded for b in bodies])[0]
    removed = _removals(bodies, chance, count)
    taken_out = [
        replace(b.recorded, body=without(b.recorded.body, {g for g, at in removed if at <= place}))
        for place, b in enumerate(bodies)
    ]
    told, _ = _replayed(court, taken_out)
    found["removed"] = len(removed)
    found["told of them"] = told - found["told though nothing was removed"]
    return found


def _removals(bodies: Sequence[Body], chance: random.Random, count: int) -> list[tuple[bytes, int]]:
    """(guid, place from which it is gone): shown before, and young enough to be shown there."""
    chosen: dict[bytes, int] = {}
    for _ in range(50 * count):
        place = chance.randrange(1, len(bodies))
        here, before = bodies[place], bodies[place - 1]
        young = [
            key
            for key, at in here.items.items()
            if key in before.items and at > min(here.items.values()) + timedelta(hours=1)
        ]
        if young and len(chosen) < count:
            guid = here.guids[chance.choice(sorted(young))]
            chosen.setdefault(guid, place) if guid else None
    return list(chosen.items())


def _replayed(court: str, bodies: Sequence[Recorded]) -> tuple[int, int]:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/m.db")
        tally = run_replay(bodies, store, source_of(court), [EVERYTHING])
        store.close()
    return tally.changes["entry_withdrawn"], tally.polls


def main() -> None:
    if not (CORPUS / "snapshots-dcd.tar.xz").exists():
        print(f"no series at {CORPUS}: set MONITOR_CORPUS")
        return
    print(
        f"{'court':6}{'steps':>7}{'gaps':>6}{'told':>6}{'missed':>8}{'false':>7}"
        f"{'lost':>7}{'in silence':>12}{'shown late':>12}"
    )
    series = {court: bodies_of(court) for court in COURTS}
    for court, bodies in series.items():
        g = gaps(court, bodies)
        print(
            f"{court:6}{g.steps:7}{g.true:6}{g.told:6}{g.missed:8}{g.false:7}{g.lost:7}"
            f"{g.lost_in_silence:12}{g.shown_late:12}"
        )
    for court, bodies in series.items():
        counts = withdrawn(court, bodies)
        print(f"{court:6}" + ", ".join(f"{words}: {n}" for words, n in counts.items()))


if __name__ == "__main__":
    main()
