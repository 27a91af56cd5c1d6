"""What a case's timeline says, one event after the other: drawn or listed, the words are these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from monitor.history.timeline import CaseTimeline, Days, TimelineLane, TimelineMark, TimelineStory
from monitor.model.court import court
from monitor.normalize.dates import court_day
from monitor.normalize.text import without_hiding
from monitor.render.message import counted, place_words, short_number
from monitor.show.cli.words import at
from monitor.show.web.drawing import shape_of
from monitor.stated.calendar import CalendarLine

_ZONE = "America/New_York"
#: So many reports of the press stand one below the other; the rest of a row of them is counted.
_REPORTS = 3


class Sort(StrEnum):
    """What an event is; in this order those of one day stand."""

    BEGINS = "begins"
    ACT = "act"
    DECISIVE = "decisive"
    DOUBT = "doubt"
    APPEAL = "appeal"
    UNSEEN = "unseen"
    PRESS = "press"
    TODAY = "today"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day, on one of the lanes or on none."""

    day: date
    sort: Sort
    words: str
    #: Which lane, counted from the lowest court; None for none.
    lane: int | None = None
    #: How it is drawn: a shape of the pages' timeline.
    shape: str = ""
    #: The lane that this one led to.
    leads_to: int | None = None
    #: The last day of what goes on for a while.
    until: date | None = None


def lane_name(lane: TimelineLane) -> str:
    return place_words(lane.court_id, short_number(lane.docket_number))


def lane_words(lane: TimelineLane) -> str:
    """A docket in a line: what is drawn of it, and what is not."""
    others = counted(lane.others, "other entry", "other entries")
    drawn = counted(len(lane.marks), "act or step of an appeal", "acts and steps of appeals")
    paused = "; PAUSED: it is read, and nobody is told" if lane.is_paused else ""
    return _line(f"{lane_name(lane)} {lane.case_name}: {drawn}, {others}{paused}")


def events(case: CaseTimeline, now: datetime, days: Days) -> tuple[Event, ...]:
    """Everything in its order, the earliest first, today before the days to come."""
    order = list(Sort)
    asked = (one for one in _events(case, now) if one.day in days or one.sort is Sort.UNSEEN)
    return tuple(sorted(asked, key=lambda one: (one.day, order.index(one.sort), one.lane or 0)))


def _events(case: CaseTimeline, now: datetime) -> Iterator[Event]:
    for place, lane in enumerate(case.lanes):
        yield from _of_lane(case, place, lane)
    yield from _folded(case.stories)
    yield Event(court_day(now, _ZONE), Sort.TODAY, "today")
    for line in case.stated:
        yield Event(line.day, Sort.DUE, _due_words(line), _lane_of(case, line))


def _of_lane(case: CaseTimeline, place: int, lane: TimelineLane) -> Iterator[Event]:
    lower = _came_from(case, lane)
    came = f", from {lane_name(case.lanes[lower])}" if lower is not None else ""
    words = f"{lane_name(lane)} begins{came}"
    yield Event(lane.begins, Sort.BEGINS, words, place, "begins", leads_to=lower)
    for mark in lane.marks:
        yield Event(mark.day, _sort_of(mark), mark_words(mark), place, shape_of(mark))
    zone = court(lane.court_id).timezone
    for span in lane.not_visible:
        since, until = at(span.since, lane.court_id), at(span.until, lane.court_id)
        words = f"NOBODY SAW {lane_name(lane)} from {since} to {until}"
        first, last = court_day(span.since, zone), court_day(span.until, zone)
        yield Event(first, Sort.UNSEEN, words, place, until=last)


def _came_from(case: CaseTimeline, lane: TimelineLane) -> int | None:
    """The lane whose appeal this docket is; None where none is known."""
    below = {
        f"{one.court_id}/{one.appeal_number}": one.lower_docket_id for one in case.board.appeals
    }
    names = [one.docket_id for one in case.lanes]
    lower = below.get(lane.docket_id, "")
    return names.index(lower) if lower in names else None


def _sort_of(mark: TimelineMark) -> Sort:
    if mark.is_uncertain:
        return Sort.DOUBT
    if shape_of(mark) == "appeal":
        return Sort.APPEAL
    return Sort.DECISIVE if mark.is_dispositive else Sort.ACT


def mark_words(mark: TimelineMark) -> str:
    """An act or a step of an appeal: what was ruled, the words, and where to look it up."""
    ruling = mark.ruling.replace("_", " ").upper() if mark.ruling != "none" else ""
    said = "" if not ruling or ruling in mark.headline else f"{ruling}: "
    number = f"#{mark.entry_number}" if mark.entry_number is not None else mark.entry_id
    doubt = "; UNCERTAIN: read it" if mark.is_uncertain else ""
    return _line(f"{said}{mark.headline} ({mark.kind.replace('_', ' ')}, {number}{doubt})")


def _folded(stories: Sequence[TimelineStory]) -> Iterator[Event]:
    """The press is thin: of many reports of one day, some, and how many more."""
    for day, some in groupby(stories, key=lambda one: one.day):
        reports = list(some)
        for one in reports[:_REPORTS]:
            words = _line(f"Press: {one.title} ({one.publisher or 'unknown publisher'})")
            yield Event(day, Sort.PRESS, words)
        if more := len(reports) - _REPORTS if len(reports) > _REPORTS else 0:
            yield Event(day, Sort.PRESS, f"Press: and {counted(more, 'more report')}")


def _due_words(line: CalendarLine) -> str:
    gone = "CANCELLED " if line.is_cancelled else "DOUBTFUL " if line.is_doubtful else ""
    clock = f", {line.time:%H:%M} by the court's clock" if line.time else ""
    what = f"{line.kind}: {line.what or 'not named'}"
    return _line(f"To come (unofficial): {gone}{what}{clock}")


def _lane_of(case: CaseTimeline, line: CalendarLine) -> int | None:
    names = [one.docket_id for one in case.lanes]
    return names.index(line.docket_id) if line.docket_id in names else None


def _line(text: str) -> str:
    """Words of others on one line, without what a terminal would obey."""
    return " ".join(without_hiding(text).split())
