"""What CourtListener lets this account ask: its `/api-usage/`, which costs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from monitor.errors import ParseError
from monitor.model.quota import Limit
from monitor.model.reading import Reading
from monitor.model.source import Source, SourceState
from monitor.normalize.numbers import whole_number
from monitor.normalize.text import plain
from monitor.ports import Fetched, Request, Wanted
from monitor.sources.courtlistener.rest import api_request, json_object
from monitor.sources.words import word


class ClUsageReader:
    """Reads `courtlistener.USAGE`: what CourtListener lets this account ask."""

    def first_request(self, source: Source, state: SourceState) -> Request:
        return replace(api_request(f"{source.url}api-usage/"), is_free=True)

    def read(
        self, source: Source, state: SourceState, wanted: Wanted, bodies: Sequence[Fetched]
    ) -> Reading | Request:
        limits = read_api_usage(bodies[-1])
        said = ", ".join(f"{a.used} of {a.rate}" for a in limits)
        return Reading(limits=limits, total=len(limits), note=f"used: {said}")


def read_api_usage(answer: Fetched) -> tuple[Limit, ...]:
    """The limits of this account. Raises ParseError for any other answer."""
    usage = json_object(answer).get("current_usage")
    if not isinstance(usage, list):
        raise ParseError("the answer is not CourtListener's API usage")
    return tuple(
        Limit(
            plain(word(row, "rate"), 100), row["limit"], row["window_seconds"], _count(row, "used")
        )
        for row in usage
        if isinstance(row, dict)
        and row.get("scope") == "user"
        and _count(row, "limit") > 0
        and _count(row, "window_seconds") > 0
    )


def _count(row: Mapping[str, Any], name: str) -> int:
    return whole_number(row.get(name)) or 0
