"""The Supreme Court's docket page as JSON: the whole docket at every reading."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from monitor.errors import ParseError
from monitor.model.outcome import Unreadable
from monitor.model.reading import Reading
from monitor.model.source import ShownItem, Source, SourceState, Window
from monitor.ports import Fetched, Request, Wanted
from monitor.sources.supreme_court.page import (
    docket_number,
    normalize_proceeding,
    normalize_scotus_docket,
)


class SupremeCourtReader:
    """Reads `SUPREME_COURT`: one docket, with all its proceedings and orders."""

    def first_request(self, source: Source, state: SourceState) -> Request:
        return Request(source.url, state.etag, state.last_modified, accept="application/json")

    def read(
        self, source: Source, state: SourceState, wanted: Wanted, bodies: Sequence[Fetched]
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
        shown, vanished = _compared(state.window, [seen.sighting_key for seen in sightings])
        return Reading(
            vanished=vanished,
            # The page prints the oldest first; a reading is the newest first.
            sightings=tuple(reversed(sightings)),
            dockets=(normalize_scotus_docket(page),),
            unreadable=tuple(unreadable),
            window=Window(watchlist=wanted.name, shown=shown),
            total=len(rows),
            etag=answer.etag,
            last_modified=answer.last_modified,
        )


def _compared(window: Window, keys: Sequence[str]) -> tuple[tuple[ShownItem, ...], tuple[str, ...]]:
    """What is listed, and what a page that shows the whole docket has left out twice in a row."""
    listed = dict.fromkeys(keys)
    missing = [item for item in window.shown if item.sighting_key not in listed]
    vanished = tuple(sorted(item.sighting_key for item in missing if item.is_missed))
    missed = (replace(item, is_missed=True) for item in missing if not item.is_missed)
    return (*(ShownItem("", key) for key in listed), *missed), vanished


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
