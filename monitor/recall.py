"""What is known that a reading must be compared with: asked of the store, in few questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from monitor.decide.compare import fresh_sightings
from monitor.decide.filings import watches_of_source
from monitor.decide.news import ACTS_MEMORY, PRESS_MEMORY
from monitor.decide.outage import away_since
from monitor.match.watchlist import DocketSieve
from monitor.model.docket import DocketEntry
from monitor.model.quota import Want
from monitor.model.source import Claim, SourceKind
from monitor.ports import Memory, Reading, Unit


def recall(unit: Unit, claim: Claim, reading: Reading, sieve: DocketSieve, now: datetime) -> Memory:
    """What is known that this reading must be compared with: nothing, where it says nothing."""
    source, source_id = claim.source, claim.source.source_id
    is_silent = reading.window is None and not reading.sightings and not reading.stories
    if is_silent and not away_since(source, claim.state, now):
        return Memory(dockets=unit.known_dockets([d.docket_id for d in reading.dockets]))
    seen, baselines = reading.sightings, unit.baselines(source_id)
    keys = [sighting.sighting_key for sighting in seen]
    known = unit.known_sightings(source_id, [*keys, *_keys_in_question(reading)])
    docket_ids = {s.docket_id for s in seen} | {d.docket_id for d in reading.dockets}
    is_first = any(w.watch_id not in baselines for w in watches_of_source(source, sieve))
    # What a new watch is told as its latest entries may be known from before.
    entries = list(unit.entries_like(seen if is_first else fresh_sightings(seen, known)))
    wants = unit.wants_of(source_id) if source.kind is SourceKind.CL_ENTRIES else ()
    if reading.stories:
        entries += unit.recent_entries((now - ACTS_MEMORY).date())
    entries += _others(unit, entries, _named(reading, known, wants))
    return Memory(
        sightings=known,
        entries=tuple(entries),
        views=tuple(unit.views_of(entries)),
        dockets=unit.known_dockets(docket_ids | {entry.docket_id for entry in entries}),
        baselines=baselines,
        wants=tuple(wants),
        gaps=tuple(unit.open_gaps({want.subject for want in wants if want.purpose == "gap"})),
        stories=unit.known_stories(source_id, [story.item_key for story in reading.stories]),
        press=tuple(unit.recent_stories(now - PRESS_MEMORY)) if reading.stories else (),
    )


def _keys_in_question(reading: Reading) -> list[str]:
    """Where something vanished from the window: that, and all that is still in it."""
    if not reading.vanished or reading.window is None:
        return []
    return [*reading.vanished, *(key for _, key, _ in reading.window.kept)]


def _named(
    reading: Reading, known: Mapping[str, tuple[str, str]], wants: Sequence[Want]
) -> set[str]:
    """Entries that are spoken of without being shown."""
    # What is known and shown again may have been withdrawn meanwhile.
    keys = [*reading.vanished, *(seen.sighting_key for seen in reading.sightings)]
    spoken_of = {known[key][0] for key in keys if key in known}
    return spoken_of | {want.subject for want in wants if want.purpose == "text"}


def _others(unit: Unit, entries: Sequence[DocketEntry], names: set[str]) -> Sequence[DocketEntry]:
    here = {entry.entry_id for entry in entries}
    return unit.entries(names - here) if names - here else ()
