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

    `only_office` is the number before the colon where all dockets of a district have the same one
    (as counted in 130,000 items of December 2022); empty where they have several, or none.
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
    only_office: str = ""


@functools.cache
def courts() -> dict[str, Court]:
    """Every court we know, by court id (CourtListener's spelling: `dcd`, `cadc`)."""
    table = resources.files("monitor.model").joinpath("courts.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return {row[0]: Court(row[0], CourtKind(row[1]), *row[2:]) for row in rows}


def find_court(said: str) -> str:
    """The id of the court that a person names by id or citation; empty where it is none.

    >>> find_court("DCD"), find_court("D.D.C."), find_court("d. d. c."), find_court("nowhere")
    ('dcd', 'dcd', 'dcd', '')
    """
    return _spoken().get(_letters(said), "")


@functools.cache
def _spoken() -> dict[str, str]:
    by_citation = {_letters(known.citation): known.court_id for known in courts().values()}
    return by_citation | {_letters(court_id): court_id for court_id in courts()}


def _letters(said: str) -> str:
    return "".join(letter for letter in said.lower() if letter.isalnum())


def court(court_id: str) -> Court:
    """The court of this id; a court we do not know gets an entry that claims nothing."""
    known = courts().get(court_id)
    if known is not None:
        return known
    return Court(court_id, CourtKind.SPECIAL, court_id, court_id, "UTC", "", "")
