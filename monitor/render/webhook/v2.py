"""From our alerts to version 2 of the webhook's document, and to its JSON."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, assert_never

from monitor.model import alert as told
from monitor.model.change import EntryChange, EntryRevised, HeadChange
from monitor.model.court import court
from monitor.model.delivery import Notification
from monitor.model.docket import Certainty, EntryKind, Judgement, Ruling
from monitor.render.cases import coverage_words
from monitor.render.webhook import contract
from monitor.route.fold import fold

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def document_of(notification: Notification) -> contract.Document:
    """A notification as receivers see it."""
    alerts = tuple(
        map(_alert, fold((routed.alert for routed in notification.alerts), keep_gaps=True))
    )
    topic = alerts[0].topic if len(alerts) == 1 else "bundle"
    return contract.Document(
        type=f"docket.{topic}",
        timestamp=min(alert.created_at for alert in alerts),
        data=contract.Data(
            delivery_id=notification.delivery_id,
            recipient=notification.recipient,
            rules=notification.rules,
            answers=notification.answers,
            alerts=alerts,
        ),
    )


def dump(document: contract.Document) -> str:
    """A document as JSON text."""
    return documents().dump_json(document).decode()


@functools.cache
def documents() -> TypeAdapter[contract.Document]:
    """The codec of the document."""
    from pydantic import TypeAdapter

    return TypeAdapter(contract.Document)


def _alert(alert: told.Alert) -> contract.Alert:
    match alert:
        case told.Filed() | told.Amended():
            return _filing(alert)
        case told.DocumentFreed():
            place = _place(alert.case, alert.entry.docket, alert.source)
            return contract.DocumentAvailable(
                **_base(alert),
                **place,
                **_judged(alert.judgement),
                entries=(_entry(alert.entry),),
                document_url=alert.url,
            )
        case told.NowWatching():
            entries = tuple(map(_entry, alert.entries))
            place = _place(alert.case, alert.docket, alert.source)
            return contract.NowWatching(**_base(alert), **place, entries=entries)
        case told.AppealFound() | told.AppealProposed() | told.DocketChanged():
            return _case_alert(alert)
        case (
            told.GapOpened()
            | told.GapClosed()
            | told.SourceUnhealthy()
            | told.SourceRecovered()
            | told.CoverageChanged()
            | told.CaughtUp()
        ):
            return _silence(alert)
        case told.StoryPublished() | told.LeadPublished():
            return _news(alert)
        case told.DeliveryGivenUp():
            return contract.DeliveryGivenUp(
                **_base(alert), recipient=alert.recipient, reason=alert.reason
            )
        case told.ClockSetBack():
            return contract.ClockSetBack(**_base(alert), seconds=alert.seconds)
        case told.Briefing():
            return contract.Briefing(
                **_base(alert),
                since=alert.since,
                until=alert.until,
                briefs=tuple(map(_brief, alert.dockets)),
                unreliable=alert.unreliable,
                silences=alert.silences,
            )
        case told.Silenced():
            return contract.Silenced(
                **_base(alert),
                silence_id=alert.silence_id,
                muted=alert.about,
                reason=alert.reason,
                until=alert.until,
            )
        case told.TestAlert():
            return contract.Test(**_base(alert))
        case _:
            assert_never(alert)


class _Base(TypedDict):
    alert_id: str
    created_at: datetime
    why: str


class _Place(TypedDict):
    case: contract.Case
    court: contract.Court
    docket: contract.Docket
    source: contract.Source


class _Judged(TypedDict):
    kind: EntryKind
    may_be: tuple[EntryKind, ...]
    certainty: Certainty
    kind_reason: str
    ruling: Ruling
    ruling_reason: str
    rulings: tuple[contract.RulingOn, ...]
    is_dispositive: bool | None
    acts_on: str


class _Concerned(TypedDict):
    source: contract.Source
    dockets: tuple[contract.Docket, ...]
    cases: tuple[contract.Case, ...]


def _base(alert: told.Alert) -> _Base:
    return {"alert_id": alert.alert_id, "created_at": alert.created_at, "why": alert.why}


def _place(case: told.CaseRef, docket: told.DocketRef, source: told.SourceRef) -> _Place:
    known = court(docket.court_id)
    return {
        "case": contract.Case(case.case_id, case.label),
        "court": contract.Court(known.court_id, known.citation, known.name, known.timezone),
        "docket": _docket(docket),
        "source": _source(source),
    }


def _filing(alert: told.FilingAlert) -> contract.Filed | contract.Amended:
    entries = alert.entries if isinstance(alert, told.Filed) else (alert.entry,)
    place, judged = _place(alert.case, entries[0].docket, alert.source), _judged(alert.judgement)
    shown = tuple(map(_entry, entries))
    if isinstance(alert, told.Filed):
        gap = _gap(alert.after_gap) if alert.after_gap else None
        return contract.Filed(**_base(alert), **place, **judged, entries=shown, after_gap=gap)
    changes = tuple(map(_change, alert.changes))
    return contract.Amended(
        **_base(alert), **place, **judged, entries=shown, changes=changes, amends=alert.amends
    )


def _judged(judgement: Judgement) -> _Judged:
    return {
        "kind": judgement.kind,
        "may_be": judgement.may_be,
        "certainty": judgement.certainty,
        "kind_reason": judgement.reason,
        "ruling": judgement.ruling,
        "ruling_reason": judgement.ruling_reason,
        "rulings": tuple(contract.RulingOn(r.ruling, r.on, r.words) for r in judgement.rulings),
        "is_dispositive": judgement.is_dispositive,
        "acts_on": judgement.acts_on,
    }


def _brief(one: told.DocketBrief) -> contract.DocketBrief:
    return contract.DocketBrief(
        case=contract.Case(one.case.case_id, one.case.label),
        docket=_docket(one.docket),
        acts=one.acts,
        others=one.others,
        seen_until=one.seen_until,
        not_visible=tuple(map(_gap, one.holes)),
    )


def _case_alert(alert: told.CaseAlert) -> contract.Appeal | contract.DocketChanged:
    place = _place(alert.case, alert.docket, alert.source)
    if isinstance(alert, told.DocketChanged):
        return contract.DocketChanged(**_base(alert), **place, change=_change(alert.change))
    return contract.Appeal(
        **_base(alert),
        **place,
        topic=alert.topic,
        lower_docket=_docket(alert.lower_docket),
        entry_id=alert.entry_id,
        coverage=coverage_words(alert.docket.court_id),
    )


def _silence(alert: told.SilenceAlert) -> contract.Alert:
    match alert:
        case told.CaughtUp():
            return _caught_up(alert)
        case told.GapOpened() | told.GapClosed():
            return _gap_alert(alert)
        case told.SourceUnhealthy() | told.SourceRecovered() | told.CoverageChanged():
            return _health(alert)
        case _:
            assert_never(alert)


def _caught_up(alert: told.CaughtUp) -> contract.CaughtUp:
    return contract.CaughtUp(
        **_base(alert),
        **_place(alert.case, alert.docket, alert.source),
        since=alert.since,
        until=alert.until,
        gap=_gap(alert.gap) if alert.gap else None,
        filed=alert.filed,
        amended=alert.amended,
        filings=tuple(
            contract.ListedFiling(_entry(one.entry), one.kind, one.ruling, one.is_amendment)
            for one in alert.filings
        ),
    )


def _gap_alert(
    alert: told.GapOpened | told.GapClosed,
) -> contract.GapOpened | contract.GapClosed:
    gap, concerned = _gap(alert.gap), _concerned(alert.source, alert.dockets)
    if isinstance(alert, told.GapOpened):
        return contract.GapOpened(**_base(alert), **concerned, gap=gap, unread=alert.unread)
    return contract.GapClosed(
        **_base(alert),
        **concerned,
        gap_source_id=alert.gap_source_id,
        gap=gap,
        entry_ids=alert.entry_ids,
    )


def _health(
    alert: told.SourceUnhealthy | told.SourceRecovered | told.CoverageChanged,
) -> contract.SourceUnhealthy | contract.SourceRecovered | contract.CoverageChanged:
    concerned = _concerned(alert.source, alert.dockets)
    match alert:
        case told.SourceUnhealthy():
            return contract.SourceUnhealthy(
                **_base(alert),
                **concerned,
                reason=alert.reason,
                since=alert.since,
                last_good_at=alert.last_good_at,
            )
        case told.SourceRecovered():
            return contract.SourceRecovered(
                **_base(alert),
                **concerned,
                reason=alert.reason,
                since=alert.since,
                is_whole=alert.is_whole,
            )
        case told.CoverageChanged():
            return contract.CoverageChanged(
                **_base(alert),
                **concerned,
                before=alert.before,
                after=alert.after,
            )
        case _:
            assert_never(alert)


def _news(alert: told.NewsAlert) -> contract.News:
    story = alert.story
    about = alert.about if isinstance(alert, told.StoryPublished) else None
    return contract.News(
        **_base(alert),
        topic=alert.topic,
        case=contract.Case(alert.case.case_id, alert.case.label),
        one_of=tuple(contract.Case(one.case_id, one.label) for one in alert.one_of),
        source=_source(alert.source),
        story=contract.Story(
            story_id=story.story_id,
            title=story.title,
            summary=story.summary,
            url=story.url,
            publisher=story.publisher,
            published_at=story.published_at,
        ),
        score=alert.score,
        about=contract.About(about.entry_id, about.docket_id, about.headline, about.date_filed)
        if about
        else None,
    )


def _docket(docket: told.DocketRef) -> contract.Docket:
    return contract.Docket(
        docket.docket_id, docket.court_id, docket.docket_number, docket.case_name
    )


def _concerned(source: told.SourceRef, watched: Sequence[told.WatchedDocket]) -> _Concerned:
    cases = {one.case.case_id: contract.Case(one.case.case_id, one.case.label) for one in watched}
    return {
        "source": _source(source),
        "dockets": tuple(_docket(one.docket) for one in watched),
        "cases": tuple(cases.values()),
    }


def _source(source: told.SourceRef) -> contract.Source:
    return contract.Source(source.source_id, source.name)


def _gap(gap: told.Hole) -> contract.Gap:
    return contract.Gap(gap.from_at, gap.until_at, gap.reason)


def _change(change: EntryChange | HeadChange) -> contract.Change:
    return contract.Change(
        kind=change.kind,
        field=change.field if isinstance(change, EntryRevised) else "",
        before=getattr(change, "before", ""),
        after=getattr(change, "after", ""),
    )


def _entry(entry: told.EntrySnapshot) -> contract.Entry:
    return contract.Entry(
        entry_id=entry.entry_id,
        docket_id=entry.docket.docket_id,
        court_id=entry.docket.court_id,
        docket_number=entry.docket.docket_number,
        case_name=entry.docket.case_name,
        entry_number=entry.entry_number,
        headline=entry.headline,
        event_names=entry.event_names,
        text=entry.text,
        date_filed=entry.date_filed,
        published_at=entry.published_at,
        first_seen_at=entry.first_seen_at,
        url=entry.url,
    )
