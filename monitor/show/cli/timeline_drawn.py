"""A case's timeline drawn on a terminal: a lane for each docket, a line for each event.

The only place that knows Rich. It lays out; what it lays out goes through the terminal's defence,
piece by piece, and no words are ever read as its markup.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from rich.text import Text

from monitor.history.timeline import CaseTimeline
from monitor.show.cli.terminal import Terminal
from monitor.show.cli.timeline_events import Event, Sort, lane_words

#: One sign for each shape, so that color is never the only one that tells.
SIGNS = {
    "up": "▲",
    "down": "▼",
    "bar": "■",
    "order": "◆",
    "appeal": "↗",
    "doubt": "?",
    "begins": "┬",
}
LEGEND = (
    "▲ granted, affirmed   ▼ denied, dismissed, reversed   ■ stayed, sent back   "
    "◆ another act   ↗ appeal   ? may be an act   ░ nobody saw the docket"
)
_DRAWN = "".join(SIGNS.values()) + "│░─├╮┤╭┼"
_BOLD, _DIM = Style(bold=True), Style(dim=True)
_STYLES = {
    Sort.BEGINS: Style(dim=True),
    Sort.ACT: Style(),
    Sort.DECISIVE: Style(bold=True),
    Sort.DOUBT: Style(color="yellow"),
    Sort.APPEAL: Style(color="cyan"),
    Sort.UNSEEN: Style(color="red"),
    Sort.PRESS: Style(dim=True),
    Sort.TODAY: Style(bold=True),
    Sort.DUE: Style(color="green"),
}
#: A day, a lane, and the fewest columns in which words are read with ease.
_DAY, _LANE, _WORDS = 8, 3, 44
WIDEST = 140


def fits(columns: int, lanes: int, encoding: str) -> bool:
    """Whether a terminal is wide enough for so many lanes, and has the signs."""
    try:
        _DRAWN.encode(encoding)
    except UnicodeEncodeError:
        return False
    return columns >= _DAY + _LANE * lanes + _WORDS


def draw(terminal: Terminal, case: CaseTimeline, found: Sequence[Event], columns: int) -> None:
    """The lanes' names, the events by year, and what the signs mean."""
    width = min(columns, WIDEST)
    measure = Console(file=io.StringIO(), width=width, markup=False, highlight=False, emoji=False)
    legend = Text(LEGEND, _DIM).wrap(measure, width)
    for line in (*_names(case, measure), *_events(case, found, measure), Text(), *legend):
        for segment in line.render(measure):
            _put(terminal, segment.text, segment.style)
        terminal.write("\n")


def _put(terminal: Terminal, text: str, style: Style | None) -> None:
    """Some words in their style. NO_COLOR and a dumb terminal get the words."""
    if style is None or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        terminal.write(text)
        return
    before, _, after = style.render("x", color_system=ColorSystem.STANDARD).partition("x")
    terminal.write_styled(before, text, after)


def _names(case: CaseTimeline, measure: Console) -> Iterator[Text]:
    """Which lane is which docket."""
    for place, lane in enumerate(case.lanes):
        lines = Text(lane_words(lane)).wrap(measure, measure.width - _LANE)
        yield from _beside(Text(_letter(place).ljust(_LANE), _BOLD), Text(" " * _LANE), lines)


def _letter(place: int) -> str:
    return chr(ord("A") + place) if place < 26 else "*"


def _events(case: CaseTimeline, found: Sequence[Event], measure: Console) -> Iterator[Text]:
    """A row for each event; what it says in further lines stands beside the lanes, too."""
    lanes, year = _Lanes(case), 0
    for event in found:
        if event.day.year != year:
            year = event.day.year
            letters = "".join(_letter(n).ljust(_LANE) for n in range(len(case.lanes)))
            yield Text(f"{year:<{_DAY}}{letters}".rstrip(), _BOLD)
        style = _STYLES[event.sort]
        day = f"{event.day.day:>2} {event.day:%b}".ljust(_DAY)
        first = Text(day).append(lanes.row(event), style)
        rest = Text(" " * _DAY + lanes.beside(event.day))
        lines = Text(event.words, style).wrap(measure, measure.width - len(first))
        yield from _beside(first, rest, lines)


def _beside(first: Text, rest: Text, lines: Iterable[Text]) -> Iterator[Text]:
    for place, line in enumerate(lines):
        line.rstrip()
        yield (rest if place else first).copy().append_text(line)


class _Lanes:
    """The columns of the lanes, from row to row: which run, and which nobody saw."""

    def __init__(self, case: CaseTimeline) -> None:
        self.begins = [lane.begins for lane in case.lanes]
        self.unseen: list[date | None] = [None for _ in case.lanes]

    def row(self, event: Event) -> str:
        if event.sort is Sort.TODAY:
            return ("─" * (_LANE * len(self.begins) - 2)).ljust(_LANE * len(self.begins))
        signs = [self._running(place, event.day) for place in range(len(self.begins))]
        if event.lane is not None and event.sort is Sort.UNSEEN:
            self.unseen[event.lane] = event.until
            signs[event.lane] = "░"
        elif event.lane is not None and event.shape:
            signs[event.lane] = SIGNS[event.shape]
        if event.leads_to is not None and event.lane is not None:
            return _branch(signs, event.leads_to, event.lane)
        return "".join(sign.ljust(_LANE) for sign in signs)

    def beside(self, day: date) -> str:
        """The lanes as they run on, on a day on which nothing more is drawn."""
        running = (self._running(place, day) for place in range(len(self.begins)))
        return "".join(sign.ljust(_LANE) for sign in running)

    def _running(self, place: int, day: date) -> str:
        if day < self.begins[place]:
            return " "
        until = self.unseen[place]
        return "░" if until and day <= until else "│"


def _branch(signs: list[str], lower: int, upper: int) -> str:
    """From the lane below to the one that it led to, through those between."""
    first, last = min(lower, upper), max(lower, upper)
    cells = [sign.ljust(_LANE) for sign in signs]
    for place in range(first, last):
        cells[place] = ("┼" if signs[place] == "│" else "─") + "─" * (_LANE - 1)
    cells[first] = ("├" if first == lower else "╭") + "─" * (_LANE - 1)
    cells[last] = ("╮" if last == upper else "┤").ljust(_LANE)
    return "".join(cells)
