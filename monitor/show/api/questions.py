"""What a program may ask: each question a type, so that OpenAPI says all of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from monitor.history.days import BOUNDS, is_within_bounds
from monitor.history.questions import Cursor, EntryQuery, check_days, read_cursor
from monitor.history.record import Record, check_listing
from monitor.model.delivery import DeliveryState
from monitor.model.docket import EntryKind
from monitor.normalize.docket_number import normalize_docket_number
from monitor.settings.problems import did_you_mean

MOST = 200
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d.{0,40}")


def _a_day(raw: object) -> object:
    # Else a bare number would be taken for a moment of 1970.
    if isinstance(raw, str) and not _DAY.fullmatch(raw):
        raise ValueError("no day: write 2026-03-05")
    return raw


def _a_moment(raw: object) -> object:
    if isinstance(raw, str) and not _MOMENT.fullmatch(raw):
        raise ValueError("no moment: write 2026-03-05T10:30:00Z")
    return raw


def _within_bounds(day: date) -> date:
    if not is_within_bounds(day):
        raise ValueError(BOUNDS)
    return day


def _a_text(raw: str) -> str:
    if "\0" in raw:
        raise ValueError("it holds a sign that no text has")
    return raw


def _a_count(raw: object) -> object:
    if isinstance(raw, str) and not re.fullmatch(r"\d{1,9}", raw, re.ASCII):
        raise ValueError(f"no number: write one from 1 to {MOST}")
    return raw


Day = Annotated[date, BeforeValidator(_a_day), AfterValidator(_within_bounds)]
Moment = Annotated[AwareDatetime, BeforeValidator(_a_moment), AfterValidator(_within_bounds)]
Text = Annotated[str, Field(max_length=300), AfterValidator(_a_text)]
Limit = Annotated[int, BeforeValidator(_a_count), Field(ge=1, le=MOST)]
NextCursor = Annotated[
    Text, Field(description="Where the page before ended: its `next_cursor`. Opaque.")
]


class Asked(BaseModel):
    """Only what it names may be asked: a filter misspelt is no filter left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _known(cls, raw: Any) -> Any:
        for name in raw if isinstance(raw, Mapping) else ():
            if name not in cls.model_fields:
                raise ValueError(
                    f"nothing here is called {name!r}{did_you_mean(name, cls.model_fields)}"
                )
        return raw


class EntriesAsked(Asked):
    """Entries, newest first."""

    case: Text = Field("", description="A watched case, by its id.")
    court: Text = Field("", description="A court by its id, as `dcd`, `cadc`, `scotus`.")
    docket: Text = Field("", description="A docket number, however it is written.")
    kind: list[EntryKind] = Field([], max_length=20, description="Any of these kinds.")
    since: Day | None = Field(None, description="Filed on this day or later.")
    until: Day | None = Field(None, description="Filed on this day or earlier.")
    words: Text = Field("", description="Each must stand in the entry or in its caption.")
    seen_since: Moment | None = Field(None, description="First seen later than this.")
    as_of: Moment | None = Field(None, description="As the record stood at this moment.")
    cursor: NextCursor = ""
    limit: Limit = 50

    def query(self, record: Record, now: datetime) -> EntryQuery:
        """Raises UsageError for what makes no sense."""
        query = EntryQuery(
            court_id=self.court,
            docket_number=normalize_docket_number(self.docket) if self.docket else "",
            case_id=self.case,
            kinds=tuple(one.value for one in self.kind),
            since=self.since,
            until=self.until,
            words=tuple(self.words.split()),
            seen_since=self.seen_since,
            as_of=self.as_of,
            cursor=cursor_of(self.cursor),
            limit=self.limit,
        )
        check_listing(record, query, self.docket)
        check_days(query, now)
        return query


class AsOfAsked(Asked):
    """As the record stands, or as it stood."""

    as_of: Moment | None = Field(None, description="As the record stood at this moment.")


class SearchAsked(Asked):
    """Full text."""

    q: Annotated[Text, Field(min_length=1)] = Field(
        description='The query language of the search page: `kind:order "stay pending appeal"`.'
    )
    cursor: NextCursor = ""
    limit: Limit = 50


class ChangesAsked(Asked):
    """What changed in the record, the latest first; without `since` in the last seven days."""

    since: Moment | None = None
    until: Moment | None = None
    cursor: Annotated[str, Field(pattern=r"^[0-9]{0,18}$")] = ""
    limit: Limit = 50

    def span(self, now: datetime) -> tuple[datetime, datetime]:
        until = self.until or now
        return self.since or until - timedelta(days=7), until


class CoverageAsked(Asked):
    """Who saw what since a day; without one over the last seven days."""

    since: Day | None = None
    case: Text = ""


class CalendarAsked(Asked):
    """Stated hearings and deadlines from a day on; without one from today."""

    since: Day | None = None
    case: Text = ""


class DeliveriesAsked(Asked):
    """What was sent or waits, the latest first."""

    recipient: Text = ""
    state: DeliveryState | None = None
    limit: Limit = 50


class Nothing(Asked):
    """This takes no question."""


def cursor_of(raw: str) -> Cursor | None:
    """Raises UsageError for what is no cursor."""
    return read_cursor(raw) if raw else None
