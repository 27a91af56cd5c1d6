"""Views that are taken for one entry, and what they say together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from monitor.model.docket import Document, Sighting
from monitor.normalize.entry_keys import sequence_of


@dataclass(slots=True, eq=False)
class Group:
    """Views that are of one entry, and what they say together."""

    sightings: list[int] = field(default_factory=list)
    docket_ids: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    source_ids: set[str] = field(default_factory=set)
    #: A court's own feed shows it, with or without a link to a document.
    feed_links: set[bool] = field(default_factory=set)

    def add(self, place: int, seen: Sighting) -> None:
        mains = main_documents(seen.documents)
        self.sightings.append(place)
        self.docket_ids.add(seen.docket_id)
        self.keys.update(seen.entry_keys)
        self.numbers.update(() if seen.entry_number is None else (seen.entry_number,))
        self.documents |= mains
        self.days.update(() if seen.date_filed is None else (seen.date_filed,))
        self.events.update((seen.event_name,) if seen.event_name else ())
        self.texts.update((seen.text,) if seen.text else ())
        self.source_ids.add(seen.source_id)
        if seen.event_name and not seen.text and sequence_of(seen.entry_keys) is not None:
            self.feed_links.add(bool(seen.documents))

    def absorb(self, other: Group) -> None:
        self.sightings += other.sightings
        for name in _SETS:
            getattr(self, name).update(getattr(other, name))


_SETS = (
    "docket_ids", "keys", "numbers", "documents", "days", "events", "texts", "source_ids",
    "feed_links",
)  # fmt: skip


def main_documents(documents: Iterable[Document]) -> set[str]:
    """PACER's ids of main documents; ids of CourtListener's files say nothing of the entry."""
    return {
        d.document_id for d in documents if not d.attachment_number and d.document_id.isdecimal()
    }
