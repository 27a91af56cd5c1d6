"""Where we read, how it goes, and what each source vouches for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from monitor.render.message import counted
from monitor.show.cli.options import (
    config_option,
    database_option,
    json_option,
    record_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import at, fill

if TYPE_CHECKING:
    from monitor.history.answers import SourceLine


@click.command(epilog="Example: docket-monitor sources --unhealthy")
@click.option("--unhealthy", is_flag=True, help="Only those that cannot be relied on now.")
@json_option
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, unhealthy: bool, as_json: bool, database: str) -> None:
    """List the sources: when each was read, when it is due, and what is wrong."""
    from monitor.history.sources import sources

    now = utc_now()
    with record_of(ctx, database) as record:
        known = sources(record, now)
    found = known
    if unhealthy:
        found = tuple(source for source in known if not source.is_reliable)
    if as_json:
        print_json(found)
        return
    for source in found:
        click.echo(fill(f"{source.source_id}: {_health(source)}"))
        for line in _lines(source, now):
            click.echo(fill(line, "    "))
    if not found:
        words = "All sources are healthy." if known else "There are no sources yet."
        click.echo(fill(words + " `docket-monitor run` reads what the configuration names."))


def _health(source: SourceLine) -> str:
    if not source.enabled:
        return "off"
    if source.unhealthy_since:
        return f"UNHEALTHY since {at(source.unhealthy_since, source.court_id)}"
    if source.failures:
        return f"failing ({source.failures} in a row)"
    if source.is_overdue:
        return "OVERDUE: it was due and nobody read it; is the daemon running?"
    return "healthy" if source.last_good_at else "not read yet"


def _lines(source: SourceLine, now: datetime) -> list[str]:
    court_id = source.court_id
    since, until = source.covered_since, source.covered_until
    is_due = source.next_due_at <= now
    due = "due now" if is_due else f"due {at(source.next_due_at, court_id)}"
    said = (
        source.name or source.url,
        f"last good reading {at(source.last_good_at, court_id)}" if source.last_good_at else "",
        f"covers {at(since, court_id)} to {at(until, court_id)}" if since and until else "",
        f"carries: {source.description}" if source.description else "",
        due if source.enabled else "",
        f"wrong: {source.last_error}" if source.last_error else "",
        f"note: {source.note}" if source.note else "",
        *_odd_items(source),
    )
    return [line for line in said if line]


def _odd_items(source: SourceLine) -> tuple[str, ...]:
    """What came of items in a form that we do not know; empty for nothing."""
    incomplete, lost = counted(source.incomplete, "item"), counted(source.unreadable, "item")
    return (
        f"came without a link or a time, and kept: {incomplete}" if source.incomplete else "",
        f"could not be read, and kept raw: {lost}" if source.unreadable else "",
    )
