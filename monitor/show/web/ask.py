"""What somebody asks a page: checked, so that a question that makes no sense is no empty page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from monitor.errors import UsageError
from monitor.history.days import read_as_of, read_day
from monitor.history.questions import AsOf, EntryQuery, check_days, looked_at, read_cursor
from monitor.history.record import Record, check_listing
from monitor.model.docket import EntryKind
from monitor.normalize.docket_number import normalize_docket_number
from monitor.settings.load import Settings
from monitor.settings.problems import did_you_mean

LISTED = 50
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: the record as it is at this moment, and what stands in the address."""

    record: Record
    settings: Settings
    now: datetime
    params: Mapping[str, str]
    path: Mapping[str, str]
    last_visit: datetime | None = None

    def text(self, name: str) -> str:
        """What stands there, cut; empty for nothing."""
        return " ".join(self.params.get(name, "").split())[:_LONGEST]

    def day(self, name: str) -> date | None:
        """A day: 2026-03-05, yesterday, 7d. Raises UsageError for what is none."""
        raw = self.text(name)
        return read_day(raw, self.now) if raw else None

    def as_of(self) -> AsOf | None:
        """The end of a day in each court's zone, or a moment with its zone. Raises UsageError."""
        raw = self.text("as_of")
        return read_as_of(raw, self.now) if raw else None

    def then(self) -> datetime:
        """The moment that is looked at: the one that is asked for, else this one."""
        return looked_at(self.as_of(), self.now)

    def only(self, *names: str) -> None:
        """Raises UsageError for a word in the address that asks nothing: a filter misspelt."""
        for name in self.params:
            if name not in names:
                raise UsageError(f"nothing here is called {name!r}{did_you_mean(name, names)}")


#: What the filter of a docket sheet asks by.
SHEET = ("kind", "docket", "since", "until", "words", "as_of", "cursor")


def sheet_query(ask: Ask, case_id: str) -> EntryQuery:
    """The entries of a case that somebody wants to see. Raises UsageError."""
    ask.only(*SHEET)
    court_id, _, number = ask.text("docket").partition("/")
    kind, known = ask.text("kind"), [one.value for one in EntryKind]
    if kind and kind not in known:
        raise UsageError(f"no kind is called {kind!r}{did_you_mean(kind, known)}")
    cursor = ask.text("cursor")
    query = EntryQuery(
        court_id=court_id,
        docket_number=normalize_docket_number(number) if number else "",
        case_id=case_id,
        kinds=(kind,) if kind else (),
        since=ask.day("since"),
        until=ask.day("until"),
        words=tuple(ask.text("words").split()),
        as_of=ask.as_of(),
        cursor=read_cursor(cursor) if cursor else None,
        limit=LISTED,
    )
    check_listing(ask.record, query, number)
    check_days(query, ask.now)
    return query
