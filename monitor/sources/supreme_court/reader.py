"""The Supreme Court's docket page as JSON: the whole docket at every reading."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from monitor.errors import ParseError
from monitor.model.docket import Sighting
from monitor.model.outcome import Unreadable
from monitor.model.reading import Reading
from monitor.model.source import ShownItem, Source, SourceState, Window
from monitor.ports import Fetched, Request, Wanted
from monitor.sources.json_body import read_json
from monitor.sources.supreme_court.memory import GONE, Named, dump, line_of, load, name_lines
from monitor.sources.supreme_court.page import (
    docket_number,
    link_of,
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
        sightings, memory = _named(_memory(state), sightings)
        shown = [one for one in memory if one.misses < GONE]
        vanished = _vanished(_memory(state), memory)
        return Reading(
            vanished=vanished,
            # The page prints the oldest first; a reading is the newest first.
            sightings=tuple(reversed(sightings)),
            dockets=(normalize_scotus_docket(page),),
            unreadable=tuple(unreadable),
            window=Window(
                watchlist=wanted.name,
                shown=tuple(ShownItem("", one.key, is_missed=bool(one.misses)) for one in shown),
            ),
            cursor=dump(memory),
            total=len(rows),
            etag=answer.etag,
            last_modified=answer.last_modified,
        )


def _memory(state: SourceState) -> tuple[Named, ...]:
    return load(state.cursor, {item.sighting_key: item.is_missed for item in state.window.shown})


def _named(
    before: Sequence[Named], sightings: Sequence[Sighting]
) -> tuple[list[Sighting], tuple[Named, ...]]:
    """Each line under the name that it was given when it was first seen."""
    lines = [
        line_of(seen.date_filed, seen.text, [link_of(doc) for doc in seen.documents])
        for seen in sightings
    ]
    keys, memory = name_lines(before, lines, [seen.sighting_key for seen in sightings])
    named = [
        replace(seen, sighting_key=key, entry_keys=(key,))
        for seen, key in zip(sightings, keys, strict=True)
    ]
    return named, memory


def _vanished(before: Sequence[Named], after: Sequence[Named]) -> tuple[str, ...]:
    """What a page that shows the whole docket has left out twice in a row."""
    known = {one.key for one in before if one.misses < GONE}
    return tuple(sorted(one.key for one in after if one.misses == GONE and one.key in known))


def _page(body: bytes) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    try:
        page = read_json(body)
    except ValueError as exc:
        quoted = body[:60].decode("latin-1").strip()
        raise ParseError(f"the answer is no JSON, it begins {quoted!r}") from exc
    rows = page.get("ProceedingsandOrder") if isinstance(page, dict) else None
    if not isinstance(page, dict) or not isinstance(rows, list):
        raise ParseError("the answer is no docket of the Supreme Court: it has no proceedings")
    # What is no line among them is one without words, and costs no other.
    return page, [row if isinstance(row, dict) else {"no line": row} for row in rows]
