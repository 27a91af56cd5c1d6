"""What alerts speak of, as it is when they are made, and the ids by which alerts are known."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from monitor.classify.entry import headline_of
from monitor.match.watchlist import Watchlist
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
from monitor.model.watch import FOLLOWED, Watch, WatchState
from monitor.normalize.entry_keys import part_of

#: PACER's sites ask for a login and a fee.
_CHARGED = re.compile(r"https?://(?:ecf|pacer|pcl)\b", re.IGNORECASE)
_FREE_SITE = "https://www.courtlistener.com"
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


def snapshot(entry: DocketEntry, docket: Docket, watchlist: Watchlist) -> EntrySnapshot:
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
        free_url=free_url(entry, docket.cl_docket_id, watchlist),
        is_sealed=any(one.is_sealed for one in entry.documents if not one.attachment_number),
    )


def free_url(entry: DocketEntry, cl_docket_id: int | None, watchlist: Watchlist) -> str:
    """Where an entry can be read for nothing; empty where its own link is free or none is known."""
    if entry.url and not _CHARGED.match(entry.url):
        return ""
    for document in entry.documents:
        if document.is_available and document.url and not _CHARGED.match(document.url):
            return document.url
    court_id, _, number = entry.docket_id.partition("/")
    known = (watch.cl_docket_id for watch in watchlist.watches_of(court_id, number))
    page = cl_docket_id or next(filter(None, known), None)
    if page is None:
        return ""
    # The site takes any word for the caption, and shows the newest entries first when asked.
    anchor = f"#entry-{entry.entry_number}" if entry.entry_number else ""
    return f"{_FREE_SITE}/docket/{page}/-/?order_by=desc{anchor}"


def watched_dockets(watches: Iterable[Watch]) -> tuple[WatchedDocket, ...]:
    """The watched dockets that something about a source concerns, each once.

    Paused ones only where no other is concerned: what is said of them waits as they do.
    """
    watches = tuple(watches)
    active = [watch for watch in watches if watch.state is WatchState.ACTIVE]
    found = {
        WatchedDocket(case_ref(watch), DocketRef(watch.court_id, watch.docket_number))
        for watch in active or watches
    }
    return tuple(sorted(found, key=lambda one: (one.case.label, one.docket.docket_id)))


def why_watched(watch: Watch) -> str:
    """Why somebody is told of a docket."""
    citation = court(watch.court_id).citation
    if watch.is_of_everything:
        return f"you watch every docket of {citation}"
    return f"you watch {watch.docket_number} in {citation}"


def why_begun(watch: Watch) -> str:
    """Why the watch on a docket began: somebody asked for it, or its case went there."""
    if watch.is_of_everything:
        return f"you asked to watch every docket of {court(watch.court_id).citation}"
    where = f"{watch.docket_number} in {court(watch.court_id).citation}"
    if watch.origin == FOLLOWED:
        return f"you watch {watch.case_label}, and {where} is an appeal in it"
    return f"you asked to watch {where}"


def filing_key(entry: DocketEntry) -> str:
    """One ruling in consolidated cases is one filing: they share the document, or the part."""
    court_id = entry.docket_id.partition("/")[0]
    if part := part_of(entry.keys):
        return f"{court_id}:part:{part}"
    main = [doc.document_id for doc in entry.documents if not doc.attachment_number]
    return f"{court_id}:doc:{main[0]}" if main else entry.entry_id
