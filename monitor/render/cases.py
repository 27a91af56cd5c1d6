"""What happened to a case in words: appeals, and a docket's head."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from monitor.model.alert import AppealFound, AppealProposed, CaseAlert, DocketChanged
from monitor.model.change import CaptionChanged, HeadChange, Reassigned, Reopened, Terminated
from monitor.model.court import CourtKind, court
from monitor.render.message import Message, day, docket_words, subject_of


def words(alert: CaseAlert) -> Message:
    match alert:
        case AppealFound():
            return _appeal_found(alert)
        case AppealProposed():
            return _appeal_proposed(alert)
        case DocketChanged():
            return _docket_changed(alert)
        case _:
            assert_never(alert)


def _appeal_found(alert: AppealFound) -> Message:
    """The docket of an appeal is watched from now on."""
    number, lower = alert.docket.docket_number, alert.lower_docket.docket_number
    higher = court(alert.docket.court_id)
    said = (
        f"The case {lower} went to the {higher.name}. Its docket is watched from now on, by itself."
    )
    return Message(
        subject=subject_of(
            alert.case, alert.docket, f"appeal docketed as No. {number}, now watched"
        ),
        headline=f"Appeal docketed as No. {number}, now watched",
        paragraphs=(said, coverage_words(alert.docket.court_id)),
        rows=(("Read by", alert.source.name),),
        why=alert.why,
    )


def _appeal_proposed(alert: AppealProposed) -> Message:
    """A person is asked whether a docket is the appeal."""
    number, lower = alert.docket.docket_number, alert.lower_docket.docket_number
    docket_id, higher = alert.docket.docket_id, court(alert.docket.court_id)
    said = (
        f"The {higher.name} shows a docket that looks like the appeal from {lower}. It is not "
        f"watched yet. If it is: docket-monitor watch confirm {docket_id}. "
        f"If not: docket-monitor watch refuse {docket_id}."
    )
    return Message(
        subject=subject_of(alert.case, alert.docket, f"is No. {number} the appeal?"),
        headline=f"Is No. {number} the appeal?",
        paragraphs=(said, coverage_words(alert.docket.court_id)),
        rows=(("Read by", alert.source.name),),
        why=alert.why,
    )


def coverage_words(court_id: str) -> str:
    """What can be seen of dockets of a higher court."""
    higher = court(court_id)
    if higher.kind is CourtKind.SUPREME:
        return f"The docket page of the {higher.name} shows all of its proceedings and orders."
    if higher.feed_url:
        return (
            f"The feed of the {higher.citation} carries orders, opinions and judgments only; "
            "briefs and notices are seen where CourtListener has them."
        )
    return f"The {higher.citation} publishes no feed: only CourtListener will show its filings."


def _docket_changed(alert: DocketChanged) -> Message:
    """The court closed, reopened or reassigned a docket."""
    headline = f"Docket {alert.change.kind.replace('_', ' ')}"
    return Message(
        subject=subject_of(alert.case, alert.docket, headline),
        headline=headline,
        paragraphs=(_head_words(alert.change),),
        rows=(("Docket", docket_words(alert.docket)), ("Read by", alert.source.name)),
        why=alert.why,
    )


def _head_words(change: HeadChange) -> str:
    match change:
        case Terminated():
            return f"The court's docket says: closed on {_stated_day(change.after)}."
        case Reopened():
            return f"The docket is open again; it was closed on {_stated_day(change.before)}."
        case Reassigned():
            return f"The case went from {change.before} to {change.after}."
        case CaptionChanged():
            return f"The case is called “{change.after}” now; it was “{change.before}”."
        case _:
            assert_never(change)


def _stated_day(raw: str) -> str:

    return day(date.fromisoformat(raw)) if raw else "an unknown day"
