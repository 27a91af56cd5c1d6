"""One poll: read a source, compare with what is known, and commit what follows.

`decide` is pure and judges; `Poller` wires and does not judge. Everything that follows from a
poll is one `PollOutcome`, committed in one transaction with the validators that vouch for it.

    claim -> fetch -> read -> recall -> decide -> save
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.classify.kinds import classify, weightiest
from monitor.diff.coverage import find_gap
from monitor.diff.docket import filed, merge_docket, merge_entry, new_entry, words_hash
from monitor.diff.join import EntryIndex, find_entry, make_index
from monitor.errors import FetchError, ParseError, SourceRefused, SourceUnreachable
from monitor.match.news import match_story
from monitor.match.sieve import DocketSieve, make_sieve
from monitor.model.alert import Alert
from monitor.model.change import (
    Change,
    CoverageChanged,
    EntryRevised,
    GapOpened,
    Reassigned,
    Reopened,
    SourceRecovered,
    SourceUnhealthy,
    StoryPublished,
    Terminated,
    TextFilledIn,
)
from monitor.model.court import court
from monitor.model.docket import Docket, DocketEntry, Sighting
from monitor.model.outcome import LoggedChange, PollOutcome, StoredSighting, StoredStory
from monitor.model.source import Claim, Source, SourceKind, SourceState
from monitor.model.watch import NewsTerms, Watch
from monitor.normalize.dates import court_day
from monitor.ports import Clock, Fetched, Fetcher, Memory, NotModified, Reader, Reading, Store, Unit
from monitor.route import compose
from monitor.schedule import next_poll, next_poll_after_failure

log = logging.getLogger(__name__)

#: How many entries a "now watching" message lists.
LATEST = 10
#: A source that needs more requests than this for one poll goes on at the next one.
MOST_REQUESTS = 12


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator decides about judging."""

    unhealthy_after: int = 3
    news_terms: tuple[NewsTerms, ...] = ()
    #: Watches for which a complete source will be read: their "now watching" can wait for it.
    patient_watches: frozenset[str] = frozenset()


@dataclass
class _Findings:
    """What a reading changes, gathered entry by entry."""

    index: EntryIndex
    dockets: dict[str, Docket]
    sightings: list[StoredSighting] = field(default_factory=list)
    before: dict[str, DocketEntry | None] = field(default_factory=dict)
    changes: dict[str, list[Change]] = field(default_factory=dict)
    docket_changes: list[Change] = field(default_factory=list)
    changed_dockets: set[str] = field(default_factory=set)


def decide(
    claim: Claim,
    reading: Reading,
    memory: Memory,
    sieve: DocketSieve,
    policy: Policy,
    now: datetime,
    chance: float = 0.5,
) -> PollOutcome:
    """Compare what was read with what was known; say all that follows."""
    source, state = claim.source, claim.state
    found = _compare(source, reading, memory, now)
    watches = _watches_of_source(source, sieve)
    fresh_watches = [watch for watch in watches if watch.watch_id not in memory.baselines]
    baselines = tuple(watch.watch_id for watch in fresh_watches) if reading.window else ()
    told = _told_now(source, reading, found, sieve, fresh_watches, policy, now)
    source_changes, source_alerts, next_state = _judge_source(
        source, state, reading, watches, policy, now
    )
    stories, story_changes, story_alerts = _judge_stories(
        source, state, reading, memory, policy, now
    )
    entry_changes = [change for changes in found.changes.values() for change in changes]
    every_change = (*entry_changes, *found.docket_changes, *story_changes, *source_changes)
    return PollOutcome(
        source_id=source.source_id,
        lease=claim.lease,
        state=replace(
            next_state,
            next_due_at=next_poll(now, source.every, chance),
            window=reading.window or state.window,
        ),
        window_changed=reading.window is not None,
        dockets=tuple(found.dockets[name] for name in sorted(found.changed_dockets)),
        entries=tuple(found.index.by_id[entry_id] for entry_id in found.changes),
        sightings=tuple(found.sightings),
        stories=stories,
        unreadable=reading.unreadable,
        changes=tuple(LoggedChange(change, now) for change in every_change),
        alerts=(
            *(alert for _, alert in told),
            *_entry_alerts(source, found, sieve, memory.baselines, now),
            *_docket_alerts(source, found, sieve, now),
            *story_alerts,
            *source_alerts,
        ),
        baselines=baselines,
        told_watches=tuple(watch.watch_id for watch, _ in told),
        items_read=len(reading.sightings) + len(reading.stories) + len(reading.unreadable),
    )


