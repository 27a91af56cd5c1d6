"""What is known that a reading must be compared with: asked of the store, in few questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from monitor.decide.compare import fresh_sightings
from monitor.decide.news import ACTS_MEMORY, STORY_MEMORY, story_keys
from monitor.decide.outage import away_since
from monitor.decide.policy import Policy
from monitor.decide.quota import may_ask_at
from monitor.match.watchlist import Watchlist
from monitor.model.docket import DocketEntry, Sighting
from monitor.model.quota import LookUp, Priority, Purpose
from monitor.model.reading import KnownSighting, Memory, Reading
from monitor.model.source import Claim
from monitor.ports import PollUnit


def recall(
    unit: PollUnit,
    claim: Claim,
    reading: Reading,
    watchlist: Watchlist,
    policy: Policy,
    now: datetime,
) -> Memory:
    """What is known that this reading must be compared with: nothing, where it says nothing."""
    source, source_id = claim.source, claim.source.source_id
    look_ups = unit.quota.look_ups_of(source_id) if source.traits.answers_look_ups else ()
    if _is_silent(reading) and not look_ups and not away_since(source, claim.state, now):
        return Memory(dockets=unit.entries.met_dockets([d.docket_id for d in reading.dockets]))
    baselines = unit.watches.baselines(source_id)
    known = unit.entries.known(source_id, _keys(reading))
    fresh = fresh_sightings(reading.sightings, known)
    is_first = any(w.watch_id not in baselines for w in watchlist.watches_of_source(source))
    # What a new watch is told as its latest entries may be known from before.
    like = reading.sightings if is_first else fresh
    entries = _entries(unit, reading, like, _named(reading, known, look_ups), now)
    docket_ids = {s.docket_id for s in reading.sightings} | {d.docket_id for d in reading.dockets}
    return Memory(
        known=known,
        entries=tuple(entries),
        sightings=tuple(unit.entries.sightings_of(entries)),
        dockets=unit.entries.met_dockets(docket_ids | {entry.docket_id for entry in entries}),
        first_alerts=unit.outbox.first_alerts([entry.entry_id for entry in entries]),
        baselines=baselines,
        look_ups=tuple(look_ups),
        gaps=tuple(unit.quota.open_gaps(_gaps_asked_for(look_ups))),
        stories=unit.stories.known(
            source_id, [key for story in reading.stories for key in story_keys(story)]
        ),
        unreadable=unit.sources.unreadable(source_id, {o.raw_hash for o in reading.unreadable}),
        recent_stories=tuple(unit.stories.recent(now - STORY_MEMORY)) if reading.stories else (),
        text_askable_at=_text_askable_at(unit, fresh, policy, now),
    )


def _is_silent(reading: Reading) -> bool:
    says_nothing = not (reading.sightings or reading.stories or reading.unreadable)
    return reading.window is None and says_nothing


def _entries(
    unit: PollUnit, reading: Reading, like: Sequence[Sighting], names: set[str], now: datetime
) -> list[DocketEntry]:
    """Entries that the sightings may be of, that a story may be about, and that are named."""
    entries = list(unit.entries.like(like))
    if reading.stories:
        entries += unit.entries.recent((now - ACTS_MEMORY).date())
    return [*entries, *_others(unit, entries, names)]


def _keys(reading: Reading) -> list[str]:
    """What is shown; where something vanished from the window, that, and all still in it."""
    keys = [seen.sighting_key for seen in reading.sightings]
    if reading.vanished and reading.window is not None:
        keys += [*reading.vanished, *(item.sighting_key for item in reading.window.shown)]
    return keys


def _named(
    reading: Reading, known: Mapping[str, KnownSighting], look_ups: Sequence[LookUp]
) -> set[str]:
    """Entries that are spoken of without being shown."""
    # What is known and shown again may have been withdrawn meanwhile.
    keys = [*reading.vanished, *(seen.sighting_key for seen in reading.sightings)]
    spoken_of = {known[key].entry_id for key in keys if key in known}
    return spoken_of | {one.subject for one in look_ups if one.purpose is Purpose.TEXT}


def _gaps_asked_for(look_ups: Sequence[LookUp]) -> set[str]:
    return {one.subject for one in look_ups if one.purpose is Purpose.GAP}


def _others(
    unit: PollUnit, entries: Sequence[DocketEntry], names: set[str]
) -> Sequence[DocketEntry]:
    here = {entry.entry_id for entry in entries}
    return unit.entries.by_id(names - here) if names - here else ()


def _text_askable_at(
    unit: PollUnit, fresh: Sequence[Sighting], policy: Policy, now: datetime
) -> datetime | None:
    """When CourtListener could be asked for the text of what comes without one."""
    if not policy.has_api or all(seen.text for seen in fresh):
        return None
    return may_ask_at(unit.quota.spent(now), Priority.TEXT, now)
