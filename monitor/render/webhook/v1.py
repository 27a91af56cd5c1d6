"""Version 1 of the webhook's document: one alert each, in the fields that it always had.

Kept for receivers that name it (`schema_version: 1`); what it cannot say (several alerts at once)
is not put into a notification for them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, assert_never

from monitor.model.alert import (
    Alert,
    Amended,
    AppealFound,
    AppealProposed,
    Briefing,
    CaseAlert,
    CaseRef,
    CaughtUp,
    ClockSetBack,
    CoverageChanged,
    DeliveryGivenUp,
    DocketChanged,
    DocketRef,
    DocumentFreed,
    EntrySnapshot,
    Filed,
    FilingAlert,
    GapClosed,
    GapOpened,
    Hole,
    LeadPublished,
    NewsAlert,
    NowWatching,
    SilenceAlert,
    Silenced,
    SourceRecovered,
    SourceRef,
    SourceUnhealthy,
    StoryPublished,
    TestAlert,
    WatchedDocket,
)
from monitor.model.change import EntryChange, EntryRevised, HeadChange
from monitor.model.court import court
from monitor.model.delivery import Notification
from monitor.model.docket import Judgement
from monitor.render.cases import coverage_words
from monitor.render.words import words_of
from monitor.route.fold import fold

#: A JSON object.
Object = dict[str, Any]


def document_of(notification: Notification) -> Object:
    """The first thing that the notification tells, as version 1 spells it."""
    alert = fold(routed.alert for routed in notification.alerts)[0]
    topic, kind = _topic(alert)
    return {
        "type": f"docket.{topic}",
        "schema_version": 1,
        "timestamp": alert.created_at.isoformat(),
        "data": {
            "alert_id": alert.alert_id,
            "delivery_id": notification.delivery_id,
            "topic": topic,
            "kind": kind,
            "route": notification.alerts[0].rule,
            "why": alert.why,
            **_facts(alert),
        },
    }


def _topic(alert: Alert) -> tuple[str, str]:
    """Topic and kind, as version 1 called them."""
    match alert:
        case Filed() | Amended():
            return alert.topic, alert.judgement.kind.value
        case NowWatching() | TestAlert():
            return alert.topic, alert.topic
        case AppealFound() | AppealProposed():
            return "appeal", "appeal_docketed" if isinstance(alert, AppealFound) else alert.topic
        case DocketChanged():
            return "docket", alert.change.kind
        case GapOpened() | GapClosed():
            return "gap", alert.topic
        case SourceUnhealthy() | SourceRecovered() | CoverageChanged():
            return "health", alert.topic
        case CaughtUp():
            return "away", "while_away"
        case StoryPublished() | LeadPublished():
            return "news", "lead" if isinstance(alert, LeadPublished) else "news"
        case ClockSetBack():
            return "health", alert.topic
        case DocumentFreed():
            return "document", alert.judgement.kind.value
        case Briefing() | Silenced():
            return alert.topic, alert.topic
        case DeliveryGivenUp():
            return "delivery", "delivery_dead"
        case _:
            assert_never(alert)


def _facts(alert: Alert) -> Object:
    match alert:
        case Filed() | Amended():
            return _filing_facts(alert)
        case NowWatching():
            entries = [_entry(entry) for entry in alert.entries]
            return _about(alert.case, alert.source, alert.docket) | {"entries": entries}
        case AppealFound() | AppealProposed() | DocketChanged():
            return _case_facts(alert)
        case (
            GapOpened()
            | GapClosed()
            | SourceUnhealthy()
            | SourceRecovered()
            | CoverageChanged()
            | CaughtUp()
        ):
            return _silence_facts(alert)
        case StoryPublished() | LeadPublished():
            return _news_facts(alert)
        case DocumentFreed():
            return _about(alert.case, alert.source, alert.entry.docket) | {
                **_judgement(alert.judgement),
                "entries": [_entry(alert.entry)],
                "document_url": alert.url,
            }
        case DeliveryGivenUp() | ClockSetBack() | Briefing() | Silenced() | TestAlert():
            said = words_of(alert)
            return {"title": said.headline, "paragraphs": list(said.paragraphs)}
        case _:
            assert_never(alert)


def _filing_facts(alert: FilingAlert) -> Object:
    entries = alert.entries if isinstance(alert, Filed) else (alert.entry,)
    facts: dict[str, Any] = {
        **_about(alert.case, alert.source, entries[0].docket),
        **_judgement(alert.judgement),
        "entries": [_entry(entry) for entry in entries],
    }
    if isinstance(alert, Amended):
        facts |= {"changes": [_change(c) for c in alert.changes], "amends": alert.amends}
    elif alert.after_gap:
        facts["after_gap"] = _span(alert.after_gap)
    return facts


def _judgement(judgement: Judgement) -> Object:
    return {
        "kind": judgement.kind.value,
        "kind_reason": judgement.reason,
        "ruling": judgement.ruling.value,
        "ruling_reason": judgement.ruling_reason,
        "is_dispositive": judgement.is_dispositive,
        "acts_on": judgement.acts_on,
    }


def _case_facts(alert: CaseAlert) -> Object:
    facts = _about(alert.case, alert.source, alert.docket)
    if isinstance(alert, DocketChanged):
        return facts | {"changes": [_change(alert.change)]}
    return facts | {
        "lower_docket": _docket(alert.lower_docket),
        "entry_id": alert.entry_id,
        "is_certain": isinstance(alert, AppealFound),
        "coverage": coverage_words(alert.docket.court_id),
    }


def _silence_facts(alert: SilenceAlert) -> Object:
    about = {"source": _source(alert.source), "court": _court(alert.source.court_id)}
    match alert:
        case GapOpened():
            unread = {"unread": list(alert.unread)} if alert.unread else {}
            return about | _hole(alert.gap) | _concerned(alert.dockets) | unread
        case GapClosed():
            found = {"gap_source_id": alert.gap_source_id, "entry_ids": list(alert.entry_ids)}
            return about | _hole(alert.gap) | found
        case SourceUnhealthy() | SourceRecovered():
            since = {"reason": alert.reason, "since": alert.since.isoformat()}
            return about | since | _concerned(alert.dockets) | _health(alert)
        case CoverageChanged():
            reason = f"it carried “{alert.before}” and now carries “{alert.after}”"
            since = {"reason": reason, "since": alert.created_at.isoformat()}
            return about | since | _concerned(alert.dockets)
        case CaughtUp():
            return _away_facts(alert)
        case _:
            assert_never(alert)


def _health(alert: SourceUnhealthy | SourceRecovered) -> Object:
    if isinstance(alert, SourceUnhealthy):
        return {"last_good_at": _iso(alert.last_good_at)}
    return {"is_whole": alert.is_whole}


def _away_facts(alert: CaughtUp) -> Object:
    return _about(alert.case, alert.source, alert.docket) | {
        "since": alert.since.isoformat(),
        "until": alert.until.isoformat(),
        "gap": _hole(alert.gap) if alert.gap else None,
        "filed": alert.filed,
        "amended": alert.amended,
        "entries": [
            _entry(filing.entry)
            | {
                "topic": "amended" if filing.is_amendment else "filed",
                "kind": filing.kind.value,
                "ruling": filing.ruling.value,
            }
            for filing in alert.filings
        ],
    }


def _news_facts(alert: NewsAlert) -> Object:
    story = alert.story
    about = alert.about if isinstance(alert, StoryPublished) else None
    return {
        "case": _case(alert.case),
        "source": _source(alert.source),
        "story": {
            "id": story.story_id,
            "title": story.title,
            "summary": story.summary,
            "url": story.url,
            "publisher": story.publisher,
            "published_at": _iso(story.published_at),
        },
        "score": alert.score,
        "about": {
            "entry_id": about.entry_id,
            "docket_id": about.docket_id,
            "headline": about.headline,
            "date_filed": _iso(about.date_filed),
        }
        if about
        else None,
        "is_lead": isinstance(alert, LeadPublished),
    }


def _about(case: CaseRef, source: SourceRef, docket: DocketRef) -> Object:
    return {
        "case": _case(case),
        "docket": _docket(docket),
        "court": _court(docket.court_id),
        "source": _source(source),
    }


def _case(case: CaseRef) -> Object:
    return {"id": case.case_id, "label": case.label}


def _docket(docket: DocketRef) -> Object:
    return {
        "id": docket.docket_id,
        "number": docket.docket_number,
        "case_name": docket.case_name,
    }


def _court(court_id: str) -> Object:
    known = court(court_id)
    return {
        "id": court_id,
        "citation": known.citation,
        "name": known.name,
        "timezone": known.timezone,
    }


def _source(source: SourceRef) -> Object:
    return {"id": source.source_id, "name": source.name}


def _entry(entry: EntrySnapshot) -> Object:
    return {
        "entry_id": entry.entry_id,
        "docket_id": entry.docket.docket_id,
        "docket_number": entry.docket.docket_number,
        "case_name": entry.docket.case_name,
        "entry_number": entry.entry_number,
        "headline": entry.headline,
        "event_names": list(entry.event_names),
        "text": entry.text,
        "date_filed": _iso(entry.date_filed),
        "published_at": _iso(entry.published_at),
        "first_seen_at": _iso(entry.first_seen_at),
        "url": entry.url,
    }


def _change(change: EntryChange | HeadChange) -> Object:
    return {
        "kind": change.kind,
        "field": change.field if isinstance(change, EntryRevised) else "",
        "before": getattr(change, "before", ""),
        "after": getattr(change, "after", ""),
    }


def _hole(gap: Hole) -> Object:
    return _span(gap) | {"reason": gap.reason}


def _span(gap: Hole) -> Object:
    return {"from_at": gap.from_at.isoformat(), "until_at": gap.until_at.isoformat()}


def _concerned(dockets: tuple[WatchedDocket, ...]) -> Object:
    return {
        "dockets": [
            f"{one.case.label} ({court(one.docket.court_id).citation} {one.docket.docket_number})"
            for one in dockets
        ],
        "case_ids": sorted({one.case.case_id for one in dockets}),
    }


def _iso(at: datetime | date | None) -> str:
    return at.isoformat() if at else ""
