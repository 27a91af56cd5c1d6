"""What alerts are made of: JSON values that hold every word a message needs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from monitor.model.court import court
from monitor.model.docket import Docket, DocketEntry
from monitor.model.source import Source
from monitor.model.watch import Watch

#: A feed item may be long; a message need not be. The history keeps every word.
LONGEST_TEXT = 4_000


def alert_id(*words: str) -> str:
    """The name of what is told. Telling it again makes the same name, which the schema refuses."""
    return hashlib.blake2b("\x1f".join(words).encode(), digest_size=10).hexdigest()


def entry_facts(entry: DocketEntry, docket: Docket, headline: str) -> dict[str, Any]:
    """An entry as JSON values."""
    return {
        "entry_id": entry.entry_id,
        "docket_id": docket.docket_id,
        "docket_number": docket.docket_number,
        "case_name": docket.case_name,
        "entry_number": entry.entry_number,
        "headline": headline,
        "event_names": list(entry.event_names),
        "text": entry.text[:LONGEST_TEXT],
        "date_filed": iso(entry.date_filed),
        "published_at": iso(entry.published_at),
        "first_seen_at": iso(entry.first_seen_at),
        "url": entry.url,
    }


def case_facts(watch: Watch) -> dict[str, Any]:
    """Which case."""
    return {"case": {"id": watch.case_id, "label": watch.case_label}}


def docket_facts(court_id: str, number: str, name: str) -> dict[str, Any]:
    """Which docket."""
    return {"id": f"{court_id}/{number}", "number": number, "case_name": name}


def court_facts(court_id: str) -> dict[str, Any]:
    """Which court, and in which zone its times are."""
    known = court(court_id)
    return {
        "id": court_id,
        "citation": known.citation,
        "name": known.name,
        "timezone": known.timezone,
    }


def source_facts(source: Source) -> dict[str, Any]:
    """Who says so."""
    return {"id": source.source_id, "name": source.name or source.source_id}


def why_watched(watch: Watch) -> str:
    """Why somebody is told."""
    return f"you watch {watch.docket_number} in {court(watch.court_id).citation}"


def watched(watches: Sequence[Watch]) -> list[str]:
    """The watched dockets, in words."""
    return sorted(
        {f"{w.case_label} ({court(w.court_id).citation} {w.docket_number})" for w in watches}
    )


def iso(moment: datetime | date | None) -> str:
    """A moment or day as text; empty for none."""
    return moment.isoformat() if moment else ""
