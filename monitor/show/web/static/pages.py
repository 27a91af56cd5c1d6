"""The pages of a site: what each says, and how its files are linked. They judge nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath

from monitor.history.published import (
    PublishedBoard,
    PublishedCase,
    PublishedCoverage,
    PublishedDay,
    PublishedEntry,
    PublishedLine,
    line_of,
)
from monitor.history.related import numbers_ruled_on
from monitor.history.timeline import TimelineMark
from monitor.model.docket import COURT_ACTS
from monitor.show.json_out import json_text
from monitor.show.web.ask import SHEET
from monitor.show.web.drawing import by_day, draw, shape_of
from monitor.show.web.pages import marked_words
from monitor.show.web.static.names import case_name, entry_name, file_name, numbered_name
from monitor.show.web.static.sheets import Sheets
from monitor.show.web.view import Frame, Page, framed

_TABS = (("index.html", "Cases"), ("search.html", "Search"), ("coverage.html", "Coverage"))
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
)
#: Of the acts on the timeline, the list below the drawing names the latest.
_ACTS_LISTED = 60


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages of a site have in common."""

    title: str
    #: Where it is served; empty where that is not known.
    url: str
    now: datetime


# --- what each page answers: printed as JSON beside it ---


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    board: PublishedBoard
    all_entries: int
    #: How many pages hold the older ones: sheets/CASE-1.json holds the oldest.
    sheets: int
    entries: tuple[PublishedLine, ...]


@dataclass(frozen=True, slots=True)
class SheetAnswer:
    case_id: str
    number: int
    #: The oldest first.
    entries: tuple[PublishedLine, ...]


@dataclass(frozen=True, slots=True)
class EntryPageAnswer:
    entry: PublishedEntry
    #: Entries that it rules on, and those that rule on it.
    answers: tuple[PublishedLine, ...]
    answered_by: tuple[PublishedLine, ...]


@dataclass(frozen=True, slots=True)
class SiteCard:
    board: PublishedBoard
    last_act: PublishedLine | None
    next_date: PublishedDay | None


