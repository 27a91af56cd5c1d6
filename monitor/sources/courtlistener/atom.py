"""CourtListener's Atom feed of one docket: opt-in, unmetered, thirty entries.

Never sends If-Modified-Since: the feed's date has the granularity of a day, and would hide
what is filed later on the same day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import xxhash

from monitor.errors import ParseError
from monitor.model.docket import Sighting
from monitor.model.outcome import Unreadable
from monitor.model.reading import Reading
from monitor.model.source import Source, SourceState, Window
from monitor.normalize.text import digest
from monitor.ports import Fetched, Request, Wanted
from monitor.sources.courtlistener.rows import AtomEntry, ClDocket, normalize_atom_entry
from monitor.sources.feed_body import parse_feed
from monitor.sources.words import word

_DOCKET = re.compile(r"/docket/(\d+)/")


class ClAtomReader:
    """Reads `courtlistener.ATOM`."""

    def first_request(self, source: Source, state: SourceState) -> Request:
        return Request(source.url, accept="application/atom+xml")

    def read(
        self, source: Source, state: SourceState, wanted: Wanted, bodies: Sequence[Fetched]
    ) -> Reading | Request:
        body = bodies[-1].body
        window, digest = state.window, xxhash.xxh3_128_digest(body)
        if digest == window.region_hash and window.watchlist == wanted.name:
            count = len(window.fingerprints) // 16
            return Reading(total=count, shared=count)
        entries, lost = _entries(body)
        sightings, unreadable = _sightings(source, entries)
        reason = "the parser broke on it"
        unreadable += [Unreadable(source.source_id, words, reason) for words in lost]
        known = window.fingerprints
        prints = [xxhash.xxh3_128_digest(seen.sighting_key.encode()) for seen in sightings]
        before = {known[at : at + 16] for at in range(0, len(known), 16)}
        return Reading(
            sightings=tuple(sightings),
            unreadable=tuple(unreadable),
            window=Window(region_hash=digest, fingerprints=b"".join(prints), watchlist=wanted.name),
            total=len(entries),
            shared=sum(fingerprint in before for fingerprint in prints),
        )


def _sightings(
    source: Source, entries: Sequence[AtomEntry]
) -> tuple[list[Sighting], list[Unreadable]]:
    docket = _DOCKET.search(source.url)
    on = ClDocket(
        source_id=source.source_id,
        court_id=source.court_id,
        docket_number=source.docket_number,
        cl_docket_id=source.cl_docket_id or (int(docket[1]) if docket else 0),
    )
    seen, unreadable = [], []
    for entry in entries:
        try:
            seen.append(normalize_atom_entry(entry, on))
        except ValueError as exc:
            unreadable.append(Unreadable(source.source_id, repr(entry), str(exc)))
    return _told_apart(seen), unreadable


def _told_apart(sightings: Sequence[Sighting]) -> list[Sighting]:
    """Two rows of one number stand under one fragment: each has a key, in whatever order."""
    first: dict[str, Sighting] = {}
    for seen in sorted(sightings, key=_words):
        first.setdefault(seen.sighting_key, seen)
    return [
        seen
        if _words(seen) == _words(first[seen.sighting_key])
        else replace(seen, sighting_key=f"{seen.sighting_key}#{digest(*_words(seen))}")
        for seen in sightings
    ]


def _words(seen: Sighting) -> tuple[str, ...]:
    return (*(document.document_id for document in seen.documents), seen.text)


def _entries(body: bytes) -> tuple[list[AtomEntry], Sequence[str]]:
    if not body.strip():
        raise ParseError("the answer is empty (CourtListener's firewall answers so to robots)")
    if b"</feed>" not in body[-200:]:
        raise ParseError("the answer is no whole Atom feed: it does not end with </feed>")
    feed = parse_feed(body)
    if not feed.version.startswith("atom"):
        raise ParseError("the answer is no Atom feed")
    entries = [
        AtomEntry(
            title=word(entry, "title"),
            link=word(entry, "link"),
            published=word(entry, "published"),
            summary=word(entry, "summary"),
            enclosure=next((word(e, "href") for e in entry.get("enclosures", ())), ""),
        )
        for entry in feed.entries
    ]
    return entries, feed.lost
