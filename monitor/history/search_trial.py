"""A saved search as a route: what it would have told over the past, and what missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.errors import UsageError
from monitor.history.answers import DayOfRecipient, TriedAlert
from monitor.history.record import Record
from monitor.history.search import check_names, found_since
from monitor.history.search_route import draft_route
from monitor.history.search_terms import SearchQuery
from monitor.history.trial import filings_of, try_rules
from monitor.settings.problems import did_you_mean
from monitor.settings.ready_made import EVERYBODY
from monitor.settings.schema import MonitorConfig
from monitor.settings.telling import all_routes, in_full, make_rules


@dataclass(frozen=True, slots=True)
class SearchAsRoute:
    """A route for `routes:`, how it differs from the search, and both tried on the past."""

    yaml: str
    #: Parts of the search that the route does not ask: it takes more.
    wider: tuple[str, ...]
    #: What the search finds and the route would not take.
    narrower: tuple[str, ...]
    since: datetime
    #: How many alerts were tried.
    alerts: int
    days: tuple[DayOfRecipient, ...]
    #: Filings that the search finds and of which the route would have told nobody.
    missed: tuple[TriedAlert, ...]
    #: How many entries the search finds that were no alert: read at first, or not watched.
    without_alert: int


def as_route(
    record: Record,
    query: SearchQuery,
    config: MonitorConfig,
    name: str,
    to: Sequence[str],
    since: datetime,
) -> SearchAsRoute:
    """Make a route of a search and try it by itself. Raises UsageError where it cannot be one."""
    _check(config, name, to)
    check_names(record, query)
    draft = draft_route(record, query, name, to, goes_on=bool(config.otherwise))
    alone = config.model_copy(update={"routes": (draft.route,), "otherwise": ()})
    rules = make_rules(in_full(alone))
    trial = try_rules(record, rules, rules, since)
    found = found_since(record, query, since)
    alerts = {alert.alert_id for day in trial.days for alert in day.alerts}
    filings = list(filings_of(record, since))
    # An entry is told by its filing, or when its text came.
    told = {entry_id for entry_id, alert in filings if alert.alert_id in alerts}
    latest = dict(filings)
    return SearchAsRoute(
        yaml=draft.yaml,
        wider=draft.wider,
        narrower=draft.narrower,
        since=since,
        alerts=trial.alerts,
        days=trial.days,
        missed=tuple(latest[one] for one in latest if one in found - told),
        without_alert=len(found - latest.keys()),
    )


def _check(config: MonitorConfig, name: str, to: Sequence[str]) -> None:
    known = [EVERYBODY, *(one.name for one in config.recipients)]
    for recipient in to:
        if recipient not in known:
            raise UsageError(
                f"no recipient is called {recipient!r}{did_you_mean(recipient, known)}"
            )
    if not to:
        raise UsageError(f"say whom the route tells: --to {known[-1]}")
    if name in {route.name for _, route in all_routes(config)}:
        raise UsageError(f"a route is called {name!r} already: choose another name")
