"""Values as lines for a terminal or a screen reader: no tables, no colour that means anything."""

from __future__ import annotations

import textwrap
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from monitor.classify.kinds import classify
from monitor.decide.filings import headline_of
from monitor.model.court import court
from monitor.model.docket import Docket, DocketEntry, Kind, Ruling
from monitor.render.message import day, moment
from monitor.show.cli.options import width


def at(when: datetime | None, court_id: str = "") -> str:
    """A moment in the court's zone, with the date; UTC where there is no court."""
    zone = court(court_id).timezone if court_id else "UTC"
    return moment(when.isoformat(), zone) if when else "never"


def local_day(when: datetime, court_id: str) -> str:
    return when.astimezone(ZoneInfo(court(court_id).timezone)).date().isoformat()


def fill(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text,
        width(),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def entry_json(
    entry: DocketEntry, docket: Docket, sighting_keys: tuple[str, ...]
) -> dict[str, Any]:
    """An entry for machines. `source_keys` are the court's own names of it."""
    kind = classify(entry.event_names, entry.text)
    return {
        "entry_id": entry.entry_id,
        "court_id": docket.court_id,
        "docket_number": docket.docket_number,
        "case_name": docket.case_name,
        "entry_number": entry.entry_number,
        "event_names": list(entry.event_names),
        "text": entry.text,
        "kind": kind.kind.value,
        "ruling": kind.ruling.value,
        "dispositive_or_relief": kind.is_dispositive,
        "date_filed": entry.date_filed,
        "published_at": entry.published_at,
        "first_seen_at": entry.first_seen_at,
        "url": entry.url,
        "source_keys": list(entry.keys),
        "sighting_keys": list(sighting_keys),
        "source_ids": list(entry.source_ids),
        "is_withdrawn": entry.is_withdrawn,
        "possible_duplicate_of": entry.possible_duplicate_of,
    }


def entry_lines(entry: DocketEntry, docket: Docket) -> list[str]:
    """An entry in two or three lines."""
    number = f"#{entry.entry_number}" if entry.entry_number is not None else "no number"
    filed = day(entry.date_filed.isoformat()) if entry.date_filed else "no date"
    known = court(docket.court_id)
    lines = [
        fill(f"{filed}  {headline_of(entry)}"),
        fill(f"{known.citation} {docket.docket_number} {docket.case_name}", "    "),
        fill(
            f"{number}, seen {at(entry.first_seen_at, docket.court_id)}, {entry.entry_id}", "    "
        ),
    ]
    if entry.is_withdrawn:
        lines.append("    WITHDRAWN: its source no longer lists it")
    return lines


def said(detail: dict[str, Any], kind: str) -> str:
    """A line of the change log in words."""
    before, after = (str(detail.get(name, "")).replace("\n", " | ") for name in ("before", "after"))
    name = kind.replace("_", " ")
    field = f" ({detail['field'].replace('_', ' ')})" if detail.get("field") else ""
    if before and after:
        return f"{name}{field}: “{before}” became “{after}”"
    return f"{name}{field}" + (f": “{after or before}”" if after or before else "")


def ruling_words(kind: Kind, *, has_text: bool) -> str:
    """What the court did, as far as it is known: an event name alone leaves it open."""
    if kind.ruling is Ruling.NONE and kind.is_dispositive is None and not has_text:
        return "not known (only the event name was seen)"
    return kind.ruling.value.replace("_", " ")
