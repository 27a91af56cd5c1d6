"""What is left to tell of several alerts that travel together: each thing once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from monitor.model.alert import (
    Alert,
    Amended,
    CaughtUp,
    DocumentFreed,
    Filed,
    FilingAlert,
    GapOpened,
)
from monitor.model.change import EntryChange, EntryRevised, TextFilledIn

#: Changes that a filing which was not told yet simply has: it is told in its latest words.
_WORDS = {"event_names", "text", "entry_number"}


def fold(alerts: Iterable[Alert], *, keep_gaps: bool = False) -> tuple[Alert, ...]:
    """The alerts without what another one of them says as well, in their order.

    A filing is told in the words that it has by now; changes of one entry are one amendment; a
    verdict on an outage speaks for the gap that it left, except to machines, which may wait for the
    gap (`keep_gaps`). Never empty where there was an alert.
    """
    told: list[Alert] = []
    #: Of each entry of a case, and of the verdicts, where among `told` something speaks of it.
    places: dict[Hashable, list[int]] = {}
    for alert in alerts:
        is_kept = keep_gaps and isinstance(alert, GapOpened)
        place = None if is_kept else _place_for(alert, told, places)
        if place is None:
            for key in _keys(alert):
                places.setdefault(key, []).append(len(told))
            told.append(alert)
        else:
            told[place] = _folded(told[place], alert)
    return tuple(told)


def _keys(alert: Alert) -> Iterable[Hashable]:
    if isinstance(alert, Filed):
        return {(alert.case.case_id, entry.entry_id) for entry in alert.entries}
    if isinstance(alert, Amended | DocumentFreed):
        return {(alert.case.case_id, alert.entry.entry_id)}
    return ("verdict",) if isinstance(alert, CaughtUp) else ()


def _place_for(
    alert: Alert, told: Sequence[Alert], places: Mapping[Hashable, Sequence[int]]
) -> int | None:
    if isinstance(alert, Amended | DocumentFreed):
        (key,) = _keys(alert)
    elif isinstance(alert, GapOpened):
        key = "verdict"
    else:
        return None  # nothing speaks for it
    return next((place for place in places.get(key, ()) if _speaks_for(told[place], alert)), None)


def _speaks_for(told: Alert, alert: Alert) -> bool:
    if isinstance(alert, DocumentFreed):
        return isinstance(told, Filed | Amended)
    if isinstance(alert, Amended):
        if isinstance(told, Filed):
            return _is_of(told, alert) and all(map(_is_only_words, alert.changes))
        return isinstance(told, Amended) and _same_entry(told, alert)
    if isinstance(alert, GapOpened) and isinstance(told, CaughtUp) and not alert.unread:
        return told.gap is not None and told.gap.from_at == alert.gap.from_at
    return False


def _is_of(filed: Filed, amended: Amended) -> bool:
    names = {entry.entry_id for entry in filed.entries}
    return filed.case.case_id == amended.case.case_id and amended.entry.entry_id in names


def _with_paper(told: FilingAlert, freed: DocumentFreed) -> FilingAlert:
    """The same, with the link under which its paper is free."""
    if isinstance(told, Amended):
        return replace(told, entry=replace(told.entry, free_url=freed.url))
    entries = (
        replace(one, free_url=freed.url) if one.entry_id == freed.entry.entry_id else one
        for one in told.entries
    )
    return replace(told, entries=tuple(entries))


def _same_entry(one: Amended, other: Amended) -> bool:
    ours, theirs = (
        (one.case.case_id, one.entry.entry_id),
        (other.case.case_id, other.entry.entry_id),
    )
    return ours == theirs


def _is_only_words(change: EntryChange) -> bool:
    is_revised = isinstance(change, EntryRevised) and change.field in _WORDS
    return is_revised or isinstance(change, TextFilledIn)


def _folded(told: Alert, alert: Alert) -> Alert:
    if isinstance(alert, DocumentFreed) and isinstance(told, Filed | Amended):
        return _with_paper(told, alert)
    if isinstance(alert, Amended) and isinstance(told, Filed):
        entries = tuple(
            alert.entry if entry.entry_id == alert.entry.entry_id else entry
            for entry in told.entries
        )
        # Whichever docket brought the words, they speak for the filing.
        spoken = tuple(sorted(entries, key=lambda entry: not entry.text))
        return replace(told, entries=spoken, judgement=alert.judgement)
    if isinstance(alert, Amended) and isinstance(told, Amended):
        return replace(alert, changes=(*told.changes, *alert.changes), amends=told.amends)
    return told
