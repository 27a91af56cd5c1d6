"""What happened in a case across its courts."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.show.cli.completion import case_ids
from monitor.show.cli.options import (
    config_option,
    database_option,
    json_option,
    parse_day,
    record_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.terminal import Terminal
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.history.timeline import CaseTimeline
    from monitor.show.cli.timeline_events import Event


@click.command(epilog="Example: docket-monitor timeline ctr-v-irs --since 90d")
@click.argument("case_id", metavar="CASE", shell_complete=case_ids)
@click.option("--since", metavar="DAY", help="From this day on: 2026-03-05, yesterday, 90d, 12w.")
@click.option("--until", metavar="DAY", help="Up to this day.")
@click.option("--plain", is_flag=True, help="A list without a drawing, as for a screen reader.")
@json_option
@config_option
@database_option
@click.pass_context
def command(
    ctx: click.Context,
    case_id: str,
    since: str | None,
    until: str | None,
    plain: bool,
    as_json: bool,
    database: str,
) -> None:
    """Draw a case over its courts: acts, appeals, the press, what nobody saw, and days to come.

    On a terminal that is wide enough it is drawn; elsewhere it is a list of the same words.
    """
    from monitor.history.timeline import Days, timeline
    from monitor.show.cli.timeline_events import events

    now = utc_now()
    days = Days(parse_day(since) if since else date.min, parse_day(until) if until else date.max)
    if days.since > days.until:
        raise UsageError(
            f"nothing lies between {days.since} and {days.until}: name an earlier --since"
        )
    with record_of(ctx, database) as record:
        found = timeline(record, case_id, now, days)
    if as_json:
        print_json(found)
        return
    click.echo(fill(found.board.case_label))
    click.echo(fill(f"now: {found.board.now}", "  "))
    click.echo(fill(f"pending in: {found.board.pending_in}", "  ") + "\n")
    if not found.lanes:
        click.echo(fill("Nothing of this case was seen by then."))
        return
    _show(found, events(found, now, days), plain=plain)


def _show(found: CaseTimeline, told: Sequence[Event], *, plain: bool) -> None:
    columns = shutil.get_terminal_size((80, 24)).columns
    if not plain and isinstance(sys.stdout, Terminal) and sys.stdout.isatty():
        from monitor.show.cli import timeline_drawn

        if timeline_drawn.fits(columns, len(found.lanes), sys.stdout.encoding):
            timeline_drawn.draw(sys.stdout, found, told, columns)
            return
    _list(found, told)


def _list(found: CaseTimeline, told: Sequence[Event]) -> None:
    """One event a line, each with its day and its docket: read aloud, it is complete."""
    from monitor.render.message import day
    from monitor.show.cli.timeline_events import Sort, lane_name, lane_words

    for lane in found.lanes:
        click.echo(fill(lane_words(lane)))
    click.echo()
    for event in told:
        is_named = event.sort in {Sort.BEGINS, Sort.UNSEEN} or event.lane is None
        where = "" if is_named or event.lane is None else f"{lane_name(found.lanes[event.lane])}: "
        click.echo(fill(f"{day(event.day)}: {where}{event.words}"))
