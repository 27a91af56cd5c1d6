"""What changed on a docket: a judgement over values, in the order of the docket sheet."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from monitor.model.change import (
    CaptionChanged,
    DocumentAvailable,
    DocumentSealed,
    EntryChange,
    EntryRevised,
    HeadChange,
    Reassigned,
    Reopened,
    Terminated,
    TextFilledIn,
)
from monitor.model.docket import Docket, DocketEntry, Document, Sighting

D = TypeVar("D", date, datetime)


def words_hash(seen: Sighting) -> str:
    """A fingerprint of what is compared: nothing derived, no link, no caption, no time of entry.

    Links flip between builds, captions live on the docket, and a publication time was seen to
    change and change back.
    """
    documents = sorted(
        (doc.document_id, doc.number, doc.is_available, doc.is_sealed) for doc in seen.documents
    )
    words = repr((seen.entry_number, seen.event_name, seen.text, documents, seen.entry_keys))
    return hashlib.blake2b(words.encode(), digest_size=12).hexdigest()


def new_entry(seen: Sighting, now: datetime, rival: str) -> DocketEntry:
    """The entry of which this is the first sighting."""
    return DocketEntry(
        entry_id=entry_id_of(seen),
        docket_id=seen.docket_id,
        entry_number=seen.entry_number,
        event_names=(seen.event_name,) if seen.event_name else (),
        text=seen.text,
        date_filed=seen.date_filed,
        published_at=seen.published_at,
        first_seen_at=now,
        url=seen.url,
        documents=seen.documents,
        keys=seen.entry_keys,
        source_ids=(seen.source_id,),
        possible_duplicate_of=rival,
    )


def entry_id_of(seen: Sighting) -> str:
    """A short name for the entry, the same whoever sees it first through the same key."""
    return hashlib.blake2b(seen.entry_keys[0].encode(), digest_size=6).hexdigest()


def _same_letters(one: str, other: str) -> bool:
    """Whether two names differ in signs only: a mark that one encoding lost is no event."""
    return one == other or [c for c in one if c.isalnum()] == [c for c in other if c.isalnum()]


def merge_entry(known: DocketEntry, seen: Sighting) -> tuple[DocketEntry, tuple[EntryChange, ...]]:
    """What to remember of the entry after this sighting, and what that changed.

    Nothing is forgotten: events gather, a text replaces a stub, an empty text replaces nothing.
    """
    changes: list[EntryChange] = []
    events = known.event_names
    if seen.event_name and not any(_same_letters(seen.event_name, name) for name in events):
        events = (*events, seen.event_name)
        changes.append(_revised(known, seen, "event_names", known.event_names, events))
    # Where a source has no text yet it gives the event's name for one.
    is_stub = bool(known.text) and seen.text in known.event_names
    text = known.text if is_stub else seen.text or known.text
    if text != known.text:
        changes.append(_text_changed(known, seen))
    number = known.entry_number if known.entry_number is not None else seen.entry_number
    if number != known.entry_number:
        changes.append(_revised(known, seen, "entry_number", ("",), (str(number),)))
    documents, document_changes = _merge_documents(known, seen)
    merged = replace(
        known,
        event_names=events,
        text=text,
        entry_number=number,
        # A feed says when it was entered, which may be later; the earliest day is the filing's.
        date_filed=_earlier(known.date_filed, seen.date_filed),
        published_at=_earlier(known.published_at, seen.published_at),
        url=known.url or seen.url,
        documents=documents,
        keys=tuple(dict.fromkeys((*known.keys, *seen.entry_keys))),
        source_ids=tuple(dict.fromkeys((*known.source_ids, seen.source_id))),
    )
    return merged, (*changes, *document_changes)


def merge_docket(
    known: Docket | None, seen: Docket, source_id: str
) -> tuple[Docket, tuple[HeadChange, ...]]:
    """What to remember of the docket. A docket met for the first time is a baseline."""
    if known is None:
        return seen, ()
    name, named_at = _caption(known, seen)
    merged = replace(
        known,
        case_name=name,
        case_name_at=named_at,
        cl_docket_id=_cl_docket_id(known, seen),
        assigned_to=seen.assigned_to or known.assigned_to,
        date_filed=known.date_filed or seen.date_filed,
        date_terminated=seen.date_terminated if seen.states_head else known.date_terminated,
    )
    return merged, tuple(_docket_changes(known, merged, source_id))


def _cl_docket_id(known: Docket, seen: Docket) -> int | None:
    """The docket's own head says where it lies now; an entry may still lie in an older double."""
    newest, other = (seen, known) if seen.states_head else (known, seen)
    return newest.cl_docket_id or other.cl_docket_id


