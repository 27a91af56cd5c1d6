"""Where we read, how it goes, and what each source vouches for."""

from __future__ import annotations

from datetime import datetime, timedelta

import click

from monitor.model.source import Source, SourceState
from monitor.show.cli.options import (
    config_option,
    database_option,
    history_of,
    json_option,
    print_json,
    utc_now,
)
from monitor.show.cli.words import at, fill


@click.command(epilog="Example: docket-monitor sources --unhealthy")
@click.option("--unhealthy", is_flag=True, help="Only those that cannot be relied on now.")
@json_option
@config_option
@database_option
@click.pass_context
def sources(ctx: click.Context, unhealthy: bool, as_json: bool, database: str) -> None:
    """List the sources: when each was read, when it is due, and what is wrong."""
    with history_of(ctx, database) as found:
        rows, unreadable = found.sources(), found.unreadable()
    now = utc_now()
    if unhealthy:
        rows = [row for row in rows if not _is_reliable(*row, now)]
    if as_json:
        print_json([_json(*row, unreadable.get(row[0].source_id, 0), now) for row in rows])
        return
    for source, state in rows:
        click.echo(f"{source.source_id}: {_health(source, state, now)}")
        for line in _lines(source, state, unreadable.get(source.source_id, 0), now):
            click.echo(fill(line, "    "))
    if not rows:
        words = "All sources are healthy." if unhealthy else "There are no sources yet."
        click.echo(words + " `docket-monitor run` reads what the configuration names.")


def _is_overdue(source: Source, state: SourceState, now: datetime) -> bool:
    """Nobody took it up though it is due: is the daemon running?"""
    patience = max(3 * source.every, timedelta(minutes=10))
    return source.enabled and state.next_due_at + patience < now


def _is_reliable(source: Source, state: SourceState, now: datetime) -> bool:
    is_well = state.unhealthy_since is None and not state.failures
    is_read = state.last_good_at is not None and not _is_overdue(source, state, now)
    return not source.enabled or (is_well and is_read)


def _health(source: Source, state: SourceState, now: datetime) -> str:
    if not source.enabled:
        return "off"
    if state.unhealthy_since:
        return f"UNHEALTHY since {at(state.unhealthy_since, source.court_id)}"
    if state.failures:
        return f"failing ({state.failures} in a row)"
    if _is_overdue(source, state, now):
        return "OVERDUE: it was due and nobody read it; is the daemon running?"
    return "healthy" if state.last_good_at else "not read yet"


def _lines(source: Source, state: SourceState, unreadable: int, now: datetime) -> list[str]:
    lines = [source.name or source.url]
    if state.last_good_at:
        lines.append(f"last good reading {at(state.last_good_at, source.court_id)}")
    if state.covered_since and state.covered_until:
        since, until = (at(m, source.court_id) for m in (state.covered_since, state.covered_until))
        lines.append(f"covers {since} to {until}")
    if state.window.description:
        lines.append(f"carries: {state.window.description}")
    if source.enabled:
        lines.append(
            "due now"
            if state.next_due_at <= now
            else f"due {at(state.next_due_at, source.court_id)}"
        )
    lines += [f"wrong: {state.last_error}"] if state.last_error else []
    lines += [f"note: {state.note}"] if state.note else []
    if state.incomplete:
        lines.append(f"{state.incomplete} items came without a link or a time, and were kept")
    if unreadable:
        lines.append(f"{unreadable} items could not be read, and are kept raw")
    return lines


def _json(source: Source, state: SourceState, unreadable: int, now: datetime) -> dict[str, object]:
    return {
        "source_id": source.source_id,
        "kind": source.kind.value,
        "name": source.name,
        "url": source.url,
        "enabled": source.enabled,
        "is_healthy": state.unhealthy_since is None and not state.failures,
        "is_overdue": _is_overdue(source, state, now),
        "unhealthy_since": state.unhealthy_since,
        "failures": state.failures,
        "last_error": state.last_error,
        "note": state.note,
        "last_polled_at": state.last_polled_at,
        "last_good_at": state.last_good_at,
        "next_due_at": state.next_due_at,
        "built_at": state.built_at,
        "covered_since": state.covered_since,
        "covered_until": state.covered_until,
        "description": state.window.description,
        "incomplete": state.incomplete,
        "unreadable": unreadable,
    }
