"""What silence is worth: for each docket, who saw it from when to when, and what nobody saw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from monitor.model.court import court
from monitor.model.watch import WatchState
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
from monitor.show.cli.words import at, fill

if TYPE_CHECKING:
    from monitor.diff.coverage import Span
    from monitor.history.answers import CoverageStatement, SeenBy

_MOST_RANGES = 12


@click.command(epilog="Example: docket-monitor coverage ctr-v-irs --since 2026-03-01")
@click.argument("case_id", required=False, default="", shell_complete=case_ids)
@click.option(
    "--since",
    metavar="DAY",
    default="7d",
    help="From the beginning of this day: 2026-03-05, yesterday, 2w. Default: 7d.",
)
@json_option
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, case_id: str, since: str, as_json: bool, database: str) -> None:
    """Say for each docket who saw it, from when to when, and what nobody saw."""
    from monitor.history.coverage import coverage
    from monitor.history.record import check_case

    now = utc_now()
    day = parse_day(since)
    with record_of(ctx, database) as record:
        check_case(record, case_id)
        found = coverage(record, day, now, case_id)
    if as_json:
        print_json(found)
        return
    for statement in found:
        _print(statement)
    if not found:
        words = "Nothing is watched. Add a docket: docket-monitor watch add dcd 1:25-cv-00457"
        click.echo(fill(words))


def _print(said: CoverageStatement) -> None:
    zone = said.court_id
    click.echo(fill(_verdict(said)))
    for seen in said.seen_by:
        click.echo(fill(_seen_words(seen, zone), "    "))
    if not said.seen_by:
        click.echo(fill("NOBODY: no source has read it yet, or its watch is removed", "    "))
    if said.state == WatchState.PAUSED.value:
        click.echo(fill("PAUSED: it is read, and nobody is told until it is resumed", "    "))
    elif said.leads_to == ():
        click.echo(fill("NOBODY IS TOLD of it: no route leads its orders to anybody", "    "))
    for period in said.not_visible:
        click.echo(fill(f"NOT VISIBLE TO US: {_period_words(period, zone)}", "    "))
    for gap in said.gaps_looked_into:
        words = f"gap of {gap.source_id} from {at(gap.since, zone)} to {at(gap.until, zone)}"
        click.echo(fill(f"{words}: looked into on {at(gap.at, zone)}", "    "))
    _print_missing(said)
    click.echo(fill("Sealed filings are not visible to anybody, or late.", "    "))


def _verdict(said: CoverageStatement) -> str:
    """What was seen in the time asked about, and how much of that time was visible at all."""
    zone = said.court_id
    name = f"{court(zone).citation} {said.docket_number} ({said.case_label})"
    asked = f"between {at(said.asked.since, zone)} and {at(said.asked.until, zone)}"
    count = len(said.orders)
    what = "no order"
    if count:
        acts = "orders, opinions or judgments" if count > 1 else "order, opinion or judgment"
        what = f"{count} {acts}"
    if not any(seen.spans for seen in said.seen_by):
        known = f" ({what} of that time came to us later)" if count else ""
        return f"{name}: {asked} NOTHING was visible to us{known}, as seen by"
    part = ", though not all of that time is visible to us" if said.not_visible else ""
    return f"{name}: {what} {asked}{part}, as seen by"


def _seen_words(seen: SeenBy, zone: str) -> str:
    words = "; ".join(_period_words(period, zone) for period in seen.spans) or "not at all"
    if seen.is_whole_list and seen.spans:
        words = f"its list as it stood on {at(seen.spans[-1].until, zone)}"
    carries = seen.carries.removeprefix("Docket entries of type: ")
    return f"{seen.name}{f' (carries {carries})' if carries else ''}: {words}"


def _period_words(period: Span, zone: str) -> str:
    return f"{at(period.since, zone)} to {at(period.until, zone)}"


def _print_missing(said: CoverageStatement) -> None:
    """Numbers that nobody showed, and what may explain them."""
    reasons = "sealed, not yet published, or struck"
    if any(seen.carries and not seen.carries.endswith("all") for seen in said.seen_by):
        reasons += ", or of a type that the feed leaves out"
    if said.entry_numbers_not_seen:
        numbers = _ranges(said.entry_numbers_not_seen)
        click.echo(fill(f"ENTRY NUMBERS NOT SEEN: {numbers}. They may be {reasons}.", "    "))
    elif said.sequence_numbers_not_seen:
        count = sum(high - low + 1 for low, high in said.sequence_numbers_not_seen)
        words = (
            f"Of the court's running numbers {count} were not seen; clerks use them also for "
            "entries that the public is not shown."
        )
        click.echo(fill(words, "    "))


def _ranges(found: Sequence[tuple[int, int]]) -> str:
    shown = found[:_MOST_RANGES]
    named = [str(low) if low == high else f"{low}–{high}" for low, high in shown]
    return ", ".join(named) + (" and others" if len(found) > _MOST_RANGES else "")
