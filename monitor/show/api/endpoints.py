"""Each address of the API: what it asks the history."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated, Any, TypeAlias

from fastapi import APIRouter, Depends, Query, Request, Security
from fastapi.security import HTTPBearer
from starlette.responses import Response

from monitor.errors import UsageError
from monitor.history import boards, calendar, changes, deliveries, entries, explain, who
from monitor.history.answers import (
    CaseBoard,
    ChangeLine,
    CoverageStatement,
    DeliveryDetail,
    DeliveryLine,
    EntryDetail,
    EntryPage,
    Explanation,
    SourceLine,
    WhoAnswer,
)
from monitor.history.coverage import coverage
from monitor.history.record import check_case, check_recipient
from monitor.history.search import SearchPage, search
from monitor.history.search_words import read_query
from monitor.history.sources import sources
from monitor.history.timeline import CaseTimeline, timeline
from monitor.model.access import Scope
from monitor.settings.load import Settings
from monitor.settings.telling import make_rules
from monitor.show.api.answering import Answering, Question
from monitor.show.api.problems import named_in_path
from monitor.show.api.questions import (
    AsOfAsked,
    CalendarAsked,
    ChangesAsked,
    CoverageAsked,
    DeliveriesAsked,
    EntriesAsked,
    Nothing,
    SearchAsked,
    cursor_of,
)
from monitor.stated.calendar import CalendarLine

Answer: TypeAlias = Callable[[Scope, Callable[[Question], object]], Awaitable[Response]]


def _answer(request: Request) -> Answer:
    """How this request is answered, by the application that it came to."""
    answering: Answering = request.app.state.answering
    return lambda scope, ask: answering.answer(request, scope, ask)


def _settings(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found


ToAnswer = Annotated[Answer, Depends(_answer)]
InForce = Annotated[Settings, Depends(_settings)]

_PROBLEM: dict[str, Any] = {
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
}
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    304: {"description": "What `If-None-Match` names is still the answer."},
    **{
        status: {"description": words, **_PROBLEM}
        for status, words in {
            400: "The question makes no sense; the detail says what would.",
            401: "A login or a token is needed.",
            403: "This visitor may not see it.",
            404: "What the path names is not there.",
            405: "Only GET is answered.",
            422: "The question cannot be read.",
            503: "The database does not answer.",
        }.items()
    },
}

router = APIRouter(
    dependencies=[Security(HTTPBearer(auto_error=False, description="`docket-monitor token add`"))],
    responses=_PROBLEMS,
)


# --- cases ---


@router.get("/cases", response_model=tuple[CaseBoard, ...], tags=["cases"])
async def cases(answer: ToAnswer, asked: Annotated[AsOfAsked, Query()]) -> Response:
    """Every watched case: what is in force, what is pending, on all of its dockets."""
    return await answer(
        Scope.HISTORY,
        lambda q: tuple(_shown(q, one) for one in boards.boards(q.record, as_of=asked.as_of)),
    )


@router.get("/cases/{case_id}", response_model=CaseBoard, tags=["cases"])
async def case(answer: ToAnswer, case_id: str, asked: Annotated[AsOfAsked, Query()]) -> Response:
    """One case."""

    def ask(q: Question) -> CaseBoard:
        _check_named(q, case_id)
        return _shown(q, boards.boards(q.record, case_id, asked.as_of)[0])

    return await answer(Scope.HISTORY, ask)


@router.get("/cases/{case_id}/timeline", response_model=CaseTimeline, tags=["cases"])
async def case_timeline(
    answer: ToAnswer, case_id: str, asked: Annotated[AsOfAsked, Query()]
) -> Response:
    """What happened in a case over all of its dockets: acts, appeals, press, and gaps."""

    def ask(q: Question) -> CaseTimeline:
        _check_named(q, case_id)
        found = timeline(q.record, case_id, q.now, as_of=asked.as_of)
        return replace(found, board=_shown(q, found.board))

    return await answer(Scope.HISTORY, ask)


def _check_named(q: Question, case_id: str) -> None:
    """Raises NoSuchThing where no case of this name is watched."""
    with named_in_path():
        check_case(q.record, case_id)


def _shown(q: Question, board: CaseBoard) -> CaseBoard:
    """Who is told is nobody's business but theirs."""
    if q.may_see_deliveries:
        return board
    return replace(board, dockets=tuple(replace(one, leads_to=None) for one in board.dockets))


# --- entries ---


@router.get("/entries", response_model=EntryPage, tags=["entries"])
async def list_entries(answer: ToAnswer, asked: Annotated[EntriesAsked, Query()]) -> Response:
    """Entries, newest first."""
    return await answer(
        Scope.HISTORY, lambda q: entries.page(q.record, asked.query(q.record, q.now))
    )


@router.get("/entries/{entry_id}", response_model=EntryDetail, tags=["entries"])
async def entry(answer: ToAnswer, entry_id: str, asked: Annotated[AsOfAsked, Query()]) -> Response:
    """Everything known of an entry; who was told of it only to whom may see deliveries."""

    def ask(q: Question) -> EntryDetail:
        found = entries.detail(q.record, _found(q, entry_id), asked.as_of)
        return found if q.may_see_deliveries else replace(found, deliveries=())

    return await answer(Scope.HISTORY, ask)


