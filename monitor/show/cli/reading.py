"""Look things up: what was filed, and everything known of one entry."""

from __future__ import annotations

import collections
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.model.docket import EntryKind
from monitor.show.cli.options import (
    check_case,
    config_option,
    database_option,
    history_of,
    json_option,
    parse_day,
    print_json,
)
from monitor.show.cli.words import at, entry_json, entry_lines, fill, said

if TYPE_CHECKING:
    from monitor.history.answers import DeliveryRow, Row, SightingRow
    from monitor.history.history import SqlHistory


@click.command(
    epilog="Example: docket-monitor history --case ctr-v-irs --kind order --since 2026-01-01"
)
@click.argument("words", nargs=-1)
@click.option("--case", "case_id", default="", help="Only this case of a pack, as ctr-v-irs.")
@click.option("--court", "court_id", default="", help="Only this court, as dcd.")
@click.option("--docket", "number", default="", help="Only this docket number.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in EntryKind]),
    metavar="KIND",
    help="Only this kind, as order; may be repeated.",
)
@click.option("--since", metavar="DAY", help="Filed on this day (2026-03-05) or later.")
@click.option("--until", metavar="DAY", help="Filed on this day or earlier.")
@click.option("--as-of", metavar="DAY", help="As the dockets stood at the end of this day, UTC.")
@click.option(
    "--limit", type=click.IntRange(min=1), help="How many; 20 by default, all with --json."
)
@json_option
@config_option
@database_option
@click.pass_context
def history(
    ctx: click.Context,
    words: tuple[str, ...],
    case_id: str,
    court_id: str,
    number: str,
    kinds: tuple[str, ...],
    since: str | None,
    until: str | None,
    as_of: str | None,
    limit: int | None,
    as_json: bool,
    database: str,
) -> None:
    """List what was filed, newest first. WORDS must all stand in the entry or its caption."""
    from monitor.classify.kinds import kind_of
    from monitor.history.answers import Question
    from monitor.normalize.docket_number import normalize_docket_number

    question = Question(
        court_id=court_id,
        docket_number=normalize_docket_number(number),
        case_id=case_id,
        since=parse_day(since),
        until=parse_day(until),
        words=" ".join(words),
        as_of=_end_of(as_of),
    )
    most = limit if limit is not None else (None if as_json else 20)
    with history_of(ctx, database) as found:
        _check_names(found, case_id, court_id)
        others: collections.Counter[str] = collections.Counter()
        shown: list[Row] = []
        for row in found.entries(question):
            kind = kind_of(row.entry.event_names, row.entry.text).kind.value
            if kinds and kind not in kinds:
                others[kind] += 1
            elif most is None or len(shown) < most:
                shown.append(row)
            else:
                break
    if as_json:
        print_json([entry_json(row.entry, row.docket, row.sighting_keys) for row in shown])
        return
    for row in shown:
        click.echo("\n".join(entry_lines(row.entry, row.docket)) + "\n")
    if not shown:
        _nothing_found(others)
    elif len(shown) == most:
        click.echo(f"These are the latest {most}; see more with --limit.")


def _check_names(found: SqlHistory, case_id: str, court_id: str) -> None:
    """A misspelt name must not read as "nothing was filed"."""
    from monitor.model.court import courts
    from monitor.settings.problems import did_you_mean

    check_case(found, case_id)
    if court_id and court_id not in courts():
        raise UsageError(f"no court is called {court_id!r}{did_you_mean(court_id, courts())}")


def _end_of(raw: str | None) -> datetime | None:
    day = parse_day(raw)
    return datetime.combine(day, datetime.max.time(), UTC) if day else None


def _nothing_found(others: Mapping[str, int]) -> None:
    click.echo("Nothing of that sort was seen.")
    if others:
        said = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        click.echo(fill(f"Of other kinds there are: {said}."))
    click.echo("What is watched:      docket-monitor watch list")
    click.echo("Whether it was read:  docket-monitor sources")


@click.command(
    epilog="Example: docket-monitor show 4f1c2a  or  docket-monitor show dcd/1:25-cv-00457#113"
)
@click.argument("entry")
@json_option
@config_option
@database_option
@click.pass_context
def show(ctx: click.Context, entry: str, as_json: bool, database: str) -> None:
    """Show everything known of one ENTRY: an entry id, or COURT/NUMBER#ENTRY."""
    with history_of(ctx, database) as found:
        entry_id = find_entry(found, entry)
        value, docket = found.entry(entry_id)
        sightings, changes = found.sightings_of(entry_id), found.changes_of(entry_id)
        told = found.deliveries_of_entry(entry_id)
    if as_json:
        keys = tuple(row.sighting_key for row in sightings)
        whole = entry_json(value, docket, keys) | {
            "documents": [asdict(document) for document in value.documents],
            "sightings": [asdict(row) for row in sightings],
            "changes": [asdict(row) for row in changes],
            "deliveries": [delivery_json(row) for row in told],
        }
        print_json(whole)
        return
    click.echo("\n".join(entry_lines(value, docket)))
    if len(value.event_names) > 1:
        click.echo(fill("Events: " + " | ".join(value.event_names), "    "))
    if value.url:
        click.echo(f"    {value.url}")
    click.echo("\n" + fill(value.text or "Its full text is not known yet: only the event name."))
    click.echo("\nSeen by")
    for row in sightings:
        click.echo(fill(_sighting_words(row, docket.court_id), "  "))
    click.echo("\nWhat happened")
    for change in changes:
        words = said(dict(change.detail), change.kind)
        click.echo(fill(f"{at(change.at, docket.court_id)}: {words}, by {change.source_id}", "  "))
    click.echo("\nTold")
    for sent in told:
        when = at(sent.sent_at, docket.court_id) if sent.sent_at else sent.state
        click.echo(fill(f"{sent.topic} to {sent.recipient}: {when} ({sent.delivery_id})", "  "))
    if not told:
        click.echo("  nobody: no alert about it was routed to a recipient")


def find_entry(found: SqlHistory, raw: str) -> str:
    """The one entry that is meant. Raises UsageError where none or several fit."""
    from monitor.normalize.docket_number import normalize_docket_number

    docket, _, number = raw.partition("#")
    if "/" in docket and number.isdecimal():
        court_id, _, printed = docket.partition("/")
        name = f"{court_id}/{normalize_docket_number(printed)}"
        ids = found.numbered(name, int(number))
    else:
        ids = found.find_entries(raw)
    if len(ids) == 1:
        return ids[0]
    if not ids:
        raise UsageError(f"no entry is called {raw!r}; `docket-monitor history` lists their ids")
    raise UsageError(f"{raw!r} may be any of {', '.join(ids)}: write more of the id")


def _sighting_words(row: SightingRow, court_id: str) -> str:
    from monitor.render.message import span

    late = ""
    if row.published_at and row.first_seen_at >= row.published_at:
        late = f", {span((row.first_seen_at - row.published_at).total_seconds())} after publication"
    words = row.event_name or row.text[:120] or "no words"
    return f"{row.source_id} on {at(row.first_seen_at, court_id)}{late}: “{words}”"


def delivery_json(row: DeliveryRow) -> dict[str, object]:
    """A delivery for machines, without the facts of its alert."""
    return {name: value for name, value in asdict(row).items() if name != "facts"}
