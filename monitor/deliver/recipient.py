"""What recipients of every channel have: a name, a clock, and hours in which it is quiet."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from monitor.fields import Id, Strict
from monitor.model.timing import WEEKDAYS, Every, Hours, Pace

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_DIGESTS = {"daily": Every.DAY, "weekly": Every.WEEK}
_FORMS = (
    "write now, hourly, daily 08:00, weekly mon 08:00, or a window such as 10m that the first waits"
)
_LONGEST_WINDOW = timedelta(hours=12)


def parse_clock(raw: object) -> time:
    """A time of day.

    >>> parse_clock("7:30")
    datetime.time(7, 30)
    """
    if isinstance(raw, time):
        return raw
    found = _CLOCK.fullmatch(str(raw).strip())
    if found is None:
        raise ValueError(f'{raw!r} is no time of day: write "07:00", in quotes')
    return time(int(found[1]), int(found[2]))


def parse_pace(raw: object) -> Pace:
    """When what a route takes is sent.

    >>> parse_pace("weekly mon 08:00")
    Pace(every=<Every.WEEK: 4>, window=datetime.timedelta(0), weekday=0, at=datetime.time(8, 0))
    """
    if isinstance(raw, Pace):
        return raw
    match str(raw).lower().split():
        case ["now"]:
            return Pace()
        case ["hourly"]:
            return Pace(Every.HOUR)
        case ["daily", at]:
            return Pace(Every.DAY, at=parse_clock(at))
        case ["weekly", day, at] if day[:3] in WEEKDAYS:
            return Pace(Every.WEEK, weekday=WEEKDAYS.index(day[:3]), at=parse_clock(at))
        case [window]:
            return Pace(Every.WINDOW, window=_parse_window(window))
        case _:
            raise ValueError(f"{raw!r} is no time to send: {_FORMS}")


def _parse_window(raw: str) -> timedelta:
    found = re.fullmatch(r"(\d{1,4})(m|h)", raw)
    length = timedelta(minutes=int(found[1]) * (60 if found[2] == "h" else 1)) if found else None
    if length is None:
        raise ValueError(f"{raw!r} is no time to send: {_FORMS}")
    if not timedelta() < length <= _LONGEST_WINDOW:
        raise ValueError(f"{raw!r} is out of bounds: a window is from 1m to 12h")
    return length


def _known_zone(raw: object) -> str:
    try:
        return ZoneInfo(str(raw)).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        raise ValueError(f"{raw!r} is no time zone: write one as America/New_York") from exc


ClockTime = Annotated[time, BeforeValidator(parse_clock)]
ZoneName = Annotated[str, BeforeValidator(_known_zone)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class QuietConfig(Strict):
    """When nothing is sent but what is urgent; what comes in is sent together afterwards."""

    begins: ClockTime = Field(time(), alias="from")
    ends: ClockTime = Field(time(), alias="to")
    days: tuple[Weekday, ...] = Field((), max_length=6)
    holidays: tuple[date, ...] = Field((), max_length=366)

    @model_validator(mode="before")
    @classmethod
    def _both_ends(cls, raw: Any) -> Any:
        if isinstance(raw, dict) and ("from" in raw) != ("to" in raw):
            raise ValueError("quiet hours have `from` and `to`")
        return raw


def _of_days(pace: Pace) -> Pace:
    if pace.every not in {Every.DAY, Every.WEEK}:
        raise ValueError("a briefing is daily or weekly: write daily 08:00 or weekly mon 08:00")
    return pace


BriefAt = Annotated[Pace, BeforeValidator(parse_pace), AfterValidator(_of_days)]


class RecipientBase(Strict):
    """Somebody who is told."""

    name: Id
    #: Whose clock digests and quiet hours go by.
    zone: ZoneName = "America/New_York"
    quiet: QuietConfig = QuietConfig()
    #: When he is told how it stands though nothing happened: `daily 08:00`, `weekly mon 08:00`.
    briefing: BriefAt | None = None

    @property
    def hours(self) -> Hours:
        return Hours(
            zone=self.zone,
            begins=self.quiet.begins,
            ends=self.quiet.ends,
            weekdays=frozenset(map(WEEKDAYS.index, self.quiet.days)),
            holidays=frozenset(self.quiet.holidays),
        )
