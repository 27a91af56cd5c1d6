"""Hearings and deadlines that docket entries state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monitor.show.cli.completion import case_ids
from monitor.show.cli.options import (
    config_option,
    database_option,
    json_option,
    record_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.stated.calendar import CalendarLine


@click.command(epilog="Example: docket-monitor calendar ctr-v-irs")
@click.argument("case_id", required=False, default="", shell_complete=case_ids)
@click.option("--past", is_flag=True, help="What lies in the past, too.")
@json_option
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, case_id: str, past: bool, as_json: bool, database: str) -> None:
    """List hearings and deadlines that entries state, each with its entry. Unofficial."""
    from monitor.history.calendar import calendar
    from monitor.history.record import check_case

    with record_of(ctx, database) as record:
        check_case(record, case_id)
        found = calendar(record, case_id, None if past else utc_now().date())
    if as_json:
        print_json(found)
        return
    for line in found:
        _print(line)
    if not found:
        when = "a day" if past else "a day to come"
        click.echo(fill(f"No entry states {when} that could be read."))
    else:
        click.echo(fill("Unofficial: read from the words of entries. Read the docket itself."))


def _print(line: CalendarLine) -> None:
    from monitor.render.message import day, place_words, short_number

    at = f", {line.time:%H:%M} by the court's clock" if line.time else ""
    gone = "CANCELLED " if line.is_cancelled else "DOUBTFUL " if line.is_doubtful else ""
    where = place_words(line.court_id, short_number(line.docket_number))
    place = f", {line.place}" if line.place else ""
    head = f"{day(line.day)}{at}: {gone}{line.kind}: {line.what or 'not named'}{place}"
    number = f"entry {line.entry_number}" if line.entry_number else "an unnumbered entry"
    click.echo(fill(head))
    click.echo(fill(f"{line.case_label} ({where}), {number}: “{line.words}”", "    "))
    if line.is_doubtful:
        by = f"entry {line.doubted_by_number}" if line.doubted_by_number else "a later entry"
        click.echo(fill(f"Doubtful: {by} may have moved or cancelled it.", "    "))
