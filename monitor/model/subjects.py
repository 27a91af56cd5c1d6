"""What an alert is about: "who was told of this", and "why not", are asked by its subjects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

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
    GapClosed,
    GapOpened,
    LeadPublished,
    NowWatching,
    PaperAlert,
    SilenceAlert,
    Silenced,
    SourceRecovered,
    SourceRef,
    SourceUnhealthy,
    StoryPublished,
    TestAlert,
)


class SubjectKind(StrEnum):
    CASE = "case"
    DOCKET = "docket"
    ENTRY = "entry"
    SOURCE = "source"


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """One thing that an alert is about: "who was told of this" is asked by these."""

    kind: SubjectKind
    subject_id: str


def subjects_of(alert: Alert) -> tuple[Subject, ...]:
    """Everything that an alert is about, each once, sorted."""
    return tuple(sorted(set(_subjects(alert))))


def cases_of(alert: Alert) -> frozenset[str]:
    """The cases that an alert concerns; empty where it concerns the monitor itself."""
    found = (s.subject_id for s in _subjects(alert) if s.kind is SubjectKind.CASE)
    return frozenset(found)


def case_of(alert: Alert) -> str:
    """The one case that an alert is about; empty for what concerns several, or the monitor."""
    match alert:
        case DeliveryGivenUp() | ClockSetBack() | Briefing() | Silenced() | TestAlert():
            return ""
        case GapOpened() | GapClosed() | SourceUnhealthy() | SourceRecovered() | CoverageChanged():
            return ""
        case Filed() | Amended() | DocumentFreed() | NowWatching() | CaughtUp():
            return alert.case.case_id
        case (
            AppealFound() | AppealProposed() | DocketChanged() | StoryPublished() | LeadPublished()
        ):
            return alert.case.case_id
        case _:
            assert_never(alert)


def docket_of(alert: Alert) -> str:
    """The one docket that an alert is about; empty for what concerns none, or several."""
    match alert:
        case Filed():
            return alert.entries[0].docket.docket_id
        case Amended() | DocumentFreed():
            return alert.entry.docket.docket_id
        case NowWatching() | AppealFound() | AppealProposed() | DocketChanged() | CaughtUp():
            return alert.docket.docket_id
        case GapOpened() | GapClosed() | SourceUnhealthy() | SourceRecovered() | CoverageChanged():
            return ""
        case (
            StoryPublished()
            | LeadPublished()
            | DeliveryGivenUp()
            | ClockSetBack()
            | Briefing()
            | Silenced()
            | TestAlert()
        ):
            return ""
        case _:
            assert_never(alert)


def source_of(alert: Alert) -> str:
    """The source that says so; empty for what concerns the monitor itself."""
    return (
        ""
        if isinstance(alert, DeliveryGivenUp | ClockSetBack | Briefing | Silenced | TestAlert)
        else alert.source.source_id
    )


def kind_of(alert: Alert) -> str:
    """The kind of a filing; the topic of anything else."""
    return alert.judgement.kind.value if isinstance(alert, PaperAlert) else alert.topic


def entries_of(alert: Alert) -> tuple[str, ...]:
    """The entries that an alert tells of, in its order."""
    return tuple(s.subject_id for s in _subjects(alert) if s.kind is SubjectKind.ENTRY)


def _subjects(alert: Alert) -> list[Subject]:
    match alert:
        case Filed():
            return _of_filing(alert.case, alert.source, alert.entries)
        case Amended() | DocumentFreed():
            return _of_filing(alert.case, alert.source, (alert.entry,))
        case NowWatching():
            return [*_of_filing(alert.case, alert.source, alert.entries), _docket(alert.docket)]
        case AppealFound() | AppealProposed() | DocketChanged():
            return _of_case(alert)
        case (
            GapOpened()
            | GapClosed()
            | SourceUnhealthy()
            | SourceRecovered()
            | CoverageChanged()
            | CaughtUp()
        ):
            return _of_silence(alert)
        case StoryPublished() | LeadPublished():
            about = alert.about if isinstance(alert, StoryPublished) else None
            entries = _entries(about.entry_id if about else "")
            cases = (alert.case, *alert.one_of)
            return [*(s for case in cases for s in _about(case, alert.source)), *entries]
        case DeliveryGivenUp() | ClockSetBack() | Briefing() | Silenced() | TestAlert():
            return []
        case _:
            assert_never(alert)


def _of_case(alert: CaseAlert) -> list[Subject]:
    about = [*_about(alert.case, alert.source), _docket(alert.docket)]
    if isinstance(alert, DocketChanged):
        return about
    return [*about, _docket(alert.lower_docket), *_entries(alert.entry_id)]


def _of_silence(alert: SilenceAlert) -> list[Subject]:
    if isinstance(alert, CaughtUp):
        listed = [filing.entry for filing in alert.filings]
        return [*_of_filing(alert.case, alert.source, listed), _docket(alert.docket)]
    concerned = [
        Subject(SubjectKind.SOURCE, alert.source.source_id),
        *(Subject(SubjectKind.CASE, watched.case.case_id) for watched in alert.dockets),
        *(_docket(watched.docket) for watched in alert.dockets),
    ]
    if isinstance(alert, GapClosed):
        gap = Subject(SubjectKind.SOURCE, alert.gap_source_id)
        return [*concerned, gap, *_entries(*alert.entry_ids)]
    return concerned


def _entries(*entry_ids: str) -> list[Subject]:
    return [Subject(SubjectKind.ENTRY, name) for name in entry_ids if name]


def _of_filing(case: CaseRef, source: SourceRef, entries: Sequence[EntrySnapshot]) -> list[Subject]:
    return [
        *_about(case, source),
        *(Subject(SubjectKind.ENTRY, entry.entry_id) for entry in entries),
        *(_docket(entry.docket) for entry in entries),
    ]


def _about(case: CaseRef, source: SourceRef) -> list[Subject]:
    return [
        Subject(SubjectKind.CASE, case.case_id),
        Subject(SubjectKind.SOURCE, source.source_id),
    ]


def _docket(docket: DocketRef) -> Subject:
    return Subject(SubjectKind.DOCKET, docket.docket_id)
