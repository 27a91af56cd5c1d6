"""Law 4: the same sightings in any order, in any polls, leave the same entries and alerts."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.decide.compare import compare
from monitor.decide.evidence import Evidence
from monitor.decide.filings import tell_filings
from monitor.decide.policy import Policy
from monitor.diff.join import join
from monitor.match.watchlist import make_watchlist
from monitor.model.docket import Docket, DocketEntry, Sighting
from monitor.model.outcome import StoredSighting
from monitor.model.reading import KnownSighting, Memory, Reading
from monitor.model.source import Source, SourceState
from monitor.model.watch import Watch
from monitor.sources.court_rss import COURT_RSS
from tests.feeds import NOON
from tests.joins import Timeline, Truth, views

FIRST = date(2026, 3, 4)
TOLD = Memory(baselines=frozenset("w"))
WATCH = Watch("w", "case", "A v. B", "dcd", "1:25-cv-00457", NOON - timedelta(days=400))
#: What clerks call it, and how the text begins.
FILINGS = (
    ("Order", "ORDER. The parties shall file a joint status report by"),
    ("Order on Motion to Stay", "ORDER denying Motion to Stay. The Court finds"),
    (".Order", "MINUTE ORDER granting leave to file a surreply of"),
    ("Notice of Appearance", "NOTICE of Appearance by attorney"),
    ("Motion for Preliminary Injunction", "MOTION for Preliminary Injunction by plaintiff"),
    ("Set/Reset Deadlines", "Set/Reset Deadlines: response due by"),
    ("Notice of Appeal to DC Circuit Court", "NOTICE OF APPEAL TO DC CIRCUIT COURT as to order"),
    ("Memorandum & Opinion", "MEMORANDUM OPINION. Signed on"),
)


#: Those of which none is told by another one's words.
DISTINCT = tuple(filing for filing in FILINGS if filing[0] not in {"Order", ".Order"})


@st.composite
def dockets(draw: st.DrawFn, repeats: bool) -> Timeline:
    """A docket of up to eight entries within a few days; `repeats`: the same event twice a day."""
    filings = st.sampled_from(FILINGS if repeats else DISTINCT)
    kinds = draw(st.lists(filings, min_size=1, max_size=8, unique=not repeats))
    entries: list[dict[str, Any]] = []
    day = FIRST
    for place, (event, text) in enumerate(kinds):
        day += timedelta(days=draw(st.integers(0, 2)))
        has_number, has_document = draw(st.booleans()), draw(st.booleans())
        entries.append(
            {
                "date_filed": day.isoformat(),
                "date_entered": day.isoformat(),
                "entry_number": str(place + 1) if has_number else None,
                "text": f"{text} no. {place}",
                "short_text": event,
                "pacer_doc_id": f"0450{place:07}" if has_number and has_document else None,
                "pacer_seq_no": str(10 + place),
            }
        )
    return Timeline("dcd", "1:25-cv-00457", tuple(entries))


@dataclass
class Remembered:
    """What a store would hold."""

    entries: dict[str, DocketEntry] = field(default_factory=dict)
    sightings: dict[tuple[str, str], StoredSighting] = field(default_factory=dict)
    dockets: dict[str, Docket] = field(default_factory=dict)
    filed: set[str] = field(default_factory=set)
    at: datetime = NOON

    def read(self, source_id: str, seen: Sequence[Sighting]) -> bool:
        """One poll; whether it changed anything."""
        self.at += timedelta(minutes=10)
        known = {
            key: KnownSighting(v.entry_id, v.words_hash)
            for (src, key), v in self.sightings.items()
            if src == source_id
        }
        live = [entry for entry in self.entries.values() if not entry.merged_into]
        stored = tuple(sorted(self.sightings.values(), key=lambda v: v.seen_at))
        memory = Memory(known, tuple(live), stored, self.dockets)
        reading = Reading(tuple(seen))
        found = compare(source_id, reading, memory, self.at)
        source = Source(source_id, COURT_RSS, "", timedelta(minutes=10), court_id="dcd")
        evidence = Evidence(
            source, SourceState(NOON), reading, TOLD, make_watchlist([WATCH]), Policy(), self.at
        )
        for alert in tell_filings(evidence, found):
            self.filed |= {alert.alert_id} if alert.topic == "filed" else set()
        self.dockets = dict(found.dockets)
        self.entries |= {name: found.entries[name] for name in found.before}
        for view in found.sightings:
            self.sightings[view.sighting.source_id, view.sighting.sighting_key] = view
        return bool(found.before or found.sightings)

    def told(self) -> set[tuple[Any, ...]]:
        """The entries, without what depends on when we came."""
        return {
            (
                frozenset(k for (_, k), v in self.sightings.items() if v.entry_id == e.entry_id),
                e.docket_id, e.entry_number, frozenset(e.event_names), e.text, e.date_filed,
                frozenset(e.keys), frozenset(d.document_id for d in e.documents),
            )
            for e in self.entries.values()
            if not e.merged_into
        }  # fmt: skip


def read_in_polls(truths: Iterable[Truth], chance: random.Random) -> Remembered:
    """Shuffled, cut into polls, some of them twice. A row's text never comes before its stub."""
    seen = [truth.seen for truth in truths]
    chance.shuffle(seen)
    seen = _stubs_first(seen)
    remembered = Remembered()
    for one in seen:
        remembered.read(one.source_id, [one])
        if chance.random() < 0.2:
            assert not remembered.read(one.source_id, [one])
    return remembered


