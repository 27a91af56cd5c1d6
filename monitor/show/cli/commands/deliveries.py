"""What was sent to whom, and a second chance for what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.show.cli.options import (
    COUNT,
    config_option,
    database_of,
    database_option,
    json_option,
    open_existing,
    record_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import at, fill

if TYPE_CHECKING:
    from monitor.history.answers import DeliveryLine


@click.group("deliveries", epilog="Example: docket-monitor deliveries list --state dead")
def command() -> None:
    """See and steer what is sent."""


@command.command("list", epilog="Example: docket-monitor deliveries list --state dead")
@click.option("--state", type=click.Choice(["pending", "sent", "dead"]), help="Only these.")
@click.option("--recipient", default="", help="Only to this recipient.")
@click.option("--limit", type=COUNT, default=20, show_default=True)
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
    from monitor.history import deliveries
    from monitor.history.record import check_recipient

    with record_of(ctx, database) as record:
        check_recipient(record, recipient)
        found = deliveries.latest(record, state=state or "", recipient=recipient, limit=limit)
    if as_json:
        print_json(found)
        return
    for delivery in found:
        _print_line(delivery)
    if not found:
        click.echo("There are no such deliveries. `docket-monitor check --send-test` makes one.")


def _print_line(delivery: DeliveryLine) -> None:
    tries = "1 attempt" if delivery.attempts == 1 else f"{delivery.attempts} attempts"
    click.echo(fill(f"{delivery.state}: {_about(delivery)} to {delivery.recipient}, {tries}"))
    click.echo(fill(f"{delivery.delivery_id}, {_when(delivery)}", "    "))
    if delivery.last_error:
        click.echo(fill(f"because {delivery.last_error}", "    "))


def _about(delivery: DeliveryLine) -> str:
    """What it tells, and of which cases."""
    topics = ", ".join(dict.fromkeys(alert.topic for alert in delivery.alerts))
    cases = ", ".join(dict.fromkeys(alert.case_id for alert in delivery.alerts if alert.case_id))
    many = f"{len(delivery.alerts)} alerts: " if len(delivery.alerts) > 1 else ""
    return f"{many}{topics}{f' ({cases})' if cases else ''}"


def _when(delivery: DeliveryLine) -> str:
    if delivery.state == "dead":
        return "given up"
    if delivery.sent_at:
        return f"sent {at(delivery.sent_at)}"
    held = {"text": ", waits for its text", "amendments": ", waits for further changes"}
    return f"next attempt {at(delivery.next_attempt_at)}{held.get(delivery.hold, '')}"


@command.command("show", epilog="Example: docket-monitor deliveries show 1f0c….desk")
@click.argument("delivery_id")
@json_option
@config_option
@database_option
@click.pass_context
def show(ctx: click.Context, delivery_id: str, as_json: bool, database: str) -> None:
    """Show one delivery: the message, and every attempt."""
    from monitor.history import deliveries
    from monitor.render.mail import text_of
    from monitor.render.words import message_of

    with record_of(ctx, database) as record:
        found = deliveries.one(record, delivery_id)
        notification = record.unit.outbox.notification(delivery_id)
        tries = deliveries.attempts(record, delivery_id)
    if found is None or notification is None:
        raise UsageError(f"there is no delivery {delivery_id!r}; `deliveries list` names them")
    message = message_of(notification)
    text = text_of(message, notification.rules)
    if as_json:
        print_json(deliveries.in_full(found, message.subject, text, tries))
        return
    rules = ", ".join(notification.rules)
    click.echo(f"{found.state}: {_about(found)} to {found.recipient} (route {rules})\n")
    click.echo(f"{message.subject}\n\n{text}")
    for attempt in tries:
        click.echo(fill(f"{at(attempt.at)}: {attempt.result} {attempt.detail}", "  "))
    if not tries:
        click.echo(f"  not attempted yet; {_when(found)}")


@command.command("retry", epilog="Example: docket-monitor deliveries retry --all-dead")
@click.argument("delivery_ids", nargs=-1)
@click.option("--all-dead", is_flag=True, help="Everything that was given up.")
@json_option
@config_option
@database_option
@click.pass_context
def retry(
    ctx: click.Context,
    delivery_ids: tuple[str, ...],
    all_dead: bool,
    as_json: bool,
    database: str,
) -> None:
    """Give deliveries new attempts, at once; the running daemon sends them."""
    from monitor.history import deliveries

    if not delivery_ids and not all_dead:
        raise UsageError("name the deliveries, or say --all-dead; `deliveries list` shows them")
    names = list(delivery_ids)
    if all_dead:
        with record_of(ctx, database) as record:
            names += [one.delivery_id for one in deliveries.latest(record, state="dead")]
    store = open_existing(database_of(ctx, database))
    try:
        with store.begin() as unit:
            unknown = [name for name in names if not unit.outbox.retry(name, utc_now())]
    finally:
        store.close()
    again = [name for name in names if name not in unknown]
    if as_json:
        print_json({"sent_again": again, "unknown": unknown})
    else:
        click.echo(f"{len(again)} will be sent again by the running daemon.")
    if unknown:
        raise UsageError(f"not there, or sent already: {', '.join(unknown)}")
