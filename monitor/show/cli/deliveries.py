"""What was sent to whom, and a second chance for what was not."""

from __future__ import annotations

import click

from monitor.errors import UsageError
from monitor.show.cli.options import (
    config_option,
    database_of,
    database_option,
    history_of,
    json_option,
    open_existing,
    print_json,
    utc_now,
)
from monitor.show.cli.reading import delivery_json
from monitor.show.cli.words import at, fill


@click.group(epilog="Example: docket-monitor deliveries list --state dead")
def deliveries() -> None:
    """See and steer what is sent."""


@deliveries.command("list", epilog="Example: docket-monitor deliveries list --state dead")
@click.option("--state", type=click.Choice(["pending", "sent", "dead"]), help="Only these.")
@click.option("--recipient", default="", help="Only to this recipient.")
@click.option("--limit", type=int, default=20, show_default=True)
@json_option
@config_option
@database_option
@click.pass_context
def list_(
    ctx: click.Context,
    state: str | None,
    recipient: str,
    limit: int,
    as_json: bool,
    database: str,
) -> None:
    """List deliveries, the latest first."""
    with history_of(ctx, database) as found:
        rows = found.deliveries(state=state or "", recipient=recipient, limit=limit)
    if as_json:
        print_json([delivery_json(row) for row in rows])
        return
    for row in rows:
        click.echo(f"{row.state}: {row.topic} to {row.recipient}, {row.attempts} attempts")
        when = (
            f"sent {at(row.sent_at)}" if row.sent_at else f"next attempt {at(row.next_attempt_at)}"
        )
        click.echo(
            fill(f"{row.delivery_id}, {when if row.state != 'dead' else 'given up'}", "    ")
        )
        if row.last_error:
            click.echo(fill(f"because {row.last_error}", "    "))
    if not rows:
        click.echo("There are no such deliveries. `docket-monitor check --send-test` makes one.")


@deliveries.command("show", epilog="Example: docket-monitor deliveries show 1f0c….desk")
@click.argument("delivery_id")
@json_option
@config_option
@database_option
@click.pass_context
def show(ctx: click.Context, delivery_id: str, as_json: bool, database: str) -> None:
    """Show one delivery: the message, and every attempt."""
    from monitor.model.alert import Alert
    from monitor.render.mail import text_of
    from monitor.render.words import words_of

    with history_of(ctx, database) as found:
        row, attempts = found.delivery(delivery_id), found.attempts(delivery_id)
    if row is None:
        raise UsageError(f"there is no delivery {delivery_id!r}; `deliveries list` names them")
    if as_json:
        tries = [
            {"at": when, "result": result, "detail": detail} for when, result, detail in attempts
        ]
        print_json(delivery_json(row) | {"facts": row.facts, "tries": tries})
        return
    click.echo(f"{row.state}: {row.topic} to {row.recipient} (route {row.route})\n")
    alert = Alert(row.alert_id, row.topic, row.case_id, "", row.kind, row.created_at, row.facts)
    told = words_of(alert)
    click.echo(f"{told.subject}\n\n{text_of(told, row.route)}")
    for when, result, detail in attempts:
        click.echo(fill(f"{at(when)}: {result} {detail}", "  "))
    if not attempts:
        click.echo("  not attempted yet")


@deliveries.command("retry", epilog="Example: docket-monitor deliveries retry --all-dead")
@click.argument("delivery_ids", nargs=-1)
@click.option("--all-dead", is_flag=True, help="Everything that was given up.")
@config_option
@database_option
@click.pass_context
def retry(ctx: click.Context, delivery_ids: tuple[str, ...], all_dead: bool, database: str) -> None:
    """Give deliveries new attempts, at once; the running daemon sends them."""
    if not delivery_ids and not all_dead:
        raise UsageError("name the deliveries, or say --all-dead; `deliveries list` shows them")
    names = list(delivery_ids)
    if all_dead:
        with history_of(ctx, database) as found:
            names += [row.delivery_id for row in found.deliveries(state="dead", limit=100_000)]
    store = open_existing(database_of(ctx, database))
    try:
        with store.begin() as unit:
            unknown = [name for name in names if not unit.retry_delivery(name, utc_now())]
    finally:
        store.close()
    click.echo(f"{len(names) - len(unknown)} will be sent again by the running daemon.")
    if unknown:
        raise UsageError(f"not there, or sent already: {', '.join(unknown)}")
