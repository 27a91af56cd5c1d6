"""The Supreme Court's docket page as JSON: the whole docket at every reading."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from monitor.errors import ParseError
from monitor.model.outcome import Unreadable
from monitor.model.source import Source, SourceState, Window
from monitor.ports import Fetched, Reading, Request, Sieve
from monitor.sources.supreme_court.page import (
    docket_number,
    normalize_proceeding,
    normalize_scotus_docket,
)


class SupremeCourtReader:
    """Reads `SourceKind.SUPREME_COURT`: one docket, with all its proceedings and orders."""

    def first_request(self, source: Source, state: SourceState) -> Request:
        return Request(source.url, state.etag, state.last_modified, accept="application/json")

    def read(
        self, source: Source, state: SourceState, sieve: Sieve, bodies: Sequence[Fetched]
    ) -> Reading | Request:
        answer = bodies[-1]
        page, rows = _page(answer.body)
        said = docket_number(page)
        if said != source.docket_number:
            raise ParseError(f"this is the docket {said!r}, not {source.docket_number!r}")
        sightings, unreadable = [], []
        for row in rows:
            try:
                sightings.append(normalize_proceeding(row, page, source.source_id))
            except ValueError as exc:
                unreadable.append(Unreadable(source.source_id, json.dumps(row), str(exc)))
        kept, vanished = _compared(state.window, [seen.sighting_key for seen in sightings])
        return Reading(
            vanished=vanished,
            # The page prints the oldest first; a reading is the newest first.
            sightings=tuple(reversed(sightings)),
            dockets=(normalize_scotus_docket(page),),
            unreadable=tuple(unreadable),
            window=Window(sieve=sieve.name, kept=kept),
            total=len(rows),
            etag=answer.etag,
            last_modified=answer.last_modified,
        )


#: What a page lists, and what it did not list at the last reading.
_LISTED, _MISSED = "listed", "missed"


def _compared(
    window: Window, keys: Sequence[str]
) -> tuple[tuple[tuple[str, str, str], ...], tuple[str, ...]]:
    """What is listed, and what a page that shows the whole docket has left out twice in a row."""
    missing = {key: mark for _, key, mark in window.kept if key not in set(keys)}
    vanished = tuple(sorted(key for key, mark in missing.items() if mark == _MISSED))
    listed = [("", key, _LISTED) for key in dict.fromkeys(keys)]
    missed = [("", key, _MISSED) for key, mark in missing.items() if mark == _LISTED]
    return (*listed, *missed), vanished


def _page(body: bytes) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    try:
        page = json.loads(body)
    except (ValueError, RecursionError) as exc:
        quoted = body[:60].decode("latin-1").strip()
        raise ParseError(f"the answer is no JSON, it begins {quoted!r}") from exc
    rows = page.get("ProceedingsandOrder") if isinstance(page, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ParseError("the answer is no docket of the Supreme Court: it has no proceedings")
    return page, rows