def _stubs_first(seen: list[Sighting]) -> list[Sighting]:
    """Within one source a view is replaced by its newer words, never by its older ones."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, one in enumerate(seen):
        places.setdefault((one.source_id, one.sighting_key), []).append(place)
    ordered = list(seen)
    for some in places.values():
        mine = sorted((seen[place] for place in some), key=lambda one: len(one.text))
        for place, one in zip(some, mine, strict=True):
            ordered[place] = one
    return ordered


def is_duplicate_row(seen: Sighting) -> bool:
    return seen.sighting_key.removeprefix("cl:") >= "5000" and seen.source_id == "cl:entries"


def last_views(truths: Iterable[Truth]) -> list[Truth]:
    last: dict[tuple[str, str], Truth] = {}
    for truth in sorted(truths, key=lambda truth: len(truth.seen.text)):
        last[truth.seen.source_id, truth.seen.sighting_key] = truth
    return list(last.values())


@given(dockets(repeats=True), st.integers(0, 10**6), st.integers(0, 10**6))
@settings(max_examples=150, deadline=None)
def test_any_order_leaves_the_same_entries(docket: Timeline, one: int, other: int) -> None:
    truths = list(views(docket, random.Random(one)))
    first = read_in_polls(truths, random.Random(one))
    second = read_in_polls(truths, random.Random(other))
    assert first.told() == second.told()


@given(dockets(repeats=True), st.integers(0, 10**6))
@settings(max_examples=100, deadline=None)
def test_polls_leave_what_the_views_say_together(docket: Timeline, seed: int) -> None:
    truths = last_views(views(docket, random.Random(seed)))
    remembered = read_in_polls(truths, random.Random(seed))
    joined = {
        frozenset(truths[place].seen.sighting_key for place in some)
        for some in join([truth.seen for truth in truths]).groups
    }
    assert {entry[0] for entry in remembered.told()} == joined


@given(dockets(repeats=False), st.integers(0, 10**6), st.integers(0, 10**6))
@settings(max_examples=150, deadline=None)
def test_any_order_tells_each_filing_once(docket: Timeline, one: int, other: int) -> None:
    """Where every filing of a day has its own words, nothing is told twice on the way.

    CourtListener's second row of a minute entry is told as a possible duplicate while only one of
    the two rows has its text: it may be a second order.
    """
    truths = [t for t in views(docket, random.Random(one)) if not is_duplicate_row(t.seen)]
    remembered = read_in_polls(truths, random.Random(other))
    real = len({truth.real for truth in truths})
    assert len(remembered.told()) == real
    assert len(remembered.filed) == real


@given(dockets(repeats=True), st.integers(0, 10**6))
@settings(max_examples=150, deadline=None)
def test_no_entry_holds_two_filings_that_the_court_tells_apart(docket: Timeline, seed: int) -> None:
    truths = [t for t in views(docket, random.Random(seed)) if t.seen.source_id == "court"]
    remembered = read_in_polls(truths, random.Random(seed))
    assert len(remembered.told()) == len({truth.real for truth in truths})


def test_two_entries_that_turn_out_to_be_one_become_the_older_one() -> None:
    def seen(source: str, key: str, **more: Any) -> Sighting:
        return Sighting(source, key, "dcd", "1:25-cv-00457", date_filed=FIRST, **more)

    remembered = Remembered()
    remembered.read("court", [seen("court", "g", entry_keys=("dcd:seq:1:5",), event_name="Order")])
    row = seen("cl", "cl:9", entry_keys=("cl:9",), text="Something the clerk words otherwise")
    remembered.read("cl", [row])
    assert len(remembered.told()) == 2
    remembered.read("cl", [replace(row, entry_keys=("dcd:seq:1:5", "cl:9"))])
    (entry,) = remembered.told()
    assert entry[4] == "Something the clerk words otherwise"
    assert sum(bool(e.merged_into) for e in remembered.entries.values()) == 1
