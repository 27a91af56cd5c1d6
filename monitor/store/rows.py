"""Between rows and values, in one place for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from monitor.model.alert import Alert
from monitor.model.change import Change, GapOpened
from monitor.model.codec import dump_alert
from monitor.model.coverage import OpenGap
from monitor.model.delivery import (
    Delivery,
    DeliveryState,
    Escalation,
    Hold,
    Notification,
    RoutedAlert,
    Standing,
)
from monitor.model.docket import (
    Docket,
    DocketEntry,
    Document,
    EntryKind,
    Judgement,
    Ruling,
    RulingOn,
    Sighting,
)
from monitor.model.follow import Follow, FollowState
from monitor.model.news import Match, NewsItem
from monitor.model.outcome import StoredSighting, StoredStory, Unreadable
from monitor.model.quota import Limit, LookUp, Priority, Purpose
from monitor.model.source import DueSource, ShownItem, Source, SourceState, Window
from monitor.model.subjects import case_of, docket_of, kind_of
from monitor.model.watch import Watch, WatchState
from monitor.normalize.text import storable
from monitor.sources.registry import traits_of

AnyRow = Row[Any]


def _columns(value: Any, /, **others: Any) -> dict[str, Any]:
    """A value's fields as columns of the same names; `others` are spelled otherwise in a row."""
    names = value.__dataclass_fields__
    return {name: getattr(value, name) for name in names if name not in others} | others


def fields_of(cls: Any, row: object, /, **others: Any) -> dict[str, Any]:
    """What makes a value of this class: what a row bears under the same names, and `others`."""
    names = cls.__dataclass_fields__
    return {name: getattr(row, name) for name in names if name not in others} | others


def source_row(source: Source) -> dict[str, Any]:
    """What defines a source, without what is remembered of reading it."""
    row = _columns(source, kind=source.traits.kind, every_seconds=int(source.every.total_seconds()))
    return {name: value for name, value in row.items() if name not in {"every", "traits"}}


def fresh_state_row(due: datetime) -> dict[str, Any]:
    """What is remembered of a source that was never read."""
    return state_row(SourceState(next_due_at=due)) | window_row(Window()) | {"lease": ""}


def state_row(state: SourceState) -> dict[str, Any]:
    row = _columns(state)
    del row["window"]
    return row


def window_row(window: Window) -> dict[str, Any]:
    shown = [
        [item.fingerprint, item.sighting_key, _json(item.entered_at), item.is_missed]
        for item in window.shown
    ]
    return _columns(window, shown=shown)


def to_source(row: AnyRow) -> Source:
    every = timedelta(seconds=row.every_seconds)
    return Source(**fields_of(Source, row, traits=traits_of(row.kind), every=every))


def to_state(row: AnyRow) -> SourceState:
    shown = tuple(
        ShownItem(print_, key, datetime.fromisoformat(at) if at else None, is_missed)
        for print_, key, at, is_missed in row.shown
    )
    window = Window(**fields_of(Window, row, shown=shown))
    return SourceState(**fields_of(SourceState, row, window=window))


def to_due_source(row: AnyRow) -> DueSource:
    look_up = None if row.look_up is None else Priority(row.look_up)
    return DueSource(to_source(row), to_state(row), look_up)


def docket_row(docket: Docket) -> dict[str, Any]:
    row = _columns(docket)
    del row["states_head"]
    return row


def to_docket(row: AnyRow) -> Docket:
    return Docket(**fields_of(Docket, row, states_head=False))


def entry_row(entry: DocketEntry) -> dict[str, Any]:
    row = _columns(entry, event_names=list(entry.event_names))
    kept = {name: value for name, value in row.items() if name not in _ENTRY_ELSEWHERE}
    return kept | judgement_columns(entry.judgement)


#: They have tables or columns of their own.
_ENTRY_ELSEWHERE = frozenset({"keys", "source_ids", "documents", "judgement"})


def judgement_columns(judgement: Judgement | None) -> dict[str, Any]:
    """What an entry is thought to be; version 0 for one that was not judged."""
    if judgement is None:
        return dict.fromkeys(_JUDGEMENT_COLUMNS, None) | {"rules_version": 0}
    return {
        "kind": judgement.kind.value,
        "kind_reason": judgement.reason,
        "ruling": judgement.ruling.value,
        "ruling_reason": judgement.ruling_reason,
        "is_dispositive": judgement.is_dispositive,
        "acts_on": judgement.acts_on,
        "rulings": [[one.ruling.value, one.on, one.words] for one in judgement.rulings],
        "may_be": [kind.value for kind in judgement.may_be],
        "rules_version": judgement.rules_version,
    }


