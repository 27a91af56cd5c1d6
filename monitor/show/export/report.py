"""A case as one page to be printed: its state, its timeline, its docket sheet in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib import resources
from urllib.parse import quote

from monitor.history.answers import EntryLine
from monitor.history.questions import AsOf, looked_at
from monitor.history.record import Record
from monitor.history.timeline import timeline
from monitor.show.web.drawing import by_day, draw, shape_of
from monitor.show.web.view import environment


def report(
    record: Record,
    case_id: str,
    chosen: str,
    lines: Iterable[EntryLine],
    now: datetime,
    as_of: AsOf | None = None,
) -> Iterator[str]:
    """The page in pieces: entries are read while they are written.

    It stands alone: nothing in it runs, and nothing is fetched. `chosen` says which entries these
    are. Timeline and state are those of the whole case, as it stands or as it stood.
    """
    found = timeline(record, case_id, now, as_of=as_of)
    then = looked_at(as_of, now)
    template = environment().get_template("report.html.j2")
    yield from template.generate(
        style=_style(),
        board=found.board,
        timeline=found,
        drawing=draw(found, then.date()),
        marks=by_day([mark for lane in found.lanes for mark in lane.marks]),
        shape_of=shape_of,
        stated=[line for line in found.stated if not line.is_cancelled],
        lines=lines,
        chosen=chosen,
        now=now,
        stood_on=as_of.isoformat() if as_of else "",
        root="",
        entry_href=_within,
        acts_left=0,
        is_printed=True,
    )


def _style() -> str:
    return resources.files("monitor.show.web").joinpath("style.css").read_text("utf-8")


def _within(entry_id: str) -> str:
    """Where an entry stands on this page."""
    return f"#e-{quote(entry_id, safe='')}"
