"""Look into everything that would keep the daemon from its work."""

from __future__ import annotations

import asyncio

import click

from monitor.show.cli.options import (
    config_option,
    database_of,
    database_option,
    json_option,
    settings_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import fill


@click.command(epilog="Example: docket-monitor doctor")
@json_option
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, as_json: bool, database: str) -> None:
    """Look into configuration, database, disk, clock, sources and mail server.

    Asks every free source once, stores and sends nothing. Exits with 1 where something is wrong.
    """
    from monitor.doctor import State, look_into_all, worst

    settings = settings_of(ctx)
    if not as_json:
        click.echo("Looking; this takes a moment …", err=True)
    found = asyncio.run(look_into_all(settings, database_of(ctx, database), utc_now))
    if as_json:
        print_json(found)
    for one in () if as_json else found:
        click.echo(fill(f"{one.state.value.upper():8}{one.what}: {one.words}"))
    ctx.exit(1 if worst(found) is State.WRONG else 0)
