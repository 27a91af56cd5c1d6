"""The parts of a message in words, and how moments, days and numbers are said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

Facts = Mapping[str, Any]

_DISTRICT = re.compile(r"^(?:[0-9a-z]{1,2}:)?(\d\d-[a-z]{2,4}-)0*(\d+)(.*)$")
#: A mail is read on a telephone: what is longer stands behind the link.
_LONGEST_TEXT = 1_500


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a message: a line, what is known of it, and where to read it."""

    title: str
    lines: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A message in words."""

    subject: str
    headline: str
    #: What happened, in whole sentences.
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    #: Label and value: where, when, kind, source.
    rows: tuple[tuple[str, str], ...] = ()
    why: str = ""


def short_number(number: str) -> str:
    """A docket number as people say it.

    >>> short_number("1:25-cv-00457"), short_number("26-5006")
    ('25-cv-457', '26-5006')
    """
    match = _DISTRICT.match(number)
    return f"{match[1]}{match[2]}{match[3]}" if match else number


def moment(raw: str, zone: str) -> str:
    """A moment in the court's zone, with the date.

    >>> moment("2026-03-03T19:05:00+00:00", "America/New_York")
    'Tue 3 Mar 2026, 14:05 EST'
    """
    if not raw:
        return ""
    local = datetime.fromisoformat(raw).astimezone(ZoneInfo(zone or "UTC"))
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M %Z}"


def day(raw: str) -> str:
    """A calendar day of the court.

    >>> day("2026-03-03")
    'Tue 3 Mar 2026'
    """
    if not raw:
        return ""
    found = date.fromisoformat(raw)
    return f"{found:%a} {found.day} {found:%b %Y}"


def span(seconds: float) -> str:
    """A length of time in words.

    >>> span(720), span(5400), span(200_000)
    ('12 minutes', '1 hour 30 minutes', '2 days 7 hours')
    """
    minutes = int(seconds // 60)
    if minutes < 1:
        return "less than a minute"
    parts = (("day", minutes // 1440), ("hour", minutes % 1440 // 60), ("minute", minutes % 60))
    words = [f"{n} {unit}{'s' if n != 1 else ''}" for unit, n in parts if n]
    return " ".join(words[:2])


def subject_of(facts: Facts, headline: str) -> str:
    """The subject line: case, what happened, court and number."""
    place = f"{facts['court']['citation']} {short_number(facts['docket']['number'])}"
    return f"[{facts['case']['label']}] {clip(headline, 140)} ({place})"


def numbered(entry: Facts) -> str:
    """The printed number of an entry, as it stands before its headline."""
    return f"#{entry['entry_number']} " if entry["entry_number"] else ""


def why_of(facts: Facts) -> str:
    """Why somebody gets this."""
    return str(facts.get("why", ""))


def clip(text: str, longest: int = _LONGEST_TEXT) -> str:
    """A text, cut where a message would get too long."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
