"""Say that a message was taken up."""

from __future__ import annotations

import getpass

import click

from monitor.errors import UsageError
from monitor.show.cli.options import (
    config_option,
    database_option,
    json_option,
    unit_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import at, fill


@click.command(epilog="Example: docket-monitor ack 1f0c2d.desk --by Ann")
@click.argument("delivery_id")
@click.option("--by", default="", help="Who takes it up; your user name, if left out.")
@json_option
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, delivery_id: str, by: str, as_json: bool, database: str) -> None:
    """Acknowledge a message: it goes to nobody else. `deliveries list` names them."""
    from monitor.normalize.text import plain

    now, name = utc_now(), plain(by, 100) or getpass.getuser()
    with unit_of(ctx, database) as unit:
        known = unit.outbox.notification(delivery_id)
        before = unit.outbox.acknowledged(delivery_id)
        is_new = unit.outbox.acknowledge(delivery_id, name, now)
    if known is None:
        message = f"there is no delivery {delivery_id!r}; `deliveries list` names them"
        raise UsageError(message)
    if before is None and not is_new:
        why = "its route has no `acknowledge`"
        raise UsageError(f"{delivery_id} asks nobody to acknowledge it: {why}")
    when, who = before or (now, name)
    if as_json:
        print_json({"delivery_id": delivery_id, "acknowledged_at": when, "by": who})
    else:
        click.echo(fill(f"{delivery_id} was taken up {at(when, 'dcd')} by {who}."))