_JUDGEMENT_COLUMNS = (
    "kind", "kind_reason", "ruling", "ruling_reason", "is_dispositive", "acts_on",
    "rulings", "may_be",
)  # fmt: skip


def to_judgement(row: AnyRow) -> Judgement | None:
    """What an entry was thought to be; None for one that was not judged."""
    if row.kind is None:
        return None
    return Judgement(
        kind=EntryKind(row.kind),
        reason=row.kind_reason,
        ruling=Ruling(row.ruling),
        ruling_reason=row.ruling_reason,
        is_dispositive=row.is_dispositive,
        acts_on=row.acts_on,
        rulings=tuple(RulingOn(Ruling(said), on, words) for said, on, words in row.rulings or ()),
        may_be=tuple(map(EntryKind, row.may_be or ())),
        rules_version=row.rules_version,
    )


def to_entry(
    row: AnyRow, keys: Sequence[str], source_ids: Sequence[str], documents: Sequence[Document]
) -> DocketEntry:
    others: dict[str, Any] = {
        "event_names": tuple(row.event_names),
        "keys": tuple(keys),
        "source_ids": tuple(source_ids),
        "documents": tuple(documents),
        "judgement": to_judgement(row),
    }
    return DocketEntry(**fields_of(DocketEntry, row, **others))


def document_row(entry_id: str, document: Document) -> dict[str, Any]:
    return _columns(document, entry_id=entry_id)


def to_document(row: AnyRow) -> Document:
    return Document(**fields_of(Document, row))


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


def to_sighting(row: AnyRow, entry: DocketEntry) -> StoredSighting:
    """A stored sighting, as far as it joins and retells an entry: its caption is the docket's."""
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


def change_row(change: Change, at: datetime) -> dict[str, Any]:
    elsewhere = {"source_id", "entry_id", "docket_id", "kind"}
    names = [one.name for one in fields(change) if one.name not in elsewhere]
    return {
        "at": at,
        "kind": change.kind,
        "source_id": change.source_id,
        "entry_id": getattr(change, "entry_id", None),
        "docket_id": getattr(change, "docket_id", None),
        "detail": {name: _json(getattr(change, name)) for name in names},
    }


def alert_row(alert: Alert, place: int = 0) -> dict[str, Any]:
    return {
        "alert_id": alert.alert_id,
        "topic": alert.topic,
        "case_id": case_of(alert),
        "docket_id": docket_of(alert),
        "kind": kind_of(alert),
        "created_at": alert.created_at,
        #: Where it stood among those of its poll.
        "place": place,
        "body": dump_alert(alert),
        "routed_at": None,
    }


def delivery_row(notification: Notification) -> dict[str, Any]:
    """A notification that nobody has tried to send yet."""
    return {
        "delivery_id": notification.delivery_id,
        "recipient": notification.recipient,
        "state": DeliveryState.PENDING.value,
        "attempts": 0,
        "next_attempt_at": notification.send_after,
        "send_after": notification.send_after,
        "hold": notification.hold.value,
        "is_urgent": notification.is_urgent,
        "answers": notification.answers,
        "last_error": "",
        "lease": "",
        "lease_until": None,
        "created_at": notification.created_at,
        "sent_at": None,
        **_escalation_row(notification),
    }


def _escalation_row(notification: Notification) -> dict[str, Any]:
    asked = notification.escalation
    is_ours = asked is not None and bool(asked.then)
    return {
        "escalate_within": round(asked.within.total_seconds()) if asked else None,
        "escalate_to": list(asked.then) if asked else None,
        "escalate_at": notification.send_after + asked.within if asked and is_ours else None,
    }


def delivery_alert_rows(notification: Notification) -> list[dict[str, Any]]:
    """What a notification carries, in its order."""
    return [
        {
            "alert_id": routed.alert.alert_id,
            "recipient": notification.recipient,
            "delivery_id": notification.delivery_id,
            "rule": routed.rule,
            "place": place,
        }
        for place, routed in enumerate(notification.alerts)
    ]


