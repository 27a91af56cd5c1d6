"""Answers as lines for a terminal or a screen reader: no tables, no colour that means anything."""

from __future__ import annotations

import shutil
import textwrap
from datetime import datetime

from monitor.history.answers import ChangeLine, DeliveryLine, EntryLine, RulingLine
from monitor.model.court import court
from monitor.model.evidence import is_imported
from monitor.normalize.text import without_hiding
from monitor.render.message import clip, counted, day, moment

_NARROWEST, _WIDEST = 40, 100
#: Signs of a text that are shown of it in a list.
_BEGINNING = 240


def width() -> int:
    """How wide the text may be: the terminal's width, up to a readable line."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, _NARROWEST), _WIDEST)


def fill(text: str, indent: str = "") -> str:
    """A text in lines, without what a terminal would obey."""
    return textwrap.fill(
        without_hiding(text),
        width(),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def at(when: datetime | None, court_id: str = "") -> str:
    """A moment in the court's zone, with the date; UTC where there is no court."""
    zone = court(court_id).timezone if court_id else "UTC"
    return moment(when, zone) or "never"


def entry_lines(entry: EntryLine) -> list[str]:
    """An entry in two or three lines."""
    number = f"#{entry.entry_number}" if entry.entry_number is not None else "no number"
    filed = day(entry.date_filed) or "no date"
    citation = court(entry.court_id).citation
    seen = at(entry.first_seen_at, entry.court_id)
    lines = [
        fill(f"{filed}  {entry.headline}"),
        fill(f"{citation} {entry.docket_number} {entry.case_name}", "    "),
        fill(f"{number}, seen {seen}, {entry.entry_id}", "    "),
    ]
    if entry.may_be:
        lines.append(fill(kind_words(entry), "    "))
    if is_imported(entry.entry_id):
        lines.append("    IMPORTED: another installation saw it, none of our sources")
    if entry.is_withdrawn:
        lines.append("    WITHDRAWN: its source no longer lists it")
    return lines


def text_lines(text: str, *, is_whole: bool) -> list[str]:
    """The text of an entry under its lines: its beginning, or all of it."""
    if not text:
        return ["    > no text is known yet"]
    return [fill(text if is_whole else clip(" ".join(text.split()), _BEGINNING), "    > ")]


def change_words(change: ChangeLine) -> str:
    """A line of the change log in words."""
    before, after = (words.replace("\n", " | ") for words in (change.before, change.after))
    field = f" ({change.field.replace('_', ' ')})" if change.field else ""
    name = f"{change.kind.replace('_', ' ')}{field}"
    if before and after:
        return f"{name}: “{before}” became “{after}”"
    return f"{name}: “{after or before}”" if after or before else name


def kind_words(entry: EntryLine) -> str:
    """What it is, and what it may be besides."""
    kind = entry.kind.replace("_", " ")
    besides = " or ".join(one.replace("_", " ") for one in entry.may_be)
    return f"{kind}; UNCERTAIN, may be {besides}: read it" if besides else kind


def unsure_words(unsure: int) -> str:
    """That some of what is listed only may be of the kind that was asked for; empty for none."""
    if not unsure:
        return ""
    if unsure == 1:
        return "1 of these is marked UNCERTAIN: it may be of that kind, or of another. Read it."
    return f"{unsure:,} of these are marked UNCERTAIN: of that kind, or of another. Read them."


def unjudged_words(missing: int) -> str:
    """That a filter by kind misses what nobody judged yet; empty for nothing."""
    if not missing:
        return ""
    return (
        f"Not judged yet by the rules of this version: {counted(missing, 'entry', 'entries')}, "
        "missing here until `docket-monitor run` has judged what is left."
    )


def ruling_words(entry: EntryLine) -> str:
    """What the court did, as far as it is known: an event name alone leaves it open."""
    if len(entry.rulings) > 1:
        return "; ".join(map(ruling_on_words, entry.rulings))
    if entry.ruling == "none" and entry.is_dispositive is None and not entry.text:
        return "not known (only the event name was seen)"
    return entry.ruling.replace("_", " ")


def ruling_on_words(one: RulingLine) -> str:
    """One ruling, and on what."""
    on = f"entry {one.on}" if one.on[:1].isdigit() else one.on
    return one.ruling.replace("_", " ") + (f" on {on}" if on else "")


def told_words(delivery: DeliveryLine, court_id: str) -> str:
    """To whom a delivery went, when, and what it told."""
    when = at(delivery.sent_at, court_id) if delivery.sent_at else delivery.state
    topics = ", ".join(dict.fromkeys(alert.topic for alert in delivery.alerts))
    return f"{topics} to {delivery.recipient}: {when} ({delivery.delivery_id})"
