"""A docket alert that CourtListener sends by webhook: the same rows as its API gives.

Whoever receives it checks that it may be believed (CourtListener signs nothing), hands the body
over, and lets the poller conclude the reading: what follows is decided and stored as of a poll.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from monitor.errors import ParseError
from monitor.model.docket import Sighting
from monitor.model.outcome import Unreadable
from monitor.model.reading import Reading
from monitor.model.source import Source, SourceState
from monitor.model.watch import Watch
from monitor.normalize.numbers import whole_number
from monitor.ports import Fetched, Request, Wanted
from monitor.sources.courtlistener.rest import json_object, result_rows
from monitor.sources.courtlistener.rows import ClDocket, normalize_entry


class DocketAlertReader:
    """Reads `courtlistener.WEBHOOK`: one alert, which speaks of one docket and vouches for itself.

    Rows of dockets that nobody watches are left out: somebody else's alert is none of ours.
    """

    def read(
        self, source: Source, state: SourceState, wanted: Wanted, bodies: Sequence[Fetched]
    ) -> Reading | Request:
        sightings: list[Sighting] = []
        unreadable: list[Unreadable] = []
        for row in _rows(bodies[-1]):
            watch = _watch_of(row, wanted)
            if watch is None:
                continue
            try:
                sightings.append(normalize_entry(row, _docket(source, watch)))
            except (KeyError, TypeError, ValueError) as exc:
                reason = f"a row of a webhook without sense: {type(exc).__name__} {exc}"
                unreadable.append(Unreadable(source.source_id, repr(row), reason))
        return Reading(
            sightings=tuple(sightings), unreadable=tuple(unreadable), total=len(sightings)
        )


def _rows(body: Fetched) -> list[Mapping[str, Any]]:
    payload = json_object(body).get("payload")
    if not isinstance(payload, dict):
        raise ParseError("the webhook is no docket alert: it has no payload")
    return result_rows(payload)


def _watch_of(row: Mapping[str, Any], wanted: Wanted) -> Watch | None:
    docket = whole_number(row.get("docket"))
    return wanted.with_cl_docket(docket) if docket is not None else None


def _docket(source: Source, watch: Watch) -> ClDocket:
    return ClDocket(
        source_id=source.source_id,
        court_id=watch.court_id,
        docket_number=watch.docket_number,
        cl_docket_id=watch.cl_docket_id or 0,
    )
