"""Everything known of one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monitor.show.cli.options import config_option, database_option, json_option, record_of
from monitor.show.cli.output import print_json
from monitor.show.cli.words import at, change_words, entry_lines, fill, told_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.history.answers import EntryDetail, ReportLine, SightingLine
    from monitor.history.bodies import KeptBody, TracedSighting


@click.command(
    epilog="Example: docket-monitor show 4f1c2a  or  docket-monitor show dcd/1:25-cv-00457#113"
)
@click.argument("entry")
@click.option("--raw", is_flag=True, help="From which bytes each sighting was read.")
@json_option
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, entry: str, raw: bool, as_json: bool, database: str) -> None:
    """Show everything known of one ENTRY: an entry id, or COURT/NUMBER#ENTRY.

    With --raw, show instead which answer of a source first showed it, with the hash of its bytes.
    """
    from monitor.history import bodies, entries

    with record_of(ctx, database) as record:
        found = entries.detail(record, entries.find(record, entry))
        traced = bodies.trace(record, found.entry_id) if raw else ()
    if as_json:
        print_json(traced if raw else found)
    elif raw:
        _print_raw(found, traced)
    else:
        _print(found)


def _print_raw(found: EntryDetail, traced: Sequence[TracedSighting]) -> None:
    click.echo("\n".join(entry_lines(found)))
    for seen in traced:
        words = f"{seen.source_id} on {at(seen.first_seen_at, found.court_id)}"
        click.echo("\n" + fill(f"{words}: {seen.sighting_key}"))
        for body in seen.bodies:
            click.echo(f"  sha256 {body.body_hash}")  # on one line, to be copied
            click.echo(fill(_body_words(body), "    "))
        for push_id in seen.push_ids:
            click.echo(fill(f"pushed to us: docket-monitor pushed show {push_id}", "  "))
        if not seen.bodies and not seen.push_ids:
            click.echo(fill("what it was read from was not kept", "  "))
        for item in seen.unreadable:
            words = f"an item of it could not be read ({item.reason}): {item.raw_hash}"
            click.echo(fill(words, "  "))
    click.echo("\n" + fill("Its bytes: docket-monitor body HASH --out FILE"))


def _body_words(body: KeptBody) -> str:
    size = "forgotten" if body.size is None else f"{body.size:,} bytes"
    said = [size, body.content_type, f"from {body.url}" if body.url else ""]
    if body.served_at:
        said.append(f"served {at(body.served_at)}")
    if body.etag:
        said.append(f"etag {body.etag}")
    return ", ".join(filter(None, said))


def _print(found: EntryDetail) -> None:
    click.echo("\n".join(entry_lines(found)))
    if len(found.event_names) > 1:
        click.echo(fill("Events: " + " | ".join(found.event_names), "    "))
    if found.url:
        click.echo(fill(found.url, "    "))
    click.echo("\n" + fill(found.text or "Its full text is not known yet: only the event name."))
    click.echo("\nSeen by")
    for seen in found.sightings:
        click.echo(fill(_sighting_words(seen, found.court_id), "  "))
    click.echo("\nWhat happened")
    for change in found.changes:
        words = f"{at(change.at, found.court_id)}: {change_words(change)}, by {change.source_id}"
        click.echo(fill(words, "  "))
    if found.reports:
        click.echo("\nIn the news, as leads")
    for report in found.reports:
        click.echo(fill(_report_words(report), "  "))
    click.echo("\nTold")
    for delivery in found.deliveries:
        click.echo(fill(told_words(delivery, found.court_id), "  "))
    if not found.deliveries:
        click.echo(fill("nobody: `docket-monitor explain` says why", "  "))


def _report_words(report: ReportLine) -> str:
    when = at(report.published_at) if report.published_at else "no date"
    return (
        f"{when}: {report.title} ({report.publisher or 'unknown publisher'}) {report.url}".strip()
    )


def _sighting_words(seen: SightingLine, court_id: str) -> str:
    from monitor.render.message import span

    late = ""
    if seen.published_at and seen.first_seen_at >= seen.published_at:
        seconds = (seen.first_seen_at - seen.published_at).total_seconds()
        late = f", {span(seconds)} after publication"
    words = seen.event_name or seen.text[:120] or "no words"
    return f"{seen.source_id} on {at(seen.first_seen_at, court_id)}{late}: “{words}”"
