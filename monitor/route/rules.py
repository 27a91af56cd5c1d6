"""Which recipients get an alert, and by which route."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.alert import Alert, Route

#: Topics that a route limited to kinds still gets: without them its silence would prove nothing.
ABOUT_SILENCE = frozenset({"now_watching", "appeal", "away", "gap", "health", "delivery", "test"})


def recipients_of(alert: Alert, routes: Sequence[Route]) -> dict[str, str]:
    """Recipient -> the first route that leads to him."""
    found: dict[str, str] = {}
    for route in routes:
        if covers(route, alert):
            for recipient in route.to:
                found.setdefault(recipient, route.name)
    return found


def covers(route: Route, alert: Alert) -> bool:
    """Whether this alert goes this way.

    A route may name cases, kinds and topics. Kinds limit what is filed; a gap in the coverage
    of a case is told to everybody who gets the case, unless the route names its topics.
    """
    return not why_not(route, alert.topic, alert.kind, _cases_of(alert))


def why_not(route: Route, topic: str, kind: str, cases: set[str]) -> str:
    """Why a route does not take an alert; empty where it does."""
    if route.topics and topic not in route.topics:
        return f"it takes the topics {', '.join(route.topics)}, this is {topic}"
    if route.cases and topic != "delivery" and not set(route.cases) & cases:
        return f"it takes the cases {', '.join(route.cases)}"
    if not route.kinds or kind in route.kinds or (topic in ABOUT_SILENCE and not route.topics):
        return ""
    return f"it takes the kinds {', '.join(route.kinds)}, this is {kind}"


def _cases_of(alert: Alert) -> set[str]:
    named = {alert.case_id, *alert.facts.get("case_ids", ())}
    return named - {""}
