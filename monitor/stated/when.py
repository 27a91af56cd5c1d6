"""Days and times of day as docket entries print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import islice

from monitor.normalize.dates import MONTHS, parse_iso_date, sane_day

#: More days than any entry states; scheduling orders state some twenty.
MOST = 60
#: Where no year is known that is near, "69" is 1969 and "68" 2068, as POSIX has it.
_SINCE = 2018
#: How far a time may stand from its day.
_NEAR = 60

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = re.compile(
    r"(?:\b(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day|\.)?,? "
    r"(?:the )?)?"
    r"(?:(?<![\w/])(?<!\d-)(?:(?P<m>\d{1,2})(?P<sign>[/-])(?P<d>\d{1,2})(?P=sign)(?P<y>\d{4}|\d\d)"
    r"|(?P<iso>\d{4}-\d\d-\d\d))(?![\w/])"
    rf"|\b(?P<month>{_MONTH}) ?(?P<md>\d{{1,2}})(?:st|nd|rd|th)?,? ?(?P<my>\d{{4}})\b"
    rf"|\b(?P<od>\d{{1,2}})(?:st|nd|rd|th)? (?:day of )?(?P<omonth>{_MONTH}),? (?P<oy>\d{{4}})\b)",
    re.IGNORECASE | re.ASCII,
)
_TIME = (
    r"(?:(?<![\d:])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>[ap])\. ?m\b\.?"
    r"|(?<![\d:])(?P<hour2>\d{1,2})(?:[:.](?P<minute2>\d\d))? ?(?P<half2>[ap])m\b"
    r"|(?P<word>(?:12(?::00)? )?(?:noon|midnight)\b)"
    r"|(?<![\d:])(?P<hour3>1[3-9]|2[0-3]):(?P<minute3>[0-5]\d)\b)"
)
#: "…, at 10:00 AM", "… by noon", "… in Courtroom 3 at 2 p.m.".
_TIME_AFTER = re.compile(
    rf"[\s,(-]{{0,4}}(?:(?:[^.;()]{{0,{_NEAR}}}? )?(?:at|@|commencing|beginning|starting|by)\s?)?"
    rf"[\s,-]{{0,3}}{_TIME}",
    re.IGNORECASE | re.ASCII,
)
#: "at 10:00 a.m. on …".
_TIME_BEFORE = re.compile(
    rf"\b(?:(?:at|@) )?{_TIME}(?: \(?[A-Za-z]{{2,8}}\)?(?: time)?)?[\s,:]{{0,3}}(?:on)?"
    r"[\s,:]{0,3}$",
    re.IGNORECASE | re.ASCII,
)

#: "reset from 10:00 AM to 2:00 PM", "moved to 2 p.m."; with a day behind it, it is another day's.
_HOUR_MOVED = re.compile(
    rf"\W{{0,3}}(?:from [\d:.]{{1,5}} ?(?:[ap]\.? ?m\b\.?)? ?)?to {_TIME}"
    rf"(?! ?(?:\([A-Za-z]{{2,8}}\) )?,? ?(?:on\b|\w{{3,6}}day\b|{_MONTH} ?\d|\d))",
    re.IGNORECASE | re.ASCII,
)
#: A day without its year.
_YEARLESS = re.compile(
    rf"(?:\b(?P<month>{_MONTH}) ?(?P<md>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?!,? ?(?:19|20)\d\d\b)"
    r"|(?<![\w/-])(?P<m>\d{1,2})/(?P<d>\d{1,2})(?![\w/-]))",
    re.IGNORECASE | re.ASCII,
)
_THROUGH = re.compile(r"\s?(?:through|thru|[-–—])\s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """A day, and the time of day beside it, where a text prints them: `words`, which stand from
    `begin` to `end`.
    """

    day: date
    time: time | None
    begin: int
    end: int
    words: str


def written_days(text: str, filed: date | None) -> Iterator[Written]:
    """The days of a text in its order, MOST at most; impossible ones are left out.

    Of "6/1/2026 through 6/5/2026" it is the first. A day beside the wrong weekday is left out too:
    nobody knows which of the two is meant. A year of two digits is the one nearest to `filed`, if
    that is known.

    >>> [one.day.isoformat() for one in written_days("Friday, 3/20/26; Monday, 3/20/2026", None)]
    ['2026-03-20']
    """
    last: Written | None = None
    for found in islice(_DAY.finditer(text), MOST):
        day = _day_of(found, filed)
        if day is None or not _is_weekday(day, found["weekday"]):
            continue
        one = _with_time(text, day, found, last.end if last else 0)
        if last and _THROUGH.fullmatch(text[last.end : one.begin]):
            last = _until(last, one, text)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _until(first: Written, last: Written, text: str) -> Written:
    """The first of several days, with the time that stands behind the last."""
    words = text[first.begin : last.end]
    return replace(first, time=first.time or last.time, end=last.end, words=words)


def _with_time(text: str, day: date, found: re.Match[str], ends_before: int) -> Written:
    rest = text[found.end() : found.end() + 2 * _NEAR]
    other = _DAY.search(rest)
    after = _TIME_AFTER.match(rest[: other.start()] if other else rest)
    start = max(found.start() - _NEAR, ends_before)
    before = _TIME_BEFORE.search(text[start : found.start()])
    if before:
        begin = start + before.start()
        return Written(day, _time_of(before), begin, found.end(), text[begin : found.end()])
    end = found.end() + (after.end() if after else 0)
    time_of_day = _time_of(after) if after else None
    return Written(day, time_of_day, found.start(), end, text[found.start() : end])


def _day_of(found: re.Match[str], filed: date | None) -> date | None:
    if found["iso"]:
        return parse_iso_date(found["iso"])
    month = found["month"] or found["omonth"]
    number = MONTHS.index(month[:3].title()) + 1 if month else int(found["m"])
    year = found["y"] or found["my"] or found["oy"]
    try:
        day = date(_year_of(year, filed), number, int(found["d"] or found["md"] or found["od"]))
    except ValueError:
        return None
    return sane_day(day)


def _year_of(digits: str, filed: date | None) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    near = filed.year if filed else _SINCE
    return min((1900 + year, 2000 + year), key=lambda one: abs(one - near))


def _is_weekday(day: date, word: str | None) -> bool:
    return word is None or _WEEKDAYS[day.weekday()] == word[:3].lower()


def _time_of(found: re.Match[str]) -> time | None:
    """The time of day; midnight is the end of the day it stands beside."""
    if word := found["word"]:
        return time(12) if word.lower().endswith("noon") else time(23, 59)
    if found["hour3"]:
        return time(int(found["hour3"]), int(found["minute3"]))
    hour = int(found["hour"] or found["hour2"])
    minute = int(found["minute"] or found["minute2"] or 0)
    late = 12 if (found["half"] or found["half2"]).lower() == "p" else 0
    return time(hour % 12 + late, minute) if 1 <= hour <= 12 and minute < 60 else None


def hour_moved(words: str) -> time | None:
    """The hour to which words behind "reset" move a matter on the same day.

    >>> hour_moved(" from 10:00 AM to 2:00 PM."), hour_moved(" to 2:00 PM on 3/25/2026")
    (datetime.time(14, 0), None)
    """
    found = _HOUR_MOVED.match(words)
    return _time_of(found) if found else None


def yearless_days(words: str) -> tuple[tuple[int, int], ...]:
    """Month and day of each day that words name without its year.

    >>> yearless_days("from March 18 to 3/25; not 3/26/2026")
    ((3, 18), (3, 25))
    """
    found = islice(_YEARLESS.finditer(words), MOST)
    return tuple(filter(_is_in_a_year, (_month_and_day(one) for one in found)))


def _month_and_day(found: re.Match[str]) -> tuple[int, int]:
    month = found["month"]
    number = MONTHS.index(month[:3].title()) + 1 if month else int(found["m"])
    return number, int(found["md"] or found["d"])


def _is_in_a_year(month_and_day: tuple[int, int]) -> bool:
    month, day = month_and_day
    return 1 <= month <= 12 and 1 <= day <= 31


def has_day(words: str) -> bool:
    """Whether words name a day with its year."""
    return _DAY.search(words) is not None
