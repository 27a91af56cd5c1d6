"""Send a sample, so that somebody sees what would come."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

import click

from monitor.errors import DeliveryError, UsageError
from monitor.show.cli.options import config_option, config_path, json_option, utc_now
from monitor.show.cli.output import print_json
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.model.delivery import Notification
    from monitor.settings.load import Settings

_SORTS = [
    *("order", "uncertain", "opinion", "notice-of-appeal", "appeal", "amendment", "document"),
    *("bundle", "digest", "gap", "unhealthy", "recovery", "all-quiet", "briefing"),
    *("story", "lead", "off"),
]


@click.command("test-alert", epilog="Example: docket-monitor test-alert desk --like digest")
@click.argument("recipient")
@click.option(
    "--like",
    type=click.Choice(_SORTS),
    metavar="SORT",
    default="order",
    show_default=True,
    help=f"One of {', '.join(_SORTS)}.",
)
@json_option
@config_option
@click.pass_context
def command(ctx: click.Context, recipient: str, like: str, as_json: bool) -> None:
    """Send RECIPIENT a realistic sample, marked as one, as it would be sent."""
    from monitor.demo.samples import sample
    from monitor.settings.load import load_settings
    from monitor.settings.problems import did_you_mean

    settings = load_settings(config_path(ctx))
    names = [one.name for one in settings.config.recipients]
    if recipient not in names:
        raise UsageError(f"no recipient is named {recipient!r}{did_you_mean(recipient, names)}")
    notification = sample(like, recipient, f"sample-{secrets.token_hex(6)}")
    answer = asyncio.run(_send(settings, notification))
    if as_json:
        print_json({"recipient": recipient, "like": like, "answer": answer})
    else:
        click.echo(fill(f"{recipient} took a sample of {like}: {answer}"))


async def _send(settings: Settings, notification: Notification) -> str:
    """What the recipient's server answered. Raises UsageError where it did not take it."""
    from monitor.build import Web, make_couriers

    web = Web(settings)
    courier = make_couriers(settings, web, utc_now)[notification.recipient]
    try:
        return await courier.deliver(notification)
    except DeliveryError as exc:
        message = f"{notification.recipient} did not take it: {exc.reason}"
        raise UsageError(f"{message}; nothing is tried again") from exc
    finally:
        await web.close()