def decide_after_failure(
    claim: Claim,
    error: Exception,
    sieve: DocketSieve,
    policy: Policy,
    now: datetime,
    chance: float = 0.5,
) -> PollOutcome:
    """Remember that a source failed us, and when to ask again. Nothing it showed is touched."""
    source, state = claim.source, claim.state
    failures = state.failures + 1
    reason = getattr(error, "reason", None) or str(error) or type(error).__name__
    due = next_poll_after_failure(
        now,
        source.every,
        failures,
        chance,
        retry_after=getattr(error, "retry_after", None),
        refused=isinstance(error, SourceRefused),
    )
    next_state = replace(
        state, next_due_at=due, last_polled_at=now, failures=failures, last_error=reason
    )
    changes: tuple[Change, ...] = ()
    alerts: tuple[Alert, ...] = ()
    if failures >= policy.unhealthy_after and state.unhealthy_since is None:
        next_state = replace(next_state, unhealthy_since=now)
        changes = (SourceUnhealthy(source.source_id, reason),)
        watches = _watches_of_source(source, sieve)
        alerts = (_unhealthy(source, reason, now, watches, state),)
    return PollOutcome(
        source_id=source.source_id,
        lease=claim.lease,
        state=next_state,
        changes=tuple(LoggedChange(change, now) for change in changes),
        alerts=alerts,
        failed=reason,
    )


def fresh_sightings(
    sightings: Iterable[Sighting], known: Mapping[str, tuple[str, str]]
) -> list[Sighting]:
    """Those whose words are new to us, each once."""
    fresh: dict[tuple[str, str], Sighting] = {}
    for seen in sightings:
        words = words_hash(seen)
        if known.get(seen.sighting_key, ("", ""))[1] != words:
            fresh.setdefault((seen.sighting_key, words), seen)
    return list(fresh.values())


# --- entries and dockets -------------------------------------------------------------------


def _compare(source: Source, reading: Reading, memory: Memory, now: datetime) -> _Findings:
    found = _Findings(make_index(memory.entries), dict(memory.dockets))
    for docket in (*_dockets_named(reading, now), *reading.dockets):
        _remember_docket(found, docket, source.source_id)
    # Feeds print the newest first; a docket sheet reads the other way.
    for seen in reversed(fresh_sightings(reading.sightings, memory.sightings)):
        _remember_sighting(found, seen, now)
    return found


def _dockets_named(reading: Reading, now: datetime) -> list[Docket]:
    named: dict[str, Docket] = {}
    for seen in reading.sightings:
        named.setdefault(
            seen.docket_id,
            Docket(
                docket_id=seen.docket_id,
                court_id=seen.court_id,
                docket_number=seen.docket_number,
                case_name=seen.case_name,
                case_name_at=now,
                cl_docket_id=seen.cl_docket_id,
            ),
        )
    return list(named.values())


def _remember_docket(found: _Findings, seen: Docket, source_id: str) -> None:
    known = found.dockets.get(seen.docket_id)
    merged, changes = merge_docket(known, seen, source_id)
    found.docket_changes += changes
    if known is None or replace(merged, case_name_at=known.case_name_at) != known:
        found.dockets[seen.docket_id] = merged
        found.changed_dockets.add(seen.docket_id)


def _remember_sighting(found: _Findings, seen: Sighting, now: datetime) -> None:
    known, rival = find_entry(found.index, seen)
    if known is None:
        entry = new_entry(seen, now, rival)
        changes: tuple[Change, ...] = (filed(entry, seen.source_id),)
    else:
        entry, changes = merge_entry(known, seen)
    found.sightings.append(StoredSighting(seen, entry.entry_id, words_hash(seen), now))
    if known is None or entry != known:
        # What further items of this poll add to a new entry is part of its filing.
        is_new = found.before.setdefault(entry.entry_id, known) is None
        if known is None or not is_new:
            found.changes.setdefault(entry.entry_id, []).extend(changes)
        found.index.put(entry)


# --- what is told --------------------------------------------------------------------------


