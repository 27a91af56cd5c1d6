"""Which known entry is each group of sightings? Entries heal when one proves that we were wrong.

A group keeps the entry whose first sighting it holds. Sightings that turn out to be of another
filing leave their entry, which is then told again from those that stay; entries that turn out to be
one become the older one, and the younger says so (`merged_into`). Nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.diff.docket import entry_id_of, merge_entry, new_entry
from monitor.diff.join import Joined, join
from monitor.model.change import EntryChange, EntryFiled, EntryRevised
from monitor.model.docket import DocketEntry
from monitor.model.outcome import StoredSighting


@dataclass(frozen=True, slots=True)
class Assigned:
    """An entry after its group was looked at, and what that changed."""

    entry: DocketEntry
    before: DocketEntry | None
    changes: tuple[EntryChange, ...]
    #: Its sightings, to be stored; only those that are new or came from another entry.
    sightings: tuple[StoredSighting, ...]
    #: It lost sightings: what they had brought is to be taken back.
    is_rebuilt: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    sightings: tuple[StoredSighting, ...]
    owned: tuple[DocketEntry, ...]
    #: Some of the sightings of its entry are of another filing.
    has_lost: bool


def assign(
    sightings: Sequence[StoredSighting], entries: Mapping[str, DocketEntry], now: datetime
) -> list[Assigned]:
    """Entries that these sightings are of, as far as anything about them is new.

    A sighting without `entry_id` was not stored yet; one whose `seen_at` is `now` brings new words.
    """
    joined = join([stored.sighting for stored in sightings])
    groups = _groups(joined, sightings, entries)
    settled: dict[int, list[Assigned]] = {}
    for number, group in enumerate(groups):
        if _is_touched(group, now):
            settled[number] = _settle(group, now)
    return [
        _mark_rival(one, settled, groups, joined.rivals.get(number))
        for number, some in settled.items()
        for one in some
    ]


def _groups(
    joined: Joined, sightings: Sequence[StoredSighting], entries: Mapping[str, DocketEntry]
) -> list[_Group]:
    held = [
        tuple(sorted((sightings[place] for place in places), key=lambda stored: stored.seen_at))
        for places in joined.groups
    ]
    owner = _owners(held)
    spread: dict[str, int] = {}
    for some in held:
        for name in {stored.entry_id for stored in some if stored.entry_id}:
            spread[name] = spread.get(name, 0) + 1
    groups = []
    for number, some in enumerate(held):
        names = [name for name, group in owner.items() if group == number]
        owned = [entries[name] for name in names if name in entries]
        owned.sort(key=lambda entry: (entry.first_seen_at, entry.entry_id))
        has_lost = any(spread[entry.entry_id] > 1 for entry in owned)
        groups.append(_Group(some, tuple(owned), has_lost))
    return groups


def _owners(held: Sequence[tuple[StoredSighting, ...]]) -> dict[str, int]:
    """Entry -> the group that keeps it: that with its first stored, else with most of them."""
    claims: dict[str, list[tuple[bool, int, int]]] = {}
    for number, some in enumerate(held):
        for name in {stored.entry_id for stored in some if stored.entry_id}:
            ours = [stored for stored in some if stored.entry_id == name]
            is_first = any(_begins(stored, name) for stored in ours)
            claims.setdefault(name, []).append((is_first, len(ours), -number))
    return {name: -max(some)[2] for name, some in claims.items()}


def _begins(stored: StoredSighting, entry_id: str) -> bool:
    """Whether this stored gave the entry its name; one that only adds to entries has no key."""
    seen = stored.sighting
    return bool(seen.entry_keys) and entry_id_of(seen) == entry_id


def _is_touched(group: _Group, now: datetime) -> bool:
    names = {stored.entry_id for stored in group.sightings}
    is_moved = len(names) > 1 or len(group.owned) != 1 or group.has_lost
    return is_moved or any(stored.seen_at == now for stored in group.sightings)


def _settle(group: _Group, now: datetime) -> list[Assigned]:
    if not group.owned:
        return _new(group, now)
    known, *others = group.owned
    changes: tuple[EntryChange, ...]
    if group.has_lost:
        entry = _told_from(group.sightings, known)
        changes = _differences(known, entry, group.sightings[0].sighting.source_id)
    else:
        entry, changes = _extended(known, group, now)
    source_id = group.sightings[-1].sighting.source_id
    for other in others:
        changes = (*changes, EntryRevised(known.entry_id, source_id, "same_as", "", other.entry_id))
    gone = [_merged(other, known, source_id) for other in others]
    return [Assigned(entry, known, changes, _moved(group, known, now), group.has_lost), *gone]


def _new(group: _Group, now: datetime) -> list[Assigned]:
    grounds = [stored for stored in group.sightings if not stored.sighting.is_supplement]
    if not grounds:
        return []  # its entry is not known yet, and will bring the same words when it comes
    entry = _told_from((*grounds, *(v for v in group.sightings if v not in grounds)), None)
    filed = EntryFiled(entry.entry_id, grounds[0].sighting.source_id)
    return [Assigned(entry, None, (filed,), _moved(group, entry, now))]


def _told_from(sightings: Sequence[StoredSighting], known: DocketEntry | None) -> DocketEntry:
    """The entry as these sightings tell it, under the name and the time by which it is known."""
    first, *more = sightings
    entry = new_entry(first.sighting, min(stored.seen_at for stored in sightings), "")
    for stored in more:
        entry, _ = merge_entry(entry, stored.sighting)
    if known is None:
        return entry
    return replace(
        entry,
        entry_id=known.entry_id,
        first_seen_at=known.first_seen_at,
        is_withdrawn=known.is_withdrawn,
    )


def _extended(
    known: DocketEntry, group: _Group, now: datetime
) -> tuple[DocketEntry, tuple[EntryChange, ...]]:
    entry, changes = known, tuple[EntryChange, ...]()
    for stored in group.sightings:
        if stored.seen_at == now or stored.entry_id != known.entry_id:
            entry, more = merge_entry(entry, stored.sighting)
            changes = (*changes, *more)
    return entry, changes


def _differences(
    before: DocketEntry, after: DocketEntry, source_id: str
) -> tuple[EntryRevised, ...]:
    number = (str(before.entry_number or ""), str(after.entry_number or ""))
    events = ("\n".join(before.event_names), "\n".join(after.event_names))
    fields = {"event_names": events, "text": (before.text, after.text), "entry_number": number}
    return tuple(
        EntryRevised(before.entry_id, source_id, field, old, new)
        for field, (old, new) in fields.items()
        if old != new
    )


def _merged(other: DocketEntry, into: DocketEntry, source_id: str) -> Assigned:
    gone = replace(other, merged_into=into.entry_id, keys=(), documents=())
    change = EntryRevised(other.entry_id, source_id, "merged_into", "", into.entry_id)
    return Assigned(gone, other, (change,), (), is_rebuilt=True)


def _moved(group: _Group, entry: DocketEntry, now: datetime) -> tuple[StoredSighting, ...]:
    return tuple(
        replace(stored, entry_id=entry.entry_id)
        for stored in group.sightings
        if stored.seen_at == now or stored.entry_id != entry.entry_id
    )


def _mark_rival(
    one: Assigned,
    settled: Mapping[int, Sequence[Assigned]],
    groups: Sequence[_Group],
    rival: int | None,
) -> Assigned:
    """A new entry that fitted two names one of them; what is known keeps its mark or loses it."""
    if one.entry.merged_into:
        return one
    name = ""
    if rival is not None:
        known = groups[rival].owned
        name = known[0].entry_id if known else next(iter(settled[rival])).entry.entry_id
    return replace(one, entry=replace(one.entry, possible_duplicate_of=name))
