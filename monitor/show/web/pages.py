"""Each page: what it asks the history, and what it shows of the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from monitor.errors import UsageError
from monitor.history import deliveries, entries
from monitor.history.answers import (
    CaseBoard,
    CoverageStatement,
    DeliveryLine,
    EntryDetail,
    EntryLine,
    Explanation,
    RulingLine,
    SourceLine,
    WhoAnswer,
)
from monitor.history.boards import boards
from monitor.history.calendar import calendar
from monitor.history.changes import changes, entries_of
from monitor.history.coverage import coverage
from monitor.history.days import read_day
from monitor.history.entries import kinds_of, unjudged
from monitor.history.explain import explain
from monitor.history.questions import EntryQuery, read_cursor
from monitor.history.recipients import RecipientLine, recipients
from monitor.history.record import check_case, check_recipient
from monitor.history.related import related
from monitor.history.search import EntryHit, kinds_wanted, search
from monitor.history.search_words import read_query
from monitor.history.sources import sources
from monitor.history.timeline import timeline
from monitor.history.trial import try_rules
from monitor.history.who import who
from monitor.model.delivery import DeliveryState
from monitor.model.docket import COURT_ACTS
from monitor.render.filings import word_diff
from monitor.render.message import counted
from monitor.route.rules import every_rule
from monitor.settings.telling import make_rules
from monitor.show.web.ask import LISTED, SHEET, Ask, sheet_query
from monitor.show.web.drawing import by_day, draw, shape_of
from monitor.show.web.route_page import drafted, search_as_route
from monitor.show.web.view import Page
from monitor.stated.calendar import CalendarLine

#: What is not folded on a docket sheet.
_SHOWN = {
    *("order", "opinion", "judgment", "notice_of_appeal", "appeal_related", "motion"),
    *("complaint_or_petition", "minute_entry"),
}
_QUOTED = re.compile(r"“([^”]{1,80})”")


def _refuse_all(ask: Ask) -> None:
    ask.only()


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A case on the overview."""

    board: CaseBoard
    last_act: EntryLine | None
    next_date: CalendarLine | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Every watched case, how far silence can be trusted, and what is new since a visit."""

    cases: tuple[CaseCard, ...]
    health: str
    is_well: bool
    since: datetime
    new: tuple[EntryLine, ...]


def overview(ask: Ask) -> Page:
    """All cases in one look, as they stand or stood."""
    ask.only("as_of")
    since = ask.last_visit or ask.now - timedelta(days=1)
    found = boards(ask.record, as_of=ask.as_of())
    said, is_well = _health(sources(ask.record, ask.now))
    new = EntryQuery(seen_since=since, limit=LISTED)
    answer = Overview(
        cases=tuple(_card(ask, board) for board in found),
        health=said,
        is_well=is_well,
        since=since,
        new=entries.page(ask.record, new).entries if ask.last_visit and not ask.as_of() else (),
    )
    return Page("overview.html.j2", "Cases", answer, tuple(one.board for one in answer.cases))


_ACTS = tuple(sorted(kind.value for kind in COURT_ACTS))


def _card(ask: Ask, board: CaseBoard) -> CaseCard:
    as_of = ask.as_of()
    acts = EntryQuery(case_id=board.case_id, kinds=_ACTS, limit=1, as_of=as_of)
    last = entries.page(ask.record, acts).entries
    stated = calendar(ask.record, board.case_id, ask.then().date(), as_of)
    standing = [line for line in stated if not line.is_cancelled]
    return CaseCard(board, last[0] if last else None, standing[0] if standing else None)


def _health(found: Sequence[SourceLine]) -> tuple[str, bool]:
    """In one line: whether silence means something now."""
    read = [one for one in found if one.enabled]
    sick = [one for one in read if not one.is_reliable]
    if not read:
        return "No source is read: silence means nothing.", False
    if not sick:
        many = counted(len(read), "source")
        return f"Read well ({many}): silence means that nothing came in.", True
    names = ", ".join(one.name or one.source_id for one in sick[:3])
    return f"{counted(len(sick), 'source')} cannot be relied on now: {names}.", False


# --- a case ---


@dataclass(frozen=True, slots=True)
class Fold:
    """Rows of a docket sheet: one that is shown, or routine ones that are folded."""

    rows: tuple[EntryLine, ...]
    is_folded: bool


def case(ask: Ask) -> Page:
    """The timeline of a case, and its docket sheet."""
    case_id = ask.path["case_id"]
    query = sheet_query(ask, case_id)
    found = entries.page(ask.record, query)
    picture = timeline(ask.record, case_id, ask.now, as_of=query.as_of)
    asked = {name: ask.text(name) for name in SHEET if name != "cursor"}
    return Page(
        "case.html.j2",
        picture.board.case_label,
        found,
        found.entries,
        {
            "board": picture.board,
            "drawing": draw(picture, ask.then().date()),
            "marks": by_day([mark for lane in picture.lanes for mark in lane.marks]),
            "shape_of": shape_of,
            "acts_left": 0,
            "folds": tuple(_folds(found.entries, is_filtered=bool(query.kinds or query.words))),
            "kinds": kinds_of(ask.record, query),
            "asked": asked,
            "is_filtered": any(asked.values()),
            "next_cursor": found.next_cursor,
            "stated": [line for line in picture.stated if not line.is_cancelled],
        },
    )


def _folds(found: Sequence[EntryLine], *, is_filtered: bool) -> Iterator[Fold]:
    """Routine rows that stand together are folded with their count; what was asked for is not."""
    for is_routine, some in groupby(found, key=lambda one: not is_filtered and _is_routine(one)):
        rows = tuple(some)
        if is_routine and len(rows) > 1:
            yield Fold(rows, is_folded=True)
        else:
            yield from (Fold((row,), is_folded=False) for row in rows)


def _is_routine(line: EntryLine) -> bool:
    return line.kind not in _SHOWN and not line.may_be and line.ruling == "none"


# --- an entry ---


@dataclass(frozen=True, slots=True)
class EntryAnswer:
    """Everything known of an entry, why it was told or not, and who was."""

    entry: EntryDetail
    explanation: Explanation
    who: WhoAnswer
    #: Entries that it rules on, and those that rule on it.
    answers: tuple[EntryLine, ...]
    answered_by: tuple[EntryLine, ...]


def entry(ask: Ask) -> Page:
    """One entry, as it stands or stood."""
    ask.only("as_of")
    as_of = ask.as_of()
    name = entries.find(ask.record, ask.path["entry_id"])
    detail = entries.detail(ask.record, name, as_of)
    rules = make_rules(ask.settings.config)
    names = [one.name for one in ask.settings.config.recipients]
    told = who(ask.record, name, rules, names)
    before, after = related(ask.record, detail, as_of)
    answer = EntryAnswer(detail, explain(ask.record, name, rules, as_of), told, before, after)
    number = f"#{detail.entry_number} " if detail.entry_number else ""
    marks = marked_words(answer.explanation.kind_reason, detail.rulings)
    return Page(
        "entry.html.j2",
        f"{number}{detail.headline}",
        answer,
        detail.sightings,
        {"e": detail, "marks": marks, "diff": word_diff, "why": answer.explanation},
    )


def marked_words(reason: str, rulings: Sequence[RulingLine]) -> tuple[str, ...]:
    """The words of an entry by which it was judged."""
    return (*_QUOTED.findall(reason), *(one.words for one in rulings))


# --- search ---


def find(ask: Ask) -> Page:
    """Full text search; without a question, how one is asked."""
    ask.only("q", "cursor")
    said, cursor = ask.text("q"), ask.text("cursor")
    if not said:
        nothing = {"asked": said, "found": None}
        return Page("search.html.j2", "Search", {"hits": []}, (), nothing)
    query = read_query(said, ask.now)
    found = search(ask.record, query, LISTED, read_cursor(cursor) if cursor else None)
    lines = [hit.entry for hit in found.hits if isinstance(hit, EntryHit)]
    missing = unjudged(ask.record) if kinds_wanted(query) else 0
    more = {"asked": said, "found": found, "unjudged": missing, "route": drafted(ask, query)}
    return Page("search.html.j2", f"Search: {said}", found, lines, more)


# --- what changed, sources, deliveries, rules ---


def changed(ask: Ask) -> Page:
    """What changed in the record between two days."""
    ask.only("since", "until", "before")
    since, until = ask.day("since") or read_day("7d", ask.now), ask.day("until")
    begins = datetime.combine(since, datetime.min.time(), UTC)
    ends = datetime.combine(until, datetime.max.time(), UTC) if until else ask.now
    if begins >= ends:
        raise UsageError(f"nothing lies between {since} and {until}: name an earlier `since`")
    before = ask.text("before")
    if before and not before.isdecimal():
        raise UsageError(f"{before!r} is no number of a change")
    found, rest = changes(ask.record, begins, ends, LISTED, int(before[:18]) if before else None)
    about = entries_of(ask.record, found)
    more = {"since": since, "until": until, "rest": rest, "diff": word_diff, "about": about}
    return Page("changes.html.j2", "What changed", found, found, more)


@dataclass(frozen=True, slots=True)
class Trust:
    """Where we read, and what silence is worth for each docket over the last week."""

    sources: tuple[SourceLine, ...]
    coverage: tuple[CoverageStatement, ...]


def trust(ask: Ask) -> Page:
    """Sources and coverage."""
    ask.only("since", "case")
    case_id = ask.text("case")
    check_case(ask.record, case_id)
    since = ask.day("since") or read_day("7d", ask.now)
    answer = Trust(
        sources=sources(ask.record, ask.now),
        coverage=coverage(ask.record, since, ask.now, case_id),
    )
    return Page("sources.html.j2", "Sources and coverage", answer, answer.sources, {"since": since})


@dataclass(frozen=True, slots=True)
class Told:
    """What was sent, or would be, and who is told."""

    recipients: tuple[RecipientLine, ...]
    deliveries: tuple[DeliveryLine, ...]


def told(ask: Ask) -> Page:
    """An inbox of one's own: what was sent, waits or was refused, independent of mail."""
    ask.only("recipient", "state")
    name, state = ask.text("recipient"), ask.text("state")
    check_recipient(ask.record, name)
    if state and state not in {one.value for one in DeliveryState}:
        raise UsageError(f"no state is called {state!r}: pending, sent or dead")
    names = [one.name for one in ask.settings.config.recipients]
    answer = Told(
        recipients=recipients(ask.record, names),
        deliveries=deliveries.latest(ask.record, state=state, recipient=name, limit=LISTED),
    )
    asked = {"recipient": name, "state": state}
    return Page("deliveries.html.j2", "Told", answer, answer.deliveries, {"asked": asked})