def _watches_of_source(source: Source, sieve: DocketSieve) -> tuple[Watch, ...]:
    if source.kind is SourceKind.COURT_RSS:
        return sieve.watches_of_court(source.court_id)
    if source.docket_number:
        return sieve.watches_of(source.court_id, source.docket_number)
    return ()


def _entry_alerts(
    source: Source,
    found: _Findings,
    sieve: DocketSieve,
    baselines: frozenset[str],
    now: datetime,
) -> list[Alert]:
    """One alert per filing and case; a filing on several dockets of a case is named once."""
    filings: dict[tuple[str, str], list[tuple[DocketEntry, Docket]]] = {}
    speaking: dict[str, Watch] = {}
    amended: list[Alert] = []
    for entry_id, changes in found.changes.items():
        entry = found.index.by_id[entry_id]
        docket = found.dockets[entry.docket_id]
        for watch in _one_per_case(sieve.watches_of(docket.court_id, docket.docket_number)):
            if found.before[entry_id] is None:
                if watch.watch_id in baselines or _is_after(entry, docket, watch.since):
                    key = (watch.case_id, compose.filing_key(entry))
                    filings.setdefault(key, []).append((entry, docket))
                    speaking.setdefault(watch.case_id, watch)
            elif spoken := [c for c in changes if _is_spoken(c)]:
                kind = classify(entry.event_names, entry.text)
                headline = headline_of(entry)
                amended.append(
                    compose.amended_alert(watch, entry, docket, kind, headline, source, spoken, now)
                )
    return [
        *(
            _filed(speaking[case_id], entries, source, now)
            for (case_id, _), entries in filings.items()
        ),
        *amended,
    ]


def _filed(
    watch: Watch, entries: list[tuple[DocketEntry, Docket]], source: Source, now: datetime
) -> Alert:
    entry = entries[0][0]
    kind = classify(entry.event_names, entry.text)
    return compose.filed_alert(watch, entries, kind, headline_of(entry), source, now)


def headline_of(entry: DocketEntry) -> str:
    """The entry in a few words: its weightiest event, else the head of its text."""
    event = weightiest(entry.event_names).strip(" .~")
    if event:
        return event
    words = entry.text.split()
    return " ".join(words[:14]) + (" …" if len(words) > 14 else "") or "Entry without words"


def _is_spoken(change: Change) -> bool:
    """Whether a change to a known entry is worth a message. All of them are logged."""
    if isinstance(change, TextFilledIn):
        return True
    return isinstance(change, EntryRevised) and change.field in {"event_names", "text"}


def _one_per_case(watches: Sequence[Watch]) -> list[Watch]:
    return list({watch.case_id: watch for watch in reversed(watches)}.values())


def _is_after(entry: DocketEntry, docket: Docket, since: datetime) -> bool:
    """Filed after the watch began: news, though the source is read for the first time."""
    if entry.published_at is not None:
        return entry.published_at > since
    zone = court(docket.court_id).timezone
    return entry.date_filed is not None and entry.date_filed > court_day(since, zone)


def _told_now(
    source: Source,
    reading: Reading,
    found: _Findings,
    sieve: DocketSieve,
    fresh: Sequence[Watch],
    policy: Policy,
    now: datetime,
) -> list[tuple[Watch, Alert]]:
    """The "now watching" messages that this reading, as a first one, gives reason for."""
    if reading.window is None:
        return []
    told = []
    for watch in fresh:
        shown = _latest_entries(found, sieve, watch)
        if watch.told_at or (not shown and _will_know_more(source, watch, policy)):
            continue
        headlines = {entry.entry_id: headline_of(entry) for entry, _ in shown}
        told.append((watch, compose.now_watching_alert(watch, shown, headlines, source, now)))
    return told


def _will_know_more(source: Source, watch: Watch, policy: Policy) -> bool:
    return source.kind is SourceKind.COURT_RSS and watch.watch_id in policy.patient_watches


def _latest_entries(
    found: _Findings, sieve: DocketSieve, watch: Watch
) -> list[tuple[DocketEntry, Docket]]:
    shown = []
    for entry in found.index.by_id.values():
        docket = found.dockets.get(entry.docket_id)
        if docket and watch in sieve.watches_of(docket.court_id, docket.docket_number):
            shown.append((entry, docket))
    shown.sort(key=lambda pair: _recency(pair[0]), reverse=True)
    return shown[:LATEST]


