"""Who is told, whether anything gets through to him, and whether he wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.show.cli.options import (
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
    from monitor.history.recipients import RecipientLine

_ZONE_OF = "dcd"


@click.group("recipients", epilog="Example: docket-monitor recipients list")
def command() -> None:
    """List who is told; switch a recipient off and on. What comes meanwhile waits."""


@command.command("list", epilog="Example: docket-monitor recipients list")
@json_option
@config_option
@database_option
@click.pass_context
def list_(ctx: click.Context, as_json: bool, database: str) -> None:
    """List who is told, since when nothing gets through, and what waits."""
    from monitor.history.recipients import recipients

    names = [one.name for one in settings_of(ctx).config.recipients]
    with record_of(ctx, database) as record:
        found = recipients(record, names)
    if as_json:
        print_json(found)
        return
    for line in found:
        click.echo(fill(f"{line.recipient}: {_words(line)}"))
    if not found:
        click.echo(fill("There are no recipients: `recipients:` in the configuration names them."))


def _words(line: RecipientLine) -> str:
    parts = []
    if line.off_since is not None:
        parts.append(f"off since {at(line.off_since, _ZONE_OF)}, because {line.reason}")
    elif line.rests_since is not None:
        since = at(line.rests_since, _ZONE_OF)
        parts.append(f"rests since {since} (tried every six hours), because {line.reason}")
    elif line.failing_since is not None:
        parts.append(f"nothing gets through since {at(line.failing_since, _ZONE_OF)}")
    else:
        parts.append("on")
    sent = (
        f"last sent {at(line.last_sent_at, _ZONE_OF)}" if line.last_sent_at else "nothing sent yet"
    )
    return "; ".join([*parts, sent, *([f"{line.waiting} waiting"] if line.waiting else [])])


@command.command("off", epilog='Example: docket-monitor recipients off desk --reason "on leave"')
@click.argument("name")
@click.option("--reason", required=True, help="Why: `recipients list` says it.")
@json_option
@config_option
@database_option
@click.pass_context
def off(ctx: click.Context, name: str, reason: str, as_json: bool, database: str) -> None:
    """Send a recipient nothing more. What there is to tell him is kept, and waits."""
    from monitor.model.channel import OffBy
    from monitor.normalize.text import plain

    _check(ctx, name)
    now, why = utc_now(), plain(reason, 300)
    if not why:
        raise UsageError("say why: --reason")
    with unit_of(ctx, database) as unit:
        is_done = unit.channels.switch_off(name, now, OffBy.OPERATOR, why)
    _say(name, "off", "was off before" if not is_done else "gets nothing more", as_json=as_json)


@command.command("on", epilog="Example: docket-monitor recipients on desk")
@click.argument("name")
@json_option
@config_option
@database_option
@click.pass_context
def on(ctx: click.Context, name: str, as_json: bool, database: str) -> None:
    """Send to a recipient again, at once, and first what waited for him."""
    _check(ctx, name)
    with unit_of(ctx, database) as unit:
        is_done = unit.channels.switch_on(name)
        unit.outbox.wake(name, utc_now())
    _say(name, "on", "was on before" if not is_done else "is told again", as_json=as_json)


def _check(ctx: click.Context, name: str) -> None:
    """Raises UsageError for a name that the configuration does not have."""
    from monitor.settings.problems import did_you_mean

    names = [one.name for one in settings_of(ctx).config.recipients]
    if name not in names:
        raise UsageError(f"no recipient is called {name!r}{did_you_mean(name, names)}")


def _say(name: str, state: str, words: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"recipient": name, "state": state})
    else:
        click.echo(fill(f"{name} {words}."))