@dataclass(frozen=True, slots=True)
class SiteOverview:
    cases: tuple[SiteCard, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """As the pages that a server gives fold routine filings; here none are."""

    rows: tuple[PublishedLine]
    is_folded: bool = False


def card_of(case: PublishedCase) -> SiteCard:
    """The case on the start page."""
    # As the page of a server: what may be an act is one, and says that it may be.
    acts = (
        line_of(one)
        for one in reversed(case.entries)
        if not COURT_ACTS.isdisjoint((one.kind, *one.may_be))
    )
    return SiteCard(case.board, next(acts, None), next(iter(case.board.stated), None))


def start_page(cards: Sequence[SiteCard]) -> Page:
    return Page("site_overview.html.j2", "Cases", SiteOverview(tuple(cards)))


def coverage_page(found: Sequence[PublishedCoverage]) -> Page:
    return Page("site_coverage.html.j2", "Coverage", tuple(found))


def search_page(labels: Mapping[str, str], pieces: Sequence[str]) -> Page:
    more = {"labels": labels, "pieces": pieces}
    return Page("site_search.html.j2", "Search", dict(labels), (), more)


def case_page(case: PublishedCase, sheets: Sheets, now: datetime) -> Page:
    """The case with its timeline and the newest entries."""
    board, newest_first = case.board, tuple(line_of(one) for one in reversed(sheets.newest))
    every = by_day([mark for lane in case.picture.lanes for mark in lane.marks])
    days = list(_latest(every))
    return Page(
        "site_case.html.j2",
        board.case_label,
        CaseAnswer(board, len(case.entries), len(sheets.closed), newest_first),
        (),
        {
            "board": board,
            "stated": board.stated,
            "drawing": draw(case.picture, now.date()),
            "marks": days,
            "acts_left": len(every) - len(days),
            "shape_of": shape_of,
            "folds": tuple(_Row((line,)) for line in newest_first),
            "asked": dict.fromkeys(SHEET, ""),
            "is_filtered": False,
            "all_entries": len(case.entries),
            "sheets": len(sheets.closed),
            "older_sheet": sheets.older or 1,
            "sheet_href": _sheet_href(board.case_id),
            "feed": file_name(board.case_id),
        },
    )


def _latest(
    days: Iterable[tuple[date, list[TimelineMark]]],
) -> Iterator[tuple[date, list[TimelineMark]]]:
    """The first days, with about as many acts as a page may list."""
    listed = 0
    for day, marks in days:
        if listed >= _ACTS_LISTED:
            return
        listed += len(marks)
        yield day, marks


def sheet_page(case: PublishedCase, sheets: Sheets, number: int) -> Page:
    board = case.board
    lines = tuple(line_of(one) for one in sheets.closed[number - 1])
    return Page(
        "site_sheet.html.j2",
        f"{board.case_label}: docket sheet, page {number}",
        SheetAnswer(board.case_id, number, lines),
        (),
        {
            "case_id": board.case_id,
            "case_label": board.case_label,
            "number": number,
            "last": len(sheets.closed),
            "sheet_href": _sheet_href(board.case_id),
        },
    )


def _sheet_href(case_id: str) -> Callable[[int], str]:
    return lambda number: f"sheets/{numbered_name(case_id, number)}"


def entry_page(answer: EntryPageAnswer, board: PublishedBoard) -> Page:
    found = answer.entry
    number = f"#{found.entry_number} " if found.entry_number else ""
    more = {
        "e": found,
        "why": found,
        "marks": marked_words(found.kind_reason, found.rulings),
        "case_id": board.case_id,
        "case_label": board.case_label,
    }
    return Page("site_entry.html.j2", f"{number}{found.headline}", answer, (), more)


def related(entries: Sequence[PublishedEntry]) -> Iterator[EntryPageAnswer]:
    """Each entry with those on its docket that it rules on, and that rule on it."""
    numbered: dict[tuple[str, str, str], list[PublishedEntry]] = {}
    ruling_on: dict[tuple[str, str, str], list[PublishedEntry]] = {}
    for one in entries:
        docket = (one.court_id, one.docket_number)
        numbered.setdefault((*docket, str(one.entry_number or "")), []).append(one)
        for name in numbers_ruled_on(one.rulings):
            ruling_on.setdefault((*docket, name), []).append(one)
    for one in entries:
        docket = (one.court_id, one.docket_number)
        before = [
            b
            for name in sorted(numbers_ruled_on(one.rulings))
            for b in numbered.get((*docket, name), ())
        ]
        after = ruling_on.get((*docket, str(one.entry_number)), ()) if one.entry_number else ()
        yield EntryPageAnswer(one, _lines(before, one), _lines(after, one))


def _lines(found: Sequence[PublishedEntry], but: PublishedEntry) -> tuple[PublishedLine, ...]:
    return tuple(line_of(one) for one in found if one.entry_id != but.entry_id)


# --- files ---


def html_file(page: Page, name: str, site: Site) -> bytes:
    """The page as a file of this name below the site's folder."""
    place = PurePosixPath(name)
    root = "../" * (len(place.parts) - 1)
    runs = page.template == "site_search.html.j2"
    frame = Frame(
        name=site.title,
        root=root,
        home="index.html",
        tabs=_TABS,
        here_is=lambda href: href == name,
        form=lambda suffix: f"{place.stem}{suffix}",
        has_csv=False,
        entry_href=lambda found: f"entries/{entry_name(found)}",
        case_href=lambda found: f"cases/{case_name(found)}",
        older=lambda _asked, _cursor: "",
        state_of=lambda _watched: "",
        policy=f"{_POLICY}; script-src 'self'" if runs else _POLICY,
    )
    return framed(page, frame).encode()


def json_file(page: Page) -> bytes:
    """As JSON in which nothing looks like markup, whatever a server takes it for."""
    return json_text(page.answer, indent=1).replace("<", "\\u003c").encode()
