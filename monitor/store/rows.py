"""Between rows and values, in one place for each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from monitor.model.alert import Alert, Delivery, DeliveryState
from monitor.model.budget import Allowance, Priority, Want
from monitor.model.change import GapOpened
from monitor.model.coverage import OpenGap
from monitor.model.docket import Docket, DocketEntry, Document, Sighting
from monitor.model.follow import Follow, FollowState
from monitor.model.news import Match, NewsItem
from monitor.model.outcome import LoggedChange, StoredSighting, StoredStory, Unreadable
from monitor.model.source import Claim, Source, SourceKind, SourceState, Window
from monitor.model.watch import Watch, WatchState

AnyRow = Row[Any]


def source_row(source: Source) -> dict[str, Any]:
    """What defines a source, without what is remembered of reading it."""
    return {
        "source_id": source.source_id,
        "kind": source.kind.value,
        "name": source.name,
        "url": source.url,
        "court_id": source.court_id,
        "docket_number": source.docket_number,
        "cl_docket_id": source.cl_docket_id,
        "publisher": source.publisher,
        "every_seconds": int(source.every.total_seconds()),
        "origin": source.origin,
        "enabled": source.enabled,
    }


def fresh_state_row(due: datetime) -> dict[str, Any]:
    """What is remembered of a source that was never read."""
    return state_row(SourceState(next_due_at=due)) | window_row(Window()) | {"lease": ""}


def state_row(state: SourceState) -> dict[str, Any]:
    return {
        "next_due_at": state.next_due_at,
        "last_polled_at": state.last_polled_at,
        "last_good_at": state.last_good_at,
        "failures": state.failures,
        "last_error": state.last_error,
        "note": state.note,
        "incomplete": state.incomplete,
        "unhealthy_since": state.unhealthy_since,
        "etag": state.etag,
        "last_modified": state.last_modified,
        "cursor": state.cursor,
        "built_at": state.built_at,
        "covered_since": state.covered_since,
        "covered_until": state.covered_until,
    }


def window_row(window: Window) -> dict[str, Any]:
    values = {field.name: getattr(window, field.name) for field in fields(Window)}
    return values | {"kept": [list(item) for item in window.kept]}


def to_source(row: AnyRow) -> Source:
    return Source(
        source_id=row.source_id,
        kind=SourceKind(row.kind),
        url=row.url,
        every=timedelta(seconds=row.every_seconds),
        name=row.name,
        court_id=row.court_id,
        docket_number=row.docket_number,
        cl_docket_id=row.cl_docket_id,
        publisher=row.publisher,
        origin=row.origin,
        enabled=row.enabled,
    )


def to_state(row: AnyRow) -> SourceState:
    return SourceState(
        next_due_at=row.next_due_at,
        last_polled_at=row.last_polled_at,
        last_good_at=row.last_good_at,
        failures=row.failures,
        last_error=row.last_error,
        note=row.note,
        incomplete=row.incomplete,
        unhealthy_since=row.unhealthy_since,
        etag=row.etag,
        last_modified=row.last_modified,
        cursor=row.cursor,
        built_at=row.built_at,
        covered_since=row.covered_since,
        covered_until=row.covered_until,
        window=Window(
            region_hash=row.region_hash,
            fingerprints=row.fingerprints,
            sieve=row.sieve,
            newest_at=row.newest_at,
            description=row.description,
            kept=tuple((item[0], item[1], item[2]) for item in row.kept),
        ),
    )


def to_claim(row: AnyRow, lease: str, priority: Priority | None = None) -> Claim:
    return Claim(to_source(row), to_state(row), lease, priority)


def docket_row(docket: Docket) -> dict[str, Any]:
    return {
        "docket_id": docket.docket_id,
        "court_id": docket.court_id,
        "docket_number": docket.docket_number,
        "case_name": docket.case_name,
        "case_name_at": docket.case_name_at,
        "cl_docket_id": docket.cl_docket_id,
        "assigned_to": docket.assigned_to,
        "date_filed": docket.date_filed,
        "date_terminated": docket.date_terminated,
    }


def to_docket(row: AnyRow) -> Docket:
    return Docket(
        docket_id=row.docket_id,
        court_id=row.court_id,
        docket_number=row.docket_number,
        case_name=row.case_name,
        case_name_at=row.case_name_at,
        cl_docket_id=row.cl_docket_id,
        assigned_to=row.assigned_to,
        date_filed=row.date_filed,
        date_terminated=row.date_terminated,
    )


def entry_row(entry: DocketEntry) -> dict[str, Any]:
    return {
        "entry_id": entry.entry_id,
        "docket_id": entry.docket_id,
        "entry_number": entry.entry_number,
        "event_names": list(entry.event_names),
        "text": entry.text,
        "date_filed": entry.date_filed,
        "published_at": entry.published_at,
        "first_seen_at": entry.first_seen_at,
        "url": entry.url,
        "possible_duplicate_of": entry.possible_duplicate_of,
        "is_withdrawn": entry.is_withdrawn,
        "merged_into": entry.merged_into,
    }


def to_entry(
    row: AnyRow, keys: Sequence[str], source_ids: Sequence[str], documents: Sequence[Document]
) -> DocketEntry:
    return DocketEntry(
        entry_id=row.entry_id,
        docket_id=row.docket_id,
        entry_number=row.entry_number,
        event_names=tuple(row.event_names),
        text=row.text,
        date_filed=row.date_filed,
        published_at=row.published_at,
        first_seen_at=row.first_seen_at,
        url=row.url,
        documents=tuple(documents),
        keys=tuple(keys),
        source_ids=tuple(source_ids),
        possible_duplicate_of=row.possible_duplicate_of,
        is_withdrawn=row.is_withdrawn,
        merged_into=row.merged_into,
    )


def document_row(entry_id: str, document: Document) -> dict[str, Any]:
    return {"entry_id": entry_id} | {f.name: getattr(document, f.name) for f in fields(Document)}


def to_document(row: AnyRow) -> Document:
    return Document(**{f.name: getattr(row, f.name) for f in fields(Document)})


def sighting_row(stored: StoredSighting) -> dict[str, Any]:
    seen = stored.sighting
    return {
        "source_id": seen.source_id,
        "sighting_key": seen.sighting_key,
        "entry_id": stored.entry_id,
        "words_hash": stored.words_hash,
        "entry_number": seen.entry_number,
        "event_name": seen.event_name,
        "text": seen.text,
        "date_filed": seen.date_filed,
        "published_at": seen.published_at,
        "url": seen.url,
        "first_seen_at": stored.seen_at,
        "changed_at": stored.seen_at,
        "docket_id": seen.docket_id,
        "entry_keys": list(seen.entry_keys),
        "documents": [[doc.document_id, doc.attachment_number] for doc in seen.documents],
    }


def to_view(row: AnyRow, entry: DocketEntry) -> StoredSighting:
    """A stored view, as far as it joins and retells an entry: its case's name is the docket's."""
    court_id, _, number = (row.docket_id or entry.docket_id).partition("/")
    known = {doc.document_id: doc for doc in entry.documents}
    seen = Sighting(
        source_id=row.source_id,
        sighting_key=row.sighting_key,
        court_id=court_id,
        docket_number=number,
        entry_keys=tuple(row.entry_keys) or entry.keys,
        entry_number=row.entry_number,
        event_name=row.event_name,
        text=row.text,
        date_filed=row.date_filed,
        published_at=row.published_at,
        url=row.url,
        documents=tuple(
            known.get(name, Document(name, attachment_number=attachment))
            for name, attachment in row.documents
        ),
        is_supplement=not (row.event_name or row.text or row.date_filed),
    )
    return StoredSighting(seen, entry.entry_id, row.words_hash, row.first_seen_at)


def change_row(logged: LoggedChange) -> dict[str, Any]:
    change = logged.change
    named = {"source_id", "entry_id", "docket_id"}
    detail = {f.name: _json(getattr(change, f.name)) for f in fields(change) if f.name not in named}
    return {
        "at": logged.at,
        "kind": change.kind,
        "source_id": change.source_id,
        "entry_id": getattr(change, "entry_id", None),
        "docket_id": getattr(change, "docket_id", None),
        "detail": detail,
    }


def alert_row(alert: Alert) -> dict[str, Any]:
    return {
        "alert_id": alert.alert_id,
        "topic": alert.topic,
        "case_id": alert.case_id,
        "docket_id": alert.docket_id,
        "kind": alert.kind,
        "created_at": alert.created_at,
        "facts": dict(alert.facts),
        "routed_at": None,
    }


def to_alert(row: AnyRow) -> Alert:
    return Alert(
        alert_id=row.alert_id,
        topic=row.topic,
        case_id=row.case_id,
        docket_id=row.docket_id,
        kind=row.kind,
        created_at=row.created_at,
        facts=row.facts,
    )


def to_delivery(row: AnyRow, lease: str) -> Delivery:
    return Delivery(
        delivery_id=row.delivery_id,
        alert=to_alert(row),
        recipient=row.recipient,
        route=row.route,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at,
        last_error=row.last_error,
        lease=lease,
    )


def watch_row(watch: Watch) -> dict[str, Any]:
    return {
        "watch_id": watch.watch_id,
        "case_id": watch.case_id,
        "case_label": watch.case_label,
        "court_id": watch.court_id,
        "docket_number": watch.docket_number,
        "cl_docket_id": watch.cl_docket_id,
        "since": watch.since,
        "state": watch.state.value,
        "origin": watch.origin,
        "told_at": watch.told_at,
    }


def to_watch(row: AnyRow) -> Watch:
    return Watch(
        watch_id=row.watch_id,
        case_id=row.case_id,
        case_label=row.case_label,
        court_id=row.court_id,
        docket_number=row.docket_number,
        cl_docket_id=row.cl_docket_id,
        since=row.since,
        state=WatchState(row.state),
        origin=row.origin,
        told_at=row.told_at,
    )


def follow_row(follow: Follow) -> dict[str, Any]:
    values = {f.name: getattr(follow, f.name) for f in fields(Follow)}
    return values | {"follow_id": follow.follow_id, "state": follow.state.value}


def to_follow(row: AnyRow) -> Follow:
    values = {f.name: getattr(row, f.name) for f in fields(Follow)}
    return Follow(**values | {"state": FollowState(row.state)})


def unreadable_row(lost: Unreadable, seen_at: datetime) -> dict[str, Any]:
    return {
        "source_id": lost.source_id,
        "raw_hash": hashlib.blake2b(lost.raw.encode(), digest_size=12).hexdigest(),
        "raw": lost.raw,
        "reason": lost.reason,
        "seen_at": seen_at,
    }


def story_row(story: StoredStory) -> dict[str, Any]:
    item = story.item
    return {
        "source_id": item.source_id,
        "item_key": item.item_key,
        "title": item.title,
        "summary": item.summary,
        "url": item.url,
        "publisher": item.publisher,
        "published_at": item.published_at,
        "first_seen_at": story.seen_at,
        "matches": [
            {"case_id": m.case_id, "words": list(m.words), "score": m.score} for m in story.matches
        ],
        "story_id": story.story_id,
        "entry_id": story.entry_id,
    }


def to_story(row: AnyRow) -> StoredStory:
    item = NewsItem(
        source_id=row.source_id,
        item_key=row.item_key,
        title=row.title,
        summary=row.summary,
        url=row.url,
        publisher=row.publisher,
        published_at=row.published_at,
    )
    matches = tuple(
        Match(m["case_id"], tuple(m["words"]), m.get("score", 1.0)) for m in row.matches
    )
    return StoredStory(item, matches, row.first_seen_at, row.story_id, row.entry_id)


def gathered(rows: Iterable[AnyRow], key: str, value: str) -> Mapping[str, list[Any]]:
    """Rows as lists by key, in the order of the rows."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(getattr(row, value))
    return found


def gap_rows(logged: Iterable[LoggedChange]) -> list[dict[str, Any]]:
    return [
        {
            "source_id": item.change.source_id,
            "from_at": item.change.from_at,
            "until_at": item.change.until_at,
            "reason": item.change.reason,
            "opened_at": item.at,
            "closed_at": None,
        }
        for item in logged
        if isinstance(item.change, GapOpened)
    ]


def to_gap(row: AnyRow) -> OpenGap:
    return OpenGap(row.source_id, row.from_at, row.until_at, row.reason, row.opened_at)


def want_row(want: Want) -> dict[str, Any]:
    values = {f.name: getattr(want, f.name) for f in fields(Want)}
    return values | {"want_id": want.want_id, "priority": int(want.priority)}


def to_want(row: AnyRow) -> Want:
    values = {f.name: getattr(row, f.name) for f in fields(Want)}
    return Want(**values | {"priority": Priority(row.priority)})


def allowance_row(allowance: Allowance) -> dict[str, Any]:
    return {f.name: getattr(allowance, f.name) for f in fields(Allowance)}


def _json(value: object) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