@router.get("/entries/{entry_id}/explanation", response_model=Explanation, tags=["entries"])
async def explanation(
    answer: ToAnswer, entry_id: str, settings: InForce, _: Annotated[Nothing, Query()]
) -> Response:
    """Why an entry was told, or was not."""
    rules = make_rules(settings.config)
    return await answer(
        Scope.DELIVERIES, lambda q: explain.explain(q.record, _found(q, entry_id), rules)
    )


@router.get("/entries/{entry_id}/who", response_model=WhoAnswer, tags=["entries"])
async def who_is_told(
    answer: ToAnswer, entry_id: str, settings: InForce, _: Annotated[Nothing, Query()]
) -> Response:
    """Who is told of an entry, and who is not."""
    rules, names = make_rules(settings.config), [one.name for one in settings.config.recipients]
    return await answer(
        Scope.DELIVERIES, lambda q: who.who(q.record, _found(q, entry_id), rules, names)
    )


def _found(q: Question, entry_id: str) -> str:
    with named_in_path():
        return entries.find(q.record, entry_id)


@router.get("/search", response_model=SearchPage, tags=["entries"])
async def full_text(answer: ToAnswer, asked: Annotated[SearchAsked, Query()]) -> Response:
    """Full text search over entries, captions and news, newest first."""
    return await answer(
        Scope.HISTORY,
        lambda q: search(
            q.record, read_query(asked.q, q.now), asked.limit, cursor_of(asked.cursor)
        ),
    )


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Some changes, and where the next ones begin."""

    changes: tuple[ChangeLine, ...]
    #: Empty at the end.
    next_cursor: str


@router.get("/changes", response_model=ChangePage, tags=["entries"])
async def list_changes(answer: ToAnswer, asked: Annotated[ChangesAsked, Query()]) -> Response:
    """What changed in the record between two moments."""

    def ask(q: Question) -> ChangePage:
        since, until = asked.span(q.now)
        if since >= until:
            raise UsageError(f"nothing lies between {since} and {until}: name an earlier `since`")
        before = int(asked.cursor) if asked.cursor else None
        found, rest = changes.changes(q.record, since, until, asked.limit, before)
        return ChangePage(found, "" if rest is None else str(rest))

    return await answer(Scope.HISTORY, ask)


@router.get("/calendar", response_model=tuple[CalendarLine, ...], tags=["cases"])
async def stated_days(answer: ToAnswer, asked: Annotated[CalendarAsked, Query()]) -> Response:
    """Hearings and deadlines that entries state, the earliest first. Unofficial."""

    def ask(q: Question) -> tuple[CalendarLine, ...]:
        check_case(q.record, asked.case)
        return calendar.calendar(q.record, asked.case, asked.since or q.now.date())

    return await answer(Scope.HISTORY, ask)


# --- what silence is worth ---


@router.get("/sources", response_model=tuple[SourceLine, ...], tags=["coverage"])
async def list_sources(answer: ToAnswer, _: Annotated[Nothing, Query()]) -> Response:
    """Where we read, how it goes, and what it vouches for."""
    return await answer(Scope.HISTORY, lambda q: sources(q.record, q.now))


@router.get("/coverage", response_model=tuple[CoverageStatement, ...], tags=["coverage"])
async def covered(answer: ToAnswer, asked: Annotated[CoverageAsked, Query()]) -> Response:
    """What can be said of each watched docket over some time: who saw it, and what nobody saw."""

    def ask(q: Question) -> tuple[CoverageStatement, ...]:
        check_case(q.record, asked.case)
        since = asked.since or (q.now - timedelta(days=7)).date()
        found = coverage(q.record, since, q.now, asked.case)
        return (
            found if q.may_see_deliveries else tuple(replace(one, leads_to=None) for one in found)
        )

    return await answer(Scope.HISTORY, ask)


# --- who is told ---


@router.get("/deliveries", response_model=tuple[DeliveryLine, ...], tags=["deliveries"])
async def list_deliveries(answer: ToAnswer, asked: Annotated[DeliveriesAsked, Query()]) -> Response:
    """What was sent, waits or was given up, the latest first."""

    def ask(q: Question) -> object:
        check_recipient(q.record, asked.recipient)
        state = asked.state.value if asked.state else ""
        return deliveries.latest(
            q.record, state=state, recipient=asked.recipient, limit=asked.limit
        )

    return await answer(Scope.DELIVERIES, ask)


@router.get("/deliveries/{delivery_id}", response_model=DeliveryDetail, tags=["deliveries"])
async def delivery(answer: ToAnswer, delivery_id: str, _: Annotated[Nothing, Query()]) -> Response:
    """One message as it was sent, with every attempt."""

    def ask(q: Question) -> DeliveryDetail:
        with named_in_path():
            return deliveries.detail(q.record, delivery_id)

    return await answer(Scope.DELIVERIES, ask)
