"""Feed recorded bodies through the real poller; the file name is the clock."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from monitor.decide.policy import Policy
from monitor.errors import ParseError, UsageError
from monitor.match.watchlist import Watchlist, make_watchlist
from monitor.model.outcome import PollOutcome
from monitor.model.reading import Reading
from monitor.model.source import Claim, Source
from monitor.model.watch import EVERYTHING, Watch
from monitor.normalize.docket_number import normalize_docket_number
from monitor.poll import Poller, claim_due
from monitor.ports import Fetched, Request
from monitor.recordings import Recorded, recorded_bodies
from monitor.sources.registry import every_reader
from monitor.store.database import SqlStore

__all__ = ["Recorded", "ReplayReport", "Tally", "recorded_bodies", "run_replay"]


@dataclass
class Tally:
    """What a replay stored, and what would have been told."""

    polls: int = 0
    failed_polls: int = 0
    items: int = 0
    entries: int = 0
    changes: collections.Counter[str] = field(default_factory=collections.Counter)
    alerts: int = 0
    alerts_by_topic: collections.Counter[str] = field(default_factory=collections.Counter)
    gaps: int = 0
    unreadable: int = 0
    #: Which bodies could not be read, and why.
    failures: list[str] = field(default_factory=list)

    def add(self, outcome: PollOutcome) -> None:
        self.polls += 1
        self.failed_polls += bool(outcome.failed)
        self.items += outcome.items_read
        found = outcome.consequences
        kinds = [change.kind for change in found.changes]
        self.changes.update(kinds)
        self.entries += kinds.count("entry_filed")
        self.gaps += kinds.count("gap_opened")
        self.unreadable += len(found.unreadable)
        self.alerts += len(found.alerts)
        self.alerts_by_topic.update(alert.topic for alert in found.alerts)

    def report(self) -> ReplayReport:
        """What came of it, as it is printed."""
        return ReplayReport(
            polls=self.polls,
            failed_polls=self.failed_polls,
            items=self.items,
            entries=self.entries,
            changes=dict(sorted(self.changes.items())),
            alerts=self.alerts,
            alerts_by_topic=dict(sorted(self.alerts_by_topic.items())),
            gaps=self.gaps,
            unreadable=self.unreadable,
            failures=tuple(self.failures),
        )


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """What a replay stored, and what would have been told."""

    polls: int
    failed_polls: int
    items: int
    entries: int
    changes: dict[str, int]
    alerts: int
    alerts_by_topic: dict[str, int]
    gaps: int
    unreadable: int
    failures: tuple[str, ...]


def run_replay(
    bodies: Iterable[Recorded],
    store: SqlStore,
    source: Source,
    watched: Sequence[str],
) -> Tally:
    """Read every body as the daemon would have, at its own time."""
    clock = _Clock()
    poller = Poller(
        fetcher=_NoFetcher(),
        readers={},
        store=store,
        policy=Policy(),
        now=clock.now,
        chance=lambda: 0.5,
    )
    tally = Tally()
    for recorded in bodies:
        clock.at = recorded.at
        if not tally.polls:
            _prepare(store, source, watched, recorded.at)
        outcome = _poll(poller, store, source, recorded)
        tally.add(outcome)
        if outcome.failed:
            tally.failures.append(f"{recorded.at:%Y%m%dT%H%M%SZ}: {outcome.failed}")
    return tally


def _prepare(store: SqlStore, source: Source, watched: Sequence[str], now: datetime) -> None:
    with store.begin() as unit:
        unit.sources.put([source], now)
        for raw in watched:
            number = raw if raw == EVERYTHING else normalize_docket_number(raw)
            unit.watches.put(
                Watch(
                    watch_id=f"replay/{source.court_id}/{number}",
                    case_id=f"replay/{number}",
                    case_label=number if number != EVERYTHING else source.court_id,
                    court_id=source.court_id,
                    docket_number=number,
                    since=now,
                    origin="replay",
                )
            )


def _poll(poller: Poller, store: SqlStore, source: Source, recorded: Recorded) -> PollOutcome:
    lease = timedelta(hours=1).total_seconds()
    with store.begin() as unit:
        watches = unit.watches.all()
        (claim,) = claim_due(unit, recorded.at, 1, lease, ids=[source.source_id])
    watchlist = make_watchlist(watches)
    return poller.conclude(claim, _read(claim, recorded, watchlist), watchlist)


def _read(claim: Claim, recorded: Recorded, watchlist: Watchlist) -> Reading | Exception:
    reader = every_reader()[claim.source.traits.kind]
    try:
        step = reader.read(claim.source, claim.state, watchlist, (Fetched(recorded.body),))
    except ParseError as exc:
        return exc
    if isinstance(step, Request):
        return ParseError("a recorded answer has no next page")
    return step


class _Clock:
    at = datetime(1970, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


class _NoFetcher:
    async def fetch(self, request: Request) -> Fetched:
        raise UsageError("a replay fetches nothing")
