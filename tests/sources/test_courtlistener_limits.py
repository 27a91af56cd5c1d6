"""Limits that CourtListener states in numbers without sense."""

from __future__ import annotations

import json

from monitor.decide.quota import may_ask_at
from monitor.model.quota import Priority, Quota
from monitor.ports import Fetched
from monitor.sources.courtlistener.usage import read_api_usage
from tests.feeds import NOON


def test_a_window_without_end_stops_no_asking() -> None:
    row = {"scope": "user", "rate": "x", "limit": 1, "window_seconds": 10**20, "used": 0}
    limits = read_api_usage(Fetched(json.dumps({"current_usage": [row]}).encode()))
    may_ask_at(Quota((NOON,), {}, limits), Priority.TEXT, NOON)