def delivery(ask: Ask) -> Page:
    """One message, as it was sent."""
    _refuse_all(ask)
    found = deliveries.detail(ask.record, ask.path["delivery_id"])
    return Page("delivery.html.j2", found.subject, found, found.tries, {"d": found})


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A route, and how much it led to whom over the last month."""

    path: str
    to: tuple[str, ...]
    asks: str
    led: int


def rules(ask: Ask) -> Page:
    """The tree of routes, with what each caught lately."""
    _refuse_all(ask)
    tree = make_rules(ask.settings.config)
    trial = try_rules(ask.record, tree, tree, ask.now - timedelta(days=30))
    counts: dict[str, int] = {}
    for found in trial.days:
        for alert in found.alerts:
            counts[alert.path] = counts.get(alert.path, 0) + 1
    lines = tuple(
        RuleLine(path, rule.to, _asks(rule), counts.get(path, 0)) for path, rule in every_rule(tree)
    )
    more = {"lines": lines, "to_nobody": len(trial.to_nobody)}
    return Page("rules.html.j2", "Routes", lines, lines, more)


def _asks(rule: object) -> str:
    lists = ("cases", "kinds", "topics", "courts", "dockets", "sources", "rulings", "parties")
    parts = [f"{name}: {', '.join(getattr(rule, name))}" for name in lists if getattr(rule, name)]
    return "; ".join(parts) or "everything"


#: Address -> the page.
PAGES: dict[str, Callable[[Ask], Page]] = {
    "/": overview,
    "/cases/{case_id}": case,
    "/entries/{entry_id:path}": entry,
    "/search": find,
    "/search/route": search_as_route,
    "/changes": changed,
    "/sources": trust,
    "/deliveries": told,
    "/deliveries/{delivery_id}": delivery,
    "/rules": rules,
}
