"""Why an entry was told, or was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monitor.show.cli.options import (
    config_option,
    database_option,
    json_option,
    record_of,
    settings_of,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import at, entry_lines, fill, kind_words, ruling_words, told_words

if TYPE_CHECKING:
    from monitor.history.answers import Explanation


@click.command(epilog="Example: docket-monitor explain dcd/1:25-cv-00457#113")
@click.argument("entry")
@json_option
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, entry: str, as_json: bool, database: str) -> None:
    """Say why an ENTRY was told or was not: identity, kind, watch, route, deliveries."""
    from monitor.history import entries
    from monitor.history.explain import explain
    from monitor.settings.telling import make_rules

    rules = make_rules(settings_of(ctx).config)
    with record_of(ctx, database) as record:
        found = explain(record, entries.find(record, entry), rules)
    if as_json:
        print_json(found)
        return
    click.echo("\n".join(entry_lines(found.entry)))
    _print_judgement(found)
    _print_telling(found)


def _print_judgement(found: Explanation) -> None:
    entry = found.entry
    click.echo(fill(f"identity: {', '.join(entry.source_keys)}", "  "))
    if entry.possible_duplicate_of:
        click.echo(fill(f"possible duplicate of {entry.possible_duplicate_of}: two fitted", "  "))
    click.echo(fill(f"kind: {kind_words(entry)} ({found.kind_reason})", "  "))
    because = f" (“{found.ruling_reason}”)" if found.ruling_reason else ""
    click.echo(fill(f"ruling: {ruling_words(entry)}{because}", "  "))
    judged = f"judged by version {found.current_rules_version} of the rules"
    if found.rules_version != found.current_rules_version:
        older = f"version {found.rules_version}" if found.rules_version else "no version"
        judged += f"; stored is what {older} said, and is made anew by `docket-monitor run`"
    click.echo(fill(judged, "  "))


def _print_telling(found: Explanation) -> None:
    """Which watch is about it, which rule takes it, who was told, and why somebody was not."""
    court_id = found.entry.court_id
    for watch in found.watches:
        state = "" if watch.state == "active" else f" ({watch.state.upper()})"
        click.echo(fill(f"watch: {watch.watch_id}, since {at(watch.since, court_id)}{state}", "  "))
    for verdict in found.verdicts:
        refused = verdict.refused_because
        words = f"does not match: {refused}" if refused else "matches"
        click.echo(fill(f"route {verdict.rule}: {words}", "  "))
    for delivery in found.deliveries:
        click.echo(fill(f"told: {told_words(delivery, court_id)}", "  "))
    for refusal in found.refusals:
        said = f"when it was told ({refusal.topic}), route {refusal.rule} refused it"
        click.echo(fill(f"{said}: {refusal.reason}", "  "))
    for reason in found.why_not_told:
        click.echo(fill(f"not told: {reason}", "  "))
