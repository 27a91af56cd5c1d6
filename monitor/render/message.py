"""The parts of a message in words, and how moments, days and numbers are said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from monitor.model.alert import CaseRef, DocketRef, WatchedDocket
from monitor.model.court import court
from monitor.model.watch import EVERYTHING

_DISTRICT = re.compile(r"^(?:[0-9a-z]{1,2}:)?(\d\d-[a-z]{2,4}-)0*(\d+)(.*)$")
#: A mail is read on a telephone: what is longer stands behind the link.
LONGEST_TEXT = 1_500
_LONGEST_HEADLINE = 140


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a message: a line, what is known of it, and where to read it."""

    title: str
    lines: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a long message with a title of its own."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One or more alerts in words, before they are a mail, a page or a line in a terminal."""

    subject: str
    headline: str
    #: What happened, in whole sentences.
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    #: Label and value: where, when, kind, source.
    rows: tuple[tuple[str, str], ...] = ()
    why: str = ""
    #: Who, where and when, right below the headline.
    lead: str = ""
    #: What a list of mails shows behind the subject: the entry's own words.
    preheader: str = ""
    #: Name of each part and what is in it, before the parts themselves.
    contents: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = ()
    #: Where its reader mutes what he knows of, or says that he wants nothing more.
    preferences: str = ""


def with_link(message: Message, link: str) -> Message:
    """The message with the link by which it is acknowledged, where there is one."""
    if not link:
        return message
    asked = Item("Acknowledge it: then it goes to nobody else", url=link)
    return replace(message, items=(*message.items, asked))


def short_number(number: str) -> str:
    """A docket number as people say it.

    >>> short_number("1:25-cv-00457"), short_number("26-5006")
    ('25-cv-457', '26-5006')
    """
    match = _DISTRICT.match(number)
    return f"{match[1]}{match[2]}{match[3]}" if match else number


def moment(at: datetime | None, zone: str) -> str:
    """A moment in the court's zone, with the date; empty for none.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 3, 3, 19, 5, tzinfo=UTC), "America/New_York")
    'Tue 3 Mar 2026, 14:05 EST'
    """
    if at is None:
        return ""
    local = at.astimezone(ZoneInfo(zone or "UTC"))
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M %Z}"


def day(found: date | None) -> str:
    """A calendar day of the court; empty for none.

    >>> day(date(2026, 3, 3))
    'Tue 3 Mar 2026'
    """
    return f"{found:%a} {found.day} {found:%b %Y}" if found else ""


def span(seconds: float) -> str:
    """A length of time in words.

    >>> span(720), span(5400), span(200_000)
    ('12 minutes', '1 hour 30 minutes', '2 days 7 hours')
    """
    minutes = int(seconds // 60)
    if minutes < 1:
        return "less than a minute"
    parts = (("day", minutes // 1440), ("hour", minutes % 1440 // 60), ("minute", minutes % 60))
    words = [counted(n, unit) for unit, n in parts if n]
    return " ".join(words[:2])


def counted(count: int, noun: str, plural: str = "") -> str:
    """A number of things.

    >>> counted(1, "filing"), counted(2, "filing"), counted(0, "entry", "entries")
    ('1 filing', '2 filings', '0 entries')
    """
    return f"{count} {noun if count == 1 else plural or noun + 's'}"


def subject_of(case: CaseRef, docket: DocketRef, headline: str) -> str:
    """The subject line: what happened, in which case, court and number."""
    place = place_words(docket.court_id, short_number(docket.docket_number))
    said = clip(headline[:1].upper() + headline[1:], _LONGEST_HEADLINE)
    return f"{said} — {case.label} ({place})"


def place_words(court_id: str, number: str) -> str:
    """Court and number, as they stand in a subject.

    >>> place_words("dcd", "25-cv-457"), place_words("dcd", "*")
    ('D.D.C. 25-cv-457', 'every docket of D.D.C.')
    """
    citation = court(court_id).citation
    return f"every docket of {citation}" if number == EVERYTHING else f"{citation} {number}"


def docket_words(docket: DocketRef) -> str:
    """A docket with its caption."""
    return " ".join(f"{docket.docket_number} {docket.case_name}".split())


def watched_words(dockets: Sequence[WatchedDocket]) -> str:
    """The watched dockets that something concerns."""
    return "; ".join(
        f"{one.case.label} ({place_words(one.docket.court_id, one.docket.docket_number)})"
        for one in dockets
    )


def numbered(entry_number: int | None) -> str:
    """The printed number of an entry, as it stands before its headline."""
    return f"#{entry_number} " if entry_number else ""


def clip(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text, cut where a message would get too long."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def labelled(*rows: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Rows of label and value, without those that have no value."""
    return tuple((label, value) for label, value in rows if value)