def _recency(entry: DocketEntry) -> tuple[str, str, int]:
    day = entry.date_filed.isoformat() if entry.date_filed else ""
    at = entry.published_at.isoformat() if entry.published_at else ""
    return day, at, entry.entry_number or 0


def _docket_alerts(
    source: Source, found: _Findings, sieve: DocketSieve, now: datetime
) -> list[Alert]:
    alerts = []
    for change in found.docket_changes:
        if not isinstance(change, Terminated | Reopened | Reassigned):
            continue
        docket = found.dockets[change.docket_id]
        watches = _one_per_case(sieve.watches_of(docket.court_id, docket.docket_number))
        alerts += [compose.docket_alert(w, docket, change, source, now) for w in watches]
    return alerts


# --- news ----------------------------------------------------------------------------------


def _judge_stories(
    source: Source,
    state: SourceState,
    reading: Reading,
    memory: Memory,
    policy: Policy,
    now: datetime,
) -> tuple[tuple[StoredStory, ...], list[Change], list[Alert]]:
    """Stories about a case are kept; those of a first reading are not told."""
    labels = {terms.case_id: terms.case_label for terms in policy.news_terms}
    stories: dict[str, StoredStory] = {}
    changes: list[Change] = []
    alerts: list[Alert] = []
    for item in reversed(reading.stories):
        if item.item_key in memory.stories or item.item_key in stories:
            continue
        matches = match_story(item, policy.news_terms)
        if not matches:
            continue
        stories[item.item_key] = StoredStory(item, matches, now)
        for match in matches:
            changes.append(StoryPublished(source.source_id, item.item_key, match.case_id))
            if state.last_good_at is not None:
                label = labels[match.case_id]
                alerts.append(compose.news_alert(item, match, label, source, now))
    return tuple(stories.values()), changes, alerts


# --- the source itself ---------------------------------------------------------------------


def _judge_source(
    source: Source,
    state: SourceState,
    reading: Reading,
    watches: Sequence[Watch],
    policy: Policy,
    now: datetime,
) -> tuple[list[Change], list[Alert], SourceState]:
    """What a good answer says about the source: a gap, other coverage, health."""
    changes: list[Change] = []
    alerts: list[Alert] = []
    gap = _gap(source, state, reading, now)
    if gap:
        changes.append(gap)
        alerts.append(compose.gap_alert(source, gap, watches, now))
    before, after = state.window.description, reading.description
    if before and after and before != after:
        changes.append(CoverageChanged(source.source_id, before, after))
        alerts.append(
            compose.health_alert(
                source,
                "coverage_changed",
                f"it carried “{before}” and now carries “{after}”",
                now,
                watches,
                now,
            )
        )
    unhealthy_since = state.unhealthy_since
    if reading.complaint and unhealthy_since is None:
        unhealthy_since = now
        changes.append(SourceUnhealthy(source.source_id, reading.complaint))
        alerts.append(_unhealthy(source, reading.complaint, now, watches, state))
    elif unhealthy_since and not reading.complaint:
        changes.append(SourceRecovered(source.source_id, state.last_error))
        alerts.append(
            compose.health_alert(
                source, "source_recovered", state.last_error, unhealthy_since, watches, now
            )
        )
        unhealthy_since = None
    next_state = replace(
        state,
        last_polled_at=now,
        last_good_at=now,
        failures=0,
        last_error=reading.complaint,
        unhealthy_since=unhealthy_since,
        etag=reading.etag,
        last_modified=reading.last_modified,
        cursor=reading.cursor or state.cursor,
        # Never backward: a court shows two build times, seconds apart, for one build.
        built_at=_later(reading.built_at, state.built_at),
        covered_since=(gap.until_at if gap else state.covered_since) or _covers_from(source, now),
        covered_until=_later(reading.built_at or now, state.covered_until),
    )
    return changes, alerts, next_state


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else one or other


def _gap(source: Source, state: SourceState, reading: Reading, now: datetime) -> GapOpened | None:
    if source.kind is not SourceKind.COURT_RSS:
        return None
    return find_gap(
        source.source_id,
        state,
        reading.built_at or now,
        total=reading.total,
        shared=reading.shared,
        oldest_at=reading.oldest_at,
    )


def _covers_from(source: Source, now: datetime) -> datetime:
    return now - timedelta(hours=24) if source.kind is SourceKind.COURT_RSS else now


