"""Who is told of an entry."""

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
from monitor.show.cli.words import at, entry_lines, fill

if TYPE_CHECKING:
    from monitor.history.answers import TellingOf


@click.command(epilog="Example: docket-monitor who dcd/1:25-cv-00457#113")
@click.argument("entry")
@json_option
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, entry: str, as_json: bool, database: str) -> None:
    """Say who was, is or will be told of ENTRY, by which routes, and why others are not."""
    from monitor.history import entries
    from monitor.history.who import who
    from monitor.settings.telling import make_rules

    config = settings_of(ctx).config
    with record_of(ctx, database) as record:
        name = entries.find(record, entry)
        found = who(record, name, make_rules(config), [one.name for one in config.recipients])
    if as_json:
        print_json(found)
        return
    click.echo("\n".join(entry_lines(found.entry)))
    for line in (*found.told, *found.not_told):
        click.echo(fill(_words(line, found.entry.court_id), "  "))
    if not (found.told or found.not_told):
        click.echo(fill("there are no recipients: `recipients:` in the configuration names them"))


def _words(line: TellingOf, court_id: str) -> str:
    when = f" {at(line.at, court_id)}" if line.at else ""
    by = f", by {', '.join(line.rules)}" if line.rules else ""
    why = f" ({line.why})" if line.why else ""
    return f"{line.recipient}: {line.state}{when}{by}{why}"
