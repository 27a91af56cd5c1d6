"""A search as a route: what would stand in the configuration, and whom it would have told."""

from __future__ import annotations

from datetime import timedelta

from monitor.errors import UsageError
from monitor.history.search_route import draft_route
from monitor.history.search_terms import SearchQuery
from monitor.history.search_trial import as_route
from monitor.history.search_words import read_query
from monitor.settings.ready_made import EVERYBODY
from monitor.show.web.ask import Ask
from monitor.show.web.view import Page

#: How the route is called until somebody calls it otherwise.
_NAME = "saved-search"
_TRIED = timedelta(days=30)


def drafted(ask: Ask, query: SearchQuery) -> str:
    """The route as it stands in the file; why there is none, where no route can say it."""
    is_tree = bool(ask.settings.config.otherwise)
    try:
        return draft_route(ask.record, query, _NAME, (EVERYBODY,), goes_on=is_tree).yaml
    except UsageError as exc:
        return f"# {exc}"


def search_as_route(ask: Ask) -> Page:
    """The route, tried on the last 30 days. Nothing is written anywhere. Raises UsageError."""
    ask.only("q", "to")
    said, to = ask.text("q"), ask.text("to") or EVERYBODY
    since = ask.now - _TRIED
    query = read_query(said, ask.now)
    found = as_route(ask.record, query, ask.settings.config, _NAME, (to,), since)
    alerts = [alert for day in found.days for alert in day.alerts]
    recipients = (EVERYBODY, *(one.name for one in ask.settings.config.recipients))
    more = {"asked": said, "to": to, "found": found, "recipients": recipients}
    return Page("search_route.html.j2", f"As a route: {said}", found, alerts, more)
