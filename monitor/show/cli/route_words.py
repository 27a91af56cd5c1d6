"""A search as a route, in words: how they differ, whom it would have told, what missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.history.answers import TriedAlert
from monitor.history.search_trial import SearchAsRoute
from monitor.render.message import counted
from monitor.show.cli.words import at, fill

#: How many alerts of a sort are listed.
_LISTED = 12


def route_lines(found: SearchAsRoute) -> Iterator[str]:
    """What a person must know before the route goes into the configuration."""
    for part in found.wider:
        yield fill(f"The route takes MORE than the search. {part}")
    for part in found.narrower:
        yield fill(f"The route may take LESS than the search. {part}")
    if not (found.wider or found.narrower):
        yield "The route takes what the search finds."
    yield from _told(found)
    if found.missed:
        yield ""
        many = counted(len(found.missed), "filing")
        yield fill(f"MISSED: the search finds {many} of which the route would have told nobody:")
        yield from _alerts(found.missed)
    if found.without_alert:
        many = counted(found.without_alert, "entry", "entries")
        yield fill(f"Found and no alert (read at first, or not watched): {many}.")


def _told(found: SearchAsRoute) -> Iterator[str]:
    tried = counted(found.alerts, "alert")
    if not found.days:
        yield fill(f"Of {tried} since {at(found.since)} it would have told nobody of any.")
    for day in found.days:
        yield ""
        yield fill(f"{day.day}, {day.recipient}: {counted(len(day.alerts), 'alert')}")
        yield from _alerts(day.alerts)


def _alerts(alerts: Sequence[TriedAlert]) -> Iterator[str]:
    for alert in alerts[:_LISTED]:
        case = f"{alert.case_id}: " if alert.case_id else ""
        yield fill(f"{case}{alert.headline} [{alert.topic}]", "  ")
    if len(alerts) > _LISTED:
        yield fill(f"… and {len(alerts) - _LISTED} more (--json lists all)", "  ")
