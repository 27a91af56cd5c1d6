"""The federal courts: one table, so that no fact about a court is guessed in passing."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources


class CourtKind(StrEnum):
    DISTRICT = "district"
    BANKRUPTCY = "bankruptcy"
    APPELLATE = "appellate"
    SPECIAL = "special"
    SUPREME = "supreme"


@dataclass(frozen=True, slots=True)
class Court:
    """One federal court.

    `feed_url` is empty where the court has no working feed (as of December 2022 to
    August 2026, see docs/operators.md); `appeals_go_to` is a court id or empty.
    """

    court_id: str
    kind: CourtKind
    citation: str
    name: str
    timezone: str
    appeals_go_to: str
    feed_url: str


@functools.cache
def courts() -> dict[str, Court]:
    """Every court we know, by court id (CourtListener's spelling: `dcd`, `cadc`)."""
    table = resources.files("monitor.model").joinpath("courts.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return {row[0]: Court(row[0], CourtKind(row[1]), *row[2:]) for row in rows}


def court(court_id: str) -> Court:
    """The court of this id; a court we do not know gets an entry that claims nothing."""
    known = courts().get(court_id)
    if known is not None:
        return known
    return Court(court_id, CourtKind.SPECIAL, court_id, court_id, "UTC", "", "")
