"""What was posted to the daemon, and a second chance for what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.show.cli.options import (
    COUNT,
    config_option,
    database_option,
    json_option,
    record_of,
    unit_of,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import at, fill

if TYPE_CHECKING:
    from monitor.history.answers import PushLine

_STATES = ["waiting", "read", "repeated", "ignored", "unreadable"]


@click.group("pushed", epilog="Example: docket-monitor pushed list --state unreadable")
def command() -> None:
    """See what CourtListener's webhooks brought, and read it once more."""


@command.command("list", epilog="Example: docket-monitor pushed list --state unreadable")
@click.option("--state", type=click.Choice(_STATES), help="Only these.")
@click.option("--limit", type=COUNT, default=20, show_default=True)
@json_option
@config_option
@database_option
@click.pass_context
def list_(ctx: click.Context, state: str | None, limit: int, as_json: bool, database: str) -> None:
    """List what was posted, the latest first."""
    from monitor.history import pushes

    with record_of(ctx, database) as record:
        found = pushes.latest(record, state=state or "", limit=limit)
    if as_json:
        print_json(found)
        return
    for push in found:
        _print_line(push)
    if not found:
        words = "Nothing was posted. `listen:` in the configuration says where that could be."
        click.echo(fill(words))


def _print_line(push: PushLine) -> None:
    click.echo(fill(f"{push.state}: {push.note or 'not read yet'}"))
    click.echo(fill(f"{push.push_id}, {push.size:,} bytes, {at(push.received_at)}", "    "))


@command.command("show", epilog="Example: docket-monitor pushed show cl:webhook:0b7c…")
@click.argument("push_id")
@json_option
@config_option
@database_option
@click.pass_context
def show(ctx: click.Context, push_id: str, as_json: bool, database: str) -> None:
    """Show one of them, with its body."""
    from monitor.history import pushes

    with record_of(ctx, database) as record:
        line, body = pushes.one(record, push_id)
    if as_json:
        print_json({"push": line, "body": body})
        return
    _print_line(line)
    click.echo(fill(body, "    "))


@command.command("retry", epilog="Example: docket-monitor pushed retry cl:webhook:0b7c…")
@click.argument("push_id")
@json_option
@config_option
@database_option
@click.pass_context
def retry(ctx: click.Context, push_id: str, as_json: bool, database: str) -> None:
    """Read it once more: after an upgrade that knows its form, or with the docket in a pack."""
    with unit_of(ctx, database) as unit:
        is_there = unit.pushes.retry(push_id)
    if not is_there:
        raise UsageError(f"nothing was posted under the name {push_id!r}; `pushed list` names them")
    if as_json:
        print_json({"push_id": push_id, "state": "waiting"})
    else:
        click.echo(fill(f"The daemon reads {push_id} within seconds."))