def _unhealthy(
    source: Source, reason: str, now: datetime, watches: Sequence[Watch], state: SourceState
) -> Alert:
    last_good = state.last_good_at.isoformat() if state.last_good_at else ""
    return compose.health_alert(
        source, "source_unhealthy", reason, now, watches, now, last_good_at=last_good
    )


# --- the wires -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Poller:
    """Reads one source at a time and commits what `decide` says. Does not judge."""

    fetcher: Fetcher
    readers: Mapping[SourceKind, Reader]
    store: Store
    policy: Policy
    now: Clock
    chance: Callable[[], float]
    #: Runs the blocking part; the daemon gives one thread, so that the store has one writer.
    run: Callable[..., asyncio.Future[PollOutcome]] | None = None
    total_seconds: float = 90.0

    async def poll(self, claim: Claim, watches: Sequence[Watch]) -> PollOutcome:
        """Poll one claimed source. Raises LeaseLost where another worker took it over."""
        sieve = make_sieve(watches)
        answer = await self.read(claim, sieve)
        if self.run is None:
            return self.conclude(claim, answer, sieve)
        return await self.run(self.conclude, claim, answer, sieve)

    async def read(self, claim: Claim, sieve: DocketSieve) -> Reading | Exception:
        """What the source says, or why it cannot be read."""
        try:
            # A server that drips one byte a second defeats read timeouts.
            async with asyncio.timeout(self.total_seconds):
                return await self._ask(claim, sieve)
        except TimeoutError:
            reason = f"no whole answer within {self.total_seconds:g} seconds"
            return SourceUnreachable(claim.source.url, reason)
        except (FetchError, ParseError) as exc:
            return exc

    async def _ask(self, claim: Claim, sieve: DocketSieve) -> Reading:
        reader = self.readers[claim.source.kind]
        request = reader.first_request(claim.source, claim.state)
        answers: list[Fetched] = []
        for _ in range(MOST_REQUESTS):
            answer = await self.fetcher.fetch(request)
            if isinstance(answer, NotModified):
                state = claim.state
                return Reading(etag=state.etag, last_modified=state.last_modified)
            answers.append(answer)
            step = await asyncio.to_thread(
                reader.read, claim.source, claim.state, sieve, tuple(answers)
            )
            if isinstance(step, Reading):
                return step
            request = step
        raise ParseError(f"it wants more than {MOST_REQUESTS} requests for one poll")

    def conclude(
        self, claim: Claim, answer: Reading | Exception, sieve: DocketSieve
    ) -> PollOutcome:
        """Compare, decide and commit, in one transaction."""
        now = self.now()
        chance = self.chance()
        with self.store.begin() as unit:
            if isinstance(answer, Reading):
                memory = _recall(unit, claim.source.source_id, answer)
                outcome = decide(claim, answer, memory, sieve, self.policy, now, chance)
            else:
                outcome = decide_after_failure(claim, answer, sieve, self.policy, now, chance)
            unit.save(outcome)
        _log_poll(claim.source, outcome)
        return outcome


def _recall(unit: Unit, source_id: str, reading: Reading) -> Memory:
    """What is known that this reading must be compared with: nothing, where it says nothing."""
    if reading.window is None and not reading.sightings and not reading.stories:
        return Memory(dockets=unit.known_dockets([d.docket_id for d in reading.dockets]))
    seen = reading.sightings
    known = unit.known_sightings(source_id, [sighting.sighting_key for sighting in seen])
    docket_ids = {s.docket_id for s in seen} | {d.docket_id for d in reading.dockets}
    entries = unit.entries_like(fresh_sightings(seen, known))
    return Memory(
        sightings=known,
        entries=tuple(entries),
        dockets=unit.known_dockets(docket_ids | {entry.docket_id for entry in entries}),
        baselines=unit.baselines(source_id),
        stories=unit.known_stories(source_id, [story.item_key for story in reading.stories]),
    )


def _log_poll(source: Source, outcome: PollOutcome) -> None:
    level = logging.WARNING if outcome.failed else logging.INFO
    fields = {
        "source_id": source.source_id,
        "items": outcome.items_read,
        "entries": len(outcome.entries),
        "alerts": len(outcome.alerts),
        "failed": outcome.failed,
    }
    log.log(level, "polled", extra=fields)
