"""A case's timeline as a drawing: where each lane, mark and line stands. A template draws it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from monitor.history.timeline import CaseTimeline, TimelineLane, TimelineMark
from monitor.model.court import court
from monitor.render.message import short_number

#: In units of the drawing; a page shows it as wide as it is, and scrolls on a telephone.
WIDTH, LEFT, RIGHT = 960, 16, 24
_TOP, _LANE, _NAME = 34, 74, 16
#: Marks nearer than this share one place, with their count.
_NEAR = 13
_SHORTEST = timedelta(days=14)
#: What a ruling looks like: a shape for each, so that color is never the only sign.
_SHAPES = {
    **dict.fromkeys(("granted", "granted_in_part", "affirmed"), "up"),
    **dict.fromkeys(("denied", "dismissed", "reversed", "vacated"), "down"),
    **dict.fromkeys(("stayed", "remanded"), "bar"),
}


@dataclass(frozen=True, slots=True)
class Tick:
    """A month or year on the axis."""

    x: float
    words: str
    is_year: bool


@dataclass(frozen=True, slots=True)
class Band:
    """A time in which nobody saw the docket."""

    x: float
    width: float
    words: str


@dataclass(frozen=True, slots=True)
class Sign:
    """One or more marks at one place. `number` stands in the list below the drawing."""

    x: float
    y: float
    #: `up`, `down`, `bar`, `order` for an act whose ruling is not known, `appeal`, `doubt`.
    shape: str
    number: int
    count: int
    words: str
    entry_id: str


@dataclass(frozen=True, slots=True)
class DrawnLane:
    name: str
    caption: str
    y: float
    x: float
    end: float
    is_paused: bool
    signs: tuple[Sign, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """From the docket below to the appeal that it led to."""

    path: str
    words: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A report of the press, or a day to come."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: float
    ticks: tuple[Tick, ...]
    lanes: tuple[DrawnLane, ...]
    branches: tuple[Branch, ...]
    #: The press, in a lane of its own; `stories_y` is where.
    stories: tuple[Dot, ...]
    stories_y: float
    days: tuple[Dot, ...]
    today: float


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date) -> float:
        inner = WIDTH - LEFT - RIGHT
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + inner * min(max(share, 0.0), 1.0), 1)


def draw(case: CaseTimeline, today: date) -> Drawing:
    """Where everything stands. The same case and day make the same drawing."""
    scale = _scale(case, today)
    lanes = tuple(_lanes(case.lanes, scale, today))
    stories_y = _TOP + _LANE * len(lanes) + 18
    stories = tuple(Dot(scale.x(s.day), f"{s.day}: {s.title}") for s in case.stories)
    days = tuple(
        Dot(scale.x(line.day), f"{line.day}: {line.what or line.kind}")
        for line in case.stated
        if not line.is_cancelled
    )
    return Drawing(
        width=WIDTH,
        height=stories_y + (26 if stories else 4),
        ticks=tuple(_ticks(scale)),
        lanes=lanes,
        branches=tuple(_branches(case, lanes)),
        stories=stories,
        stories_y=stories_y,
        days=days,
        today=scale.x(today),
    )


def _scale(case: CaseTimeline, today: date) -> _Scale:
    days = [lane.begins for lane in case.lanes]
    days += [mark.day for lane in case.lanes for mark in lane.marks]
    last = max([today, *days, *(line.day for line in case.stated)])
    first = min([last - _SHORTEST, *days])
    return _Scale(first, last)


def _ticks(scale: _Scale) -> Iterator[Tick]:
    """The first of each month, or of each third or twelfth where they would stand too near."""
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month + 1
    step = next((one for one in (1, 3, 6, 12) if months / one <= 14), 24)
    year, month = scale.first.year, scale.first.month
    for _ in range(months):
        month, year = (1, year + 1) if month == 12 else (month + 1, year)
        day = date(year, month, 1)
        if day > scale.last:
            return
        if (month - 1) % step == 0:
            is_year = month == 1
            yield Tick(scale.x(day), f"{day:%Y}" if is_year else f"{day:%b}", is_year)


def _lanes(lanes: Sequence[TimelineLane], scale: _Scale, today: date) -> Iterator[DrawnLane]:
    """The highest court on top, as people speak of it."""
    number = 0
    for place, lane in enumerate(reversed(lanes)):
        y = _TOP + _LANE * place + _LANE - 22
        signs = tuple(_signs(lane, scale, y, number))
        number += len(signs)
        where = court(lane.court_id).citation
        yield DrawnLane(
            name=f"{where} {short_number(lane.docket_number)}",
            caption=lane.case_name,
            y=y,
            x=scale.x(lane.begins),
            end=scale.x(today),
            is_paused=lane.is_paused,
            signs=signs,
            bands=tuple(_bands(lane, scale)),
        )


def _bands(lane: TimelineLane, scale: _Scale) -> Iterator[Band]:
    for span in lane.not_visible:
        x, end = scale.x(span.since.date()), scale.x(span.until.date())
        words = f"not seen from {span.since:%Y-%m-%d %H:%M} to {span.until:%Y-%m-%d %H:%M} UTC"
        yield Band(x, max(end - x, 2.0), words)


def _signs(lane: TimelineLane, scale: _Scale, y: float, before: int) -> Iterator[Sign]:
    groups: list[list[TimelineMark]] = []
    for mark in lane.marks:
        if groups and scale.x(mark.day) - scale.x(groups[-1][0].day) < _NEAR:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    for number, group in enumerate(groups, before + 1):
        chief = max(group, key=_weight)
        more = f" and {len(group) - 1} more" if len(group) > 1 else ""
        words = f"{chief.day}: {chief.headline}{more}"
        yield Sign(
            x=scale.x(chief.day),
            y=y,
            shape=shape_of(chief),
            number=number,
            count=len(group),
            words=words,
            entry_id=chief.entry_id,
        )


def _weight(mark: TimelineMark) -> tuple[bool, bool, bool, date]:
    """What of several marks at one place is shown: what decides most, the latest of it."""
    is_ruling = mark.ruling != "none"
    return bool(mark.is_dispositive), is_ruling, not mark.is_uncertain, mark.day


def shape_of(mark: TimelineMark) -> str:
    """How a mark is drawn, here and in the list below."""
    if mark.is_uncertain:
        return "doubt"
    if mark.kind in {"notice_of_appeal", "appeal_related"}:
        return "appeal"
    return _SHAPES.get(mark.ruling, "order")


def _branches(case: CaseTimeline, lanes: Sequence[DrawnLane]) -> Iterator[Branch]:
    by_docket = dict(zip((lane.docket_id for lane in reversed(case.lanes)), lanes, strict=True))
    for appeal in case.board.appeals:
        lower = by_docket.get(appeal.lower_docket_id)
        upper = by_docket.get(f"{appeal.court_id}/{appeal.appeal_number}")
        if lower is None or upper is None:
            continue
        x = upper.x
        path = f"M{max(x - 26, LEFT)},{lower.y} C{x - 8},{lower.y} {x - 18},{upper.y} {x},{upper.y}"
        yield Branch(path, f"{lower.name} led to {upper.name}")


def by_day(marks: Sequence[TimelineMark]) -> list[tuple[date, list[TimelineMark]]]:
    """Marks by their day, the latest first: the drawing in words."""
    latest = sorted(marks, key=lambda mark: mark.day, reverse=True)
    return [(day, list(some)) for day, some in groupby(latest, key=lambda mark: mark.day)]
