"""That a paper can be read for nothing: of acts and appeals that were told, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.classify.entry import judgement_of
from monitor.decide.compare import Comparison
from monitor.decide.evidence import Evidence
from monitor.decide.snapshots import alert_id, case_ref, snapshot, source_ref, why_watched
from monitor.model.alert import DocumentFreed
from monitor.model.change import DocumentAvailable
from monitor.model.docket import COURT_ACTS, DocketEntry, Document, EntryKind
from monitor.model.watch import one_per_case

_TOLD = COURT_ACTS | {EntryKind.NOTICE_OF_APPEAL, EntryKind.APPEAL_RELATED}


def tell_papers(evidence: Evidence, found: Comparison) -> tuple[DocumentFreed, ...]:
    """One alert for each case that was told of the entry."""
    return tuple(_freed(evidence, found))


def _freed(evidence: Evidence, found: Comparison) -> Iterator[DocumentFreed]:
    told = evidence.memory.first_alerts
    before = {entry.entry_id: entry for entry in evidence.memory.entries}
    for entry_id, changes in found.changes.items():
        entry = found.entries[entry_id]
        became = {one.document_id for one in changes if isinstance(one, DocumentAvailable)}
        paper = _main_paper(entry, became)
        # The list of an old docket's papers is no news, and a new filing has its link with it.
        if paper is None or found.is_new(entry_id) or not judgement_of(entry).kinds & _TOLD:
            continue
        if any(map(_is_free_paper, before[entry_id].documents if entry_id in before else ())):
            continue  # another copy of what could be read already
        docket = found.dockets[entry.docket_id]
        watches = evidence.watchlist.watches_of(docket.court_id, docket.docket_number)
        for watch in one_per_case(watches):
            if (watch.case_id, entry_id) in told:
                yield DocumentFreed(
                    alert_id=alert_id("document", watch.case_id, entry_id, paper.document_id),
                    created_at=evidence.now,
                    why=why_watched(watch),
                    case=case_ref(watch),
                    source=source_ref(evidence.source),
                    entry=snapshot(entry, docket, evidence.watchlist),
                    judgement=judgement_of(entry),
                    url=paper.url,
                )


def _main_paper(entry: DocketEntry, became: set[str]) -> Document | None:
    """The document itself, none of its attachments, where it became available and has a link."""
    papers = (one for one in entry.documents if one.document_id in became and _is_free_paper(one))
    return next(papers, None)


def _is_free_paper(document: Document) -> bool:
    return not document.attachment_number and document.is_available and bool(document.url)