def _docket_changes(known: Docket, merged: Docket, source_id: str) -> list[HeadChange]:
    changes: list[HeadChange] = []
    subject = (known.docket_id, source_id)
    if known.case_name and merged.case_name != known.case_name:
        changes.append(CaptionChanged(*subject, known.case_name, merged.case_name))
    if known.assigned_to and merged.assigned_to != known.assigned_to:
        changes.append(Reassigned(*subject, known.assigned_to, merged.assigned_to))
    if merged.date_terminated and not known.date_terminated:
        changes.append(Terminated(*subject, merged.date_terminated.isoformat()))
    if known.date_terminated and not merged.date_terminated:
        changes.append(Reopened(*subject, known.date_terminated.isoformat()))
    return changes


def _caption(known: Docket, seen: Docket) -> tuple[str, datetime | None]:
    """The newest word, in whatever order the words arrive; on one moment, the greater word."""
    if not seen.case_name:
        return known.case_name, known.case_name_at
    if not known.case_name:
        return seen.case_name, seen.case_name_at
    ours = (_moment(known.case_name_at), known.case_name)
    theirs = (_moment(seen.case_name_at), seen.case_name)
    newest = max(ours, theirs)
    at = known.case_name_at if newest == ours else seen.case_name_at
    return newest[1], at


def _moment(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0


def _revised(
    known: DocketEntry, seen: Sighting, field: str, before: tuple[str, ...], after: tuple[str, ...]
) -> EntryRevised:
    return EntryRevised(known.entry_id, seen.source_id, field, "\n".join(before), "\n".join(after))


def _text_changed(known: DocketEntry, seen: Sighting) -> EntryChange:
    if not known.text:
        return TextFilledIn(known.entry_id, seen.source_id, seen.text)
    return EntryRevised(known.entry_id, seen.source_id, "text", known.text, seen.text)


def _merge_documents(
    known: DocketEntry, seen: Sighting
) -> tuple[tuple[Document, ...], list[EntryChange]]:
    documents = {doc.document_id: doc for doc in known.documents}
    changes: list[EntryChange] = []
    for doc in seen.documents:
        before = documents.get(doc.document_id)
        after = _merge_document(before, doc)
        subject = (known.entry_id, seen.source_id, doc.document_id)
        if after.is_sealed and not (before and before.is_sealed):
            changes.append(DocumentSealed(*subject))
        elif before is None or (after.is_available and not before.is_available):
            changes.append(DocumentAvailable(*subject, after.url))
        documents[doc.document_id] = after
    return tuple(documents.values()), changes


def _merge_document(before: Document | None, seen: Document) -> Document:
    if before is None:
        return seen
    is_sealed = before.is_sealed or seen.is_sealed
    return replace(
        before,
        number=before.number or seen.number,
        attachment_number=before.attachment_number or seen.attachment_number,
        description=before.description or seen.description,
        url=seen.url if seen.is_available or not before.url else before.url,
        is_available=(before.is_available or seen.is_available) and not is_sealed,
        is_sealed=is_sealed,
    )


def _earlier(one: D | None, other: D | None) -> D | None:
    return min(one, other) if one and other else one or other
