"""Between rows and values, in one place for each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from monitor.model.alert import Alert, Delivery, DeliveryState
from monitor.model.change import GapOpened
from monitor.model.coverage import OpenGap
from monitor.model.docket import Docket, DocketEntry, Document, Sighting
from monitor.model.follow import Follow, FollowState
from monitor.model.news import Match, NewsItem
from monitor.model.outcome import LoggedChange, StoredSighting, StoredStory, Unreadable
from monitor.model.quota import Allowance, Priority, Want
from monitor.model.source import Claim, Source, SourceKind, SourceState, Window
from monitor.model.watch import Watch, WatchState

AnyRow = Row[Any]


def _columns(value: Any, /, **others: Any) -> dict[str, Any]:
    """A value's fields as columns of the same names; `others` are spelled otherwise in a row."""
    names = value.__dataclass_fields__
    return {name: getattr(value, name) for name in names if name not in others} | others


def _fields(cls: Any, row: AnyRow, /, **others: Any) -> dict[str, Any]:
    """What makes a value of this class: the row's columns of the same names, and `others`."""
    names = cls.__dataclass_fields__
    return {name: getattr(row, name) for name in names if name not in others} | others


def source_row(source: Source) -> dict[str, Any]:
    """What defines a source, without what is remembered of reading it."""
    row = _columns(source, kind=source.kind.value, every_seconds=int(source.every.total_seconds()))
    del row["every"]
    return row


def fresh_state_row(due: datetime) -> dict[str, Any]:
    """What is remembered of a source that was never read."""
    return state_row(SourceState(next_due_at=due)) | window_row(Window()) | {"lease": ""}


def state_row(state: SourceState) -> dict[str, Any]:
    row = _columns(state)
    del row["window"]
    return row


def window_row(window: Window) -> dict[str, Any]:
    return _columns(window, kept=[list(item) for item in window.kept])


def to_source(row: AnyRow) -> Source:
    every = timedelta(seconds=row.every_seconds)
    return Source(**_fields(Source, row, kind=SourceKind(row.kind), every=every))


def to_state(row: AnyRow) -> SourceState:
    kept = tuple((item[0], item[1], item[2]) for item in row.kept)
    window = Window(**_fields(Window, row, kept=kept))
    return SourceState(**_fields(SourceState, row, window=window))


def to_claim(row: AnyRow, lease: str, priority: Priority | None = None) -> Claim:
    return Claim(to_source(row), to_state(row), lease, priority)


def docket_row(docket: Docket) -> dict[str, Any]:
    row = _columns(docket)
    del row["states_head"]
    return row


def to_docket(row: AnyRow) -> Docket:
    return Docket(**_fields(Docket, row, states_head=False))


def entry_row(entry: DocketEntry) -> dict[str, Any]:
    row = _columns(entry, event_names=list(entry.event_names))
    return {name: value for name, value in row.items() if name not in _ENTRY_ELSEWHERE}


#: They have tables of their own.
_ENTRY_ELSEWHERE = frozenset({"keys", "source_ids", "documents"})


def to_entry(
    row: AnyRow, keys: Sequence[str], source_ids: Sequence[str], documents: Sequence[Document]
) -> DocketEntry:
    others = {
        "event_names": tuple(row.event_names),
        "keys": tuple(keys),
        "source_ids": tuple(source_ids),
        "documents": tuple(documents),
    }
    return DocketEntry(**_fields(DocketEntry, row, **others))


def document_row(entry_id: str, document: Document) -> dict[str, Any]:
    return _columns(document, entry_id=entry_id)


def to_document(row: AnyRow) -> Document:
    return Document(**_fields(Document, row))


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
    return _columns(alert, facts=dict(alert.facts), routed_at=None)


def to_alert(row: AnyRow) -> Alert:
    return Alert(**_fields(Alert, row))


def to_delivery(row: AnyRow, lease: str) -> Delivery:
    state = DeliveryState(row.state)
    return Delivery(**_fields(Delivery, row, alert=to_alert(row), state=state, lease=lease))


def watch_row(watch: Watch) -> dict[str, Any]:
    return _columns(watch, state=watch.state.value)


def to_watch(row: AnyRow) -> Watch:
    return Watch(**_fields(Watch, row, state=WatchState(row.state)))


def follow_row(follow: Follow) -> dict[str, Any]:
    return _columns(follow, follow_id=follow.follow_id, state=follow.state.value)


def to_follow(row: AnyRow) -> Follow:
    return Follow(**_fields(Follow, row, state=FollowState(row.state)))


def unreadable_row(lost: Unreadable, seen_at: datetime) -> dict[str, Any]:
    return {
        "source_id": lost.source_id,
        "raw_hash": hashlib.blake2b(lost.raw.encode(), digest_size=12).hexdigest(),
        "raw": lost.raw,
        "reason": lost.reason,
        "seen_at": seen_at,
    }


def story_row(story: StoredStory) -> dict[str, Any]:
    matches = [
        {"case_id": m.case_id, "words": list(m.words), "score": m.score} for m in story.matches
    ]
    return _columns(story.item) | {
        "first_seen_at": story.seen_at,
        "matches": matches,
        "story_id": story.story_id,
        "entry_id": story.entry_id,
    }


def to_story(row: AnyRow) -> StoredStory:
    matches = tuple(
        Match(m["case_id"], tuple(m["words"]), m.get("score", 1.0)) for m in row.matches
    )
    item = NewsItem(**_fields(NewsItem, row))
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
    return _columns(want, want_id=want.want_id, priority=int(want.priority))


def to_want(row: AnyRow) -> Want:
    return Want(**_fields(Want, row, priority=Priority(row.priority)))


def allowance_row(allowance: Allowance) -> dict[str, Any]:
    return _columns(allowance)


def _json(value: object) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
