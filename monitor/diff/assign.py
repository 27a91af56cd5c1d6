"""Which known entry is each group of views? Entries heal when a view proves that we were wrong.

A group keeps the entry whose first view it holds. Views that turn out to be of another filing leave
their entry, which is then told again from the views that stay; entries that turn out to be one
become the older one, and the younger says so (`merged_into`). Nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.diff.docket import entry_id_of, merge_entry, new_entry
from monitor.diff.join import Joined, join
from monitor.model.change import Change, EntryFiled, EntryRevised
from monitor.model.docket import DocketEntry
from monitor.model.outcome import StoredSighting


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry after its group was looked at, and what that changed."""

    entry: DocketEntry
    before: DocketEntry | None
    changes: tuple[Change, ...]
    #: Its views, to be stored; only those that are new or came from another entry.
    views: tuple[StoredSighting, ...]
    #: It lost views: what they had brought is to be taken back.
    is_rebuilt: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    views: tuple[StoredSighting, ...]
    owned: tuple[DocketEntry, ...]
    #: Some of the views of its entry are of another filing.
    has_lost: bool


def place(
    views: Sequence[StoredSighting], entries: Mapping[str, DocketEntry], now: datetime
) -> list[Placed]:
    """Entries that these views are of, as far as anything about them is new.

    A view without `entry_id` was not stored yet; one whose `seen_at` is `now` brings new words.
    """
    joined = join([view.sighting for view in views])
    groups = _groups(joined, views, entries)
    placed: dict[int, list[Placed]] = {}
    for number, group in enumerate(groups):
        if _is_touched(group, now):
            placed[number] = _settle(group, now)
    return [
        _mark_rival(one, placed, groups, joined.rivals.get(number))
        for number, some in placed.items()
        for one in some
    ]


def _groups(
    joined: Joined, views: Sequence[StoredSighting], entries: Mapping[str, DocketEntry]
) -> list[_Group]:
    held = [
        tuple(sorted((views[place] for place in places), key=lambda view: view.seen_at))
        for places in joined.groups
    ]
    owner = _owners(held)
    spread: dict[str, int] = {}
    for some in held:
        for name in {view.entry_id for view in some if view.entry_id}:
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
    """Entry -> the group that keeps it: that with its first view, else with most of them."""
    claims: dict[str, list[tuple[bool, int, int]]] = {}
    for number, some in enumerate(held):
        for name in {view.entry_id for view in some if view.entry_id}:
            ours = [view for view in some if view.entry_id == name]
            is_first = any(_begins(view, name) for view in ours)
            claims.setdefault(name, []).append((is_first, len(ours), -number))
    return {name: -max(some)[2] for name, some in claims.items()}


def _begins(view: StoredSighting, entry_id: str) -> bool:
    """Whether this view gave the entry its name; one that only adds to entries has no key."""
    seen = view.sighting
    return bool(seen.entry_keys) and entry_id_of(seen) == entry_id


def _is_touched(group: _Group, now: datetime) -> bool:
    names = {view.entry_id for view in group.views}
    is_moved = len(names) > 1 or len(group.owned) != 1 or group.has_lost
    return is_moved or any(view.seen_at == now for view in group.views)


def _settle(group: _Group, now: datetime) -> list[Placed]:
    if not group.owned:
        return _new(group, now)
    known, *others = group.owned
    changes: tuple[Change, ...]
    if group.has_lost:
        entry = _told_from(group.views, known)
        changes = _differences(known, entry, group.views[0].sighting.source_id)
    else:
        entry, changes = _extended(known, group, now)
    source_id = group.views[-1].sighting.source_id
    for other in others:
        changes = (*changes, EntryRevised(known.entry_id, source_id, "same_as", "", other.entry_id))
    gone = [_merged(other, known, source_id) for other in others]
    return [Placed(entry, known, changes, _moved(group, known, now), group.has_lost), *gone]


def _new(group: _Group, now: datetime) -> list[Placed]:
    grounds = [view for view in group.views if not view.sighting.is_supplement]
    if not grounds:
        return []  # its entry is not known yet, and will bring the same words when it comes
    entry = _told_from((*grounds, *(v for v in group.views if v not in grounds)), None)
    filed = EntryFiled(entry.entry_id, grounds[0].sighting.source_id)
    return [Placed(entry, None, (filed,), _moved(group, entry, now))]


def _told_from(views: Sequence[StoredSighting], known: DocketEntry | None) -> DocketEntry:
    """The entry as these views tell it, under the name and the time by which it is known."""
    first, *more = views
    entry = new_entry(first.sighting, min(view.seen_at for view in views), "")
    for view in more:
        entry, _ = merge_entry(entry, view.sighting)
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
) -> tuple[DocketEntry, tuple[Change, ...]]:
    entry, changes = known, tuple[Change, ...]()
    for view in group.views:
        if view.seen_at == now or view.entry_id != known.entry_id:
            entry, more = merge_entry(entry, view.sighting)
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


def _merged(other: DocketEntry, into: DocketEntry, source_id: str) -> Placed:
    gone = replace(other, merged_into=into.entry_id, keys=(), documents=())
    change = EntryRevised(other.entry_id, source_id, "merged_into", "", into.entry_id)
    return Placed(gone, other, (change,), (), is_rebuilt=True)


def _moved(group: _Group, entry: DocketEntry, now: datetime) -> tuple[StoredSighting, ...]:
    return tuple(
        replace(view, entry_id=entry.entry_id)
        for view in group.views
        if view.seen_at == now or view.entry_id != entry.entry_id
    )


def _mark_rival(
    one: Placed,
    placed: Mapping[int, Sequence[Placed]],
    groups: Sequence[_Group],
    rival: int | None,
) -> Placed:
    """A new entry that fitted two names one of them; what is known keeps its mark or loses it."""
    if one.entry.merged_into:
        return one
    name = ""
    if rival is not None:
        known = groups[rival].owned
        name = known[0].entry_id if known else next(iter(placed[rival])).entry.entry_id
    return replace(one, entry=replace(one.entry, possible_duplicate_of=name))
