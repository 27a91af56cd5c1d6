"""A docket alert that CourtListener sends by webhook: the same rows as its API gives.

Whoever receives it checks that it may be believed (CourtListener signs nothing), hands the body
over, and lets the poller conclude the reading: what follows is decided and stored as of a poll.
"""

from __future__ import annotations

from collections.abc import Mapping

from monitor.errors import ParseError
from monitor.model.docket import Sighting
from monitor.model.outcome import Unreadable
from monitor.ports import Fetched, Reading
from monitor.sources.courtlistener.rest import json_object, result_rows
from monitor.sources.courtlistener.rows import ClDocket, normalize_entry


def read_docket_alert(body: bytes, dockets: Mapping[int, ClDocket]) -> Reading:
    """The entries of an alert that are of these dockets, by CourtListener's id of the docket.

    Rows of other dockets are left out: somebody else's alert is none of ours. Raises ParseError
    where the body is no docket alert.
    """
    said = json_object(Fetched(body))
    payload = said.get("payload")
    if not isinstance(payload, dict):
        raise ParseError("the webhook is no docket alert: it has no payload")
    sightings: list[Sighting] = []
    unreadable: list[Unreadable] = []
    for row in result_rows(payload):
        on = dockets.get(row["docket"]) if isinstance(row.get("docket"), int) else None
        if on is None:
            continue
        try:
            sightings.append(normalize_entry(row, on))
        except (KeyError, TypeError, ValueError) as exc:
            reason = f"a row of a webhook without sense: {type(exc).__name__} {exc}"
            unreadable.append(Unreadable(on.source_id, repr(row), reason))
    return Reading(sightings=tuple(sightings), unreadable=tuple(unreadable))