def _standing(raw: Mapping[str, str]) -> Standing:
    return Standing(**{**raw, "at": datetime.fromisoformat(raw["at"])})  # type: ignore[arg-type]


def to_notification(row: AnyRow, alerts: Sequence[RoutedAlert]) -> Notification:
    asked = None
    if row.escalate_within is not None:
        asked = Escalation(timedelta(seconds=row.escalate_within), tuple(row.escalate_to or ()))
    said = None if row.standing is None else tuple(map(_standing, row.standing))
    others: dict[str, Any] = {"alerts": tuple(alerts), "hold": Hold(row.hold)}
    others |= {"escalation": asked, "standing": said}
    return Notification(**fields_of(Notification, row, **others))


def to_delivery(row: AnyRow, alerts: Sequence[RoutedAlert]) -> Delivery:
    return Delivery(
        notification=to_notification(row, alerts),
        state=DeliveryState(row.state),
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at,
        last_error=row.last_error,
        lease=row.lease,
    )


def watch_row(watch: Watch) -> dict[str, Any]:
    leads = None if watch.leads_to is None else list(watch.leads_to)
    return _columns(watch, state=watch.state.value, leads_to=leads)


def to_watch(row: AnyRow) -> Watch:
    leads = None if row.leads_to is None else tuple(row.leads_to)
    known_id = row.known_cl_docket_id
    others = {"state": WatchState(row.state), "leads_to": leads, "cl_docket_id": known_id}
    return Watch(**fields_of(Watch, row, **others))


def follow_row(follow: Follow) -> dict[str, Any]:
    return _columns(follow, follow_id=follow.follow_id, state=follow.state.value)


def to_follow(row: AnyRow) -> Follow:
    return Follow(**fields_of(Follow, row, state=FollowState(row.state)))


def unreadable_row(lost: Unreadable, seen_at: datetime) -> dict[str, Any]:
    return {
        "source_id": lost.source_id,
        "raw_hash": lost.raw_hash,
        "raw": storable(lost.raw),
        "reason": storable(lost.reason),
        "seen_at": seen_at,
    }


def story_row(story: StoredStory) -> dict[str, Any]:
    matches = [
        {
            "case_id": m.case_id,
            "words": list(m.words),
            "score": m.score,
            "is_sure": m.is_sure,
            "acted_on": m.acted_on.isoformat() if m.acted_on else None,
        }
        for m in story.matches
    ]
    return _columns(story.item) | {
        "first_seen_at": story.seen_at,
        "matches": matches,
        "story_id": story.story_id,
        "entry_id": story.entry_id,
    }


def _to_match(kept: Mapping[str, Any]) -> Match:
    day = kept.get("acted_on")
    return Match(
        kept["case_id"],
        tuple(kept["words"]),
        kept.get("score", 1.0),
        kept.get("is_sure", True),
        date.fromisoformat(day) if day else None,
    )


def to_story(row: AnyRow) -> StoredStory:
    matches = tuple(map(_to_match, row.matches))
    item = NewsItem(**fields_of(NewsItem, row))
    return StoredStory(item, matches, row.first_seen_at, row.story_id, row.entry_id)


def gathered(rows: Iterable[AnyRow], key: str, value: str) -> Mapping[str, list[Any]]:
    """Rows as lists by key, in the order of the rows."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(getattr(row, value))
    return found


def gap_rows(changes: Iterable[Change], opened_at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "source_id": change.source_id,
            "from_at": change.from_at,
            "until_at": change.until_at,
            "reason": change.reason,
            "opened_at": opened_at,
            "closed_at": None,
        }
        for change in changes
        if isinstance(change, GapOpened)
    ]


def to_gap(row: AnyRow) -> OpenGap:
    return OpenGap(row.source_id, row.from_at, row.until_at, row.reason, row.opened_at)


def look_up_row(look_up: LookUp) -> dict[str, Any]:
    return _columns(
        look_up,
        look_up_id=look_up.look_up_id,
        purpose=look_up.purpose.value,
        priority=int(look_up.priority),
    )


def to_look_up(row: AnyRow) -> LookUp:
    others = {"purpose": Purpose(row.purpose), "priority": Priority(row.priority)}
    return LookUp(**fields_of(LookUp, row, **others))


def limit_row(limit: Limit) -> dict[str, Any]:
    return _columns(limit)


def to_limit(row: AnyRow) -> Limit:
    return Limit(**fields_of(Limit, row))


def _json(value: object) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
