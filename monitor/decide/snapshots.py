"""What alerts speak of, as it is when they are made, and the ids by which alerts are known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from monitor.classify.entry import headline_of
from monitor.model.alert import (
    CaseRef,
    DocketRef,
    EntrySnapshot,
    SourceRef,
    WatchedDocket,
)
from monitor.model.court import court
from monitor.model.docket import Docket, DocketEntry
from monitor.model.source import Source
from monitor.model.watch import Watch, WatchState
from monitor.normalize.entry_keys import part_of

#: A feed item may be long; a message need not be. The history keeps every word.
LONGEST_TEXT = 4_000


def alert_id(*words: str) -> str:
    """The name of what is told. Telling it again makes the same name, which the schema refuses."""
    return hashlib.blake2b("\x1f".join(words).encode(), digest_size=10).hexdigest()


def case_ref(watch: Watch) -> CaseRef:
    return CaseRef(watch.case_id, watch.case_label)


def docket_ref(docket: Docket) -> DocketRef:
    return DocketRef(docket.court_id, docket.docket_number, docket.case_name)


def source_ref(source: Source) -> SourceRef:
    return SourceRef(source.source_id, source.name or source.source_id, source.court_id)


def snapshot(entry: DocketEntry, docket: Docket) -> EntrySnapshot:
    """The entry as it stands now, on this docket."""
    return EntrySnapshot(
        entry_id=entry.entry_id,
        docket=docket_ref(docket),
        entry_number=entry.entry_number,
        headline=headline_of(entry),
        event_names=entry.event_names,
        text=entry.text[:LONGEST_TEXT],
        date_filed=entry.date_filed,
        published_at=entry.published_at,
        first_seen_at=entry.first_seen_at,
        url=entry.url,
    )


def watched_dockets(watches: Iterable[Watch]) -> tuple[WatchedDocket, ...]:
    """The watched dockets that something about a source concerns, each once; no paused ones."""
    found = {
        WatchedDocket(case_ref(watch), DocketRef(watch.court_id, watch.docket_number))
        for watch in watches
        if watch.state is WatchState.ACTIVE
    }
    return tuple(sorted(found, key=lambda one: (one.case.label, one.docket.docket_id)))


def why_watched(watch: Watch) -> str:
    """Why somebody is told of a docket."""
    citation = court(watch.court_id).citation
    if watch.is_of_everything:
        return f"you watch every docket of {citation}"
    return f"you watch {watch.docket_number} in {citation}"


def filing_key(entry: DocketEntry) -> str:
    """One ruling in consolidated cases is one filing: they share the document, or the part."""
    court_id = entry.docket_id.partition("/")[0]
    if part := part_of(entry.keys):
        return f"{court_id}:part:{part}"
    main = [doc.document_id for doc in entry.documents if not doc.attachment_number]
    return f"{court_id}:doc:{main[0]}" if main else entry.entry_id
