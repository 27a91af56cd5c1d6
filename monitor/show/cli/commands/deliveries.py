"""What was sent to whom, and a second chance for what was not."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from monitor.errors import ConfigError, UsageError
from monitor.render.message import counted
from monitor.show.cli.options import (
    COUNT,
    config_option,
    database_option,
    json_option,
    record_of,
    settings_of,
    unit_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import at, fill

if TYPE_CHECKING:
    from monitor.deliver.registry import Recipient
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
        words = "There are no such deliveries. Whether anybody can be reached:"
        click.echo(fill(f"{words} docket-monitor check --send-test"))


def _print_line(delivery: DeliveryLine) -> None:
    tries = counted(delivery.attempts, "attempt")
    click.echo(fill(f"{delivery.state}: {delivery.subject}"))
    click.echo(fill(f"{_about(delivery)} to {delivery.recipient}, {tries}", "    "))
    click.echo(fill(f"{delivery.delivery_id}, {_when(delivery)}", "    "))
    if delivery.last_error:
        click.echo(fill(f"because {delivery.last_error}", "    "))
    if delivery.acknowledged_at:
        when = at(delivery.acknowledged_at)
        click.echo(fill(f"taken up {when} by {delivery.acknowledged_by}", "    "))
    elif delivery.escalated:
        times = counted(delivery.escalated, "time")
        click.echo(fill(f"nobody took it up: it went on to somebody else, {times}", "    "))


def _about(delivery: DeliveryLine) -> str:
    """What it tells, and of which cases."""
    topics = ", ".join(dict.fromkeys(alert.topic for alert in delivery.alerts))
    cases = ", ".join(dict.fromkeys(alert.case_id for alert in delivery.alerts if alert.case_id))
    count = len(delivery.alerts)
    many = f"{counted(count, 'alert')}: " if count > 1 else ""
    return f"{many}{topics}{f' ({cases})' if cases else ''}"


def _when(delivery: DeliveryLine) -> str:
    if delivery.state == "dead":
        return "given up"
    if delivery.state == "sent":
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
    """Show one delivery: the message, and every attempt.

    Of a mail its words, of a webhook the JSON that is sent.
    """
    from monitor.deliver.registry import body_sent
    from monitor.history import deliveries
    from monitor.render.mail import text_of
    from monitor.render.words import message_of

    with record_of(ctx, database) as record:
        found = deliveries.one(record, delivery_id)
        notification = record.unit.outbox.notification(delivery_id)
        tries = deliveries.attempts(record, delivery_id)
    if found is None or notification is None:
        raise UsageError(f"there is no delivery {delivery_id!r}; `deliveries list` names them")
    text = text_of(message_of(notification), notification.rules)
    known = _recipients(ctx, database)
    recipient = known.get(found.recipient) if known else None
    body = body_sent(recipient, notification) if recipient else ""
    if as_json:
        print_json(deliveries.in_full(found, text, tries, body))
        return
    rules = ", ".join(notification.rules)
    click.echo(fill(f"{found.state}: {_about(found)} to {found.recipient} (route {rules})"))
    if recipient is None:
        words = f"How {found.recipient} is reached is not known here: this is its text as a mail."
        click.echo(fill(f"{words} Name the configuration with --config to see what is sent."))
    click.echo("\n" + fill(found.subject) + "\n")
    if body:
        print_json(json.loads(body))
    else:
        click.echo(text)
    click.echo()
    for attempt in tries:
        click.echo(fill(f"{at(attempt.at)}: {attempt.result} {attempt.detail}", "  "))
    if found.state == "pending":
        click.echo(fill(_when(found) if tries else f"not attempted yet; {_when(found)}", "  "))


def _recipients(ctx: click.Context, database: str) -> Mapping[str, Recipient] | None:
    """Whom the configuration of this database names; None where it is not at hand."""
    try:
        settings = settings_of(ctx)
    except ConfigError:
        return None
    if database and database != settings.database:
        return None
    return {one.name: one for one in settings.config.recipients}


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
    """Give deliveries that did not arrive new attempts; the running daemon sends them."""
    from monitor.history import deliveries

    if not delivery_ids and not all_dead:
        raise UsageError("name the deliveries, or say --all-dead; `deliveries list` shows them")
    names = list(delivery_ids)
    if all_dead:
        with record_of(ctx, database) as record:
            names += [one.delivery_id for one in deliveries.latest(record, state="dead")]
    _again(ctx, database, names, as_json=as_json, is_resend=False)


@command.command("resend", epilog="Example: docket-monitor deliveries resend 1f0c….desk")
@click.argument("delivery_ids", nargs=-1, required=True)
@json_option
@config_option
@database_option
@click.pass_context
def resend(ctx: click.Context, delivery_ids: tuple[str, ...], as_json: bool, database: str) -> None:
    """Send deliveries once more that were accepted before; the running daemon does it.

    Each keeps its id and its words. A receiver of webhooks that heeds the id and has the message
    already drops the second; a mailbox shows the mail twice, or once.
    """
    _again(ctx, database, list(delivery_ids), as_json=as_json, is_resend=True)


def _again(
    ctx: click.Context, database: str, names: list[str], *, as_json: bool, is_resend: bool
) -> None:
    """Make these due at once, and say which could not be."""
    lost = _unreachable(ctx, database, names)
    with unit_of(ctx, database) as unit:
        make_due = unit.outbox.resend if is_resend else unit.outbox.retry
        again = [name for name in names if name not in lost and make_due(name, utc_now())]
    unknown = [name for name in names if name not in again]
    if as_json:
        print_json({"sent_again": again, "unknown": unknown})
    else:
        click.echo(f"{len(again)} will be sent again by the running daemon.")
    if lost:
        raise UsageError(f"no recipient of the configuration any more: {', '.join(lost)}")
    if unknown:
        other = "not sent yet: `deliveries retry`" if is_resend else "sent already"
        more = "" if is_resend else "; `deliveries resend` sends again what arrived"
        raise UsageError(f"not there, or {other}: {', '.join(unknown)}{more}")


def _unreachable(ctx: click.Context, database: str, names: Sequence[str]) -> list[str]:
    """Those of these deliveries whose recipients nobody serves any more."""
    known = _recipients(ctx, database)
    if known is None:
        return []
    with record_of(ctx, database) as record:
        there = record.unit.outbox.notifications(names)
    return [name for name, one in there.items() if one.recipient not in known]
