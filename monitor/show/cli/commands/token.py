"""Tokens with which programs ask the API."""

from __future__ import annotations

import click

from monitor.errors import UsageError
from monitor.show.cli.options import (
    config_option,
    database_option,
    json_option,
    parse_length,
    record_of,
    unit_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import at, fill

_SCOPES = ("history", "deliveries")


@click.group("token", epilog="Example: docket-monitor token list")
def command() -> None:
    """Make and revoke the tokens with which programs ask the API."""


@command.command(
    "add", epilog="Example: docket-monitor token add newsroom-bot --scope history --expires 90d"
)
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    type=click.Choice(_SCOPES),
    multiple=True,
    default=("history",),
    show_default=True,
    help="What it may read: what was published, or also who is told of it. May be repeated.",
)
@click.option("--expires", metavar="LENGTH", help="After how long it ends, as 90d; default: never.")
@json_option
@config_option
@database_option
@click.pass_context
def add(
    ctx: click.Context,
    name: str,
    scopes: tuple[str, ...],
    expires: str | None,
    as_json: bool,
    database: str,
) -> None:
    """Make a token called NAME, and print it: this once, for only its hash is kept."""
    from monitor.model.access import Scope, Token
    from monitor.show.credentials import check_name, make_token, token_hash

    check_name(name)
    now, made = utc_now(), make_token()
    ends = now + parse_length(expires) if expires else None
    token = Token(name, tuple(Scope(one) for one in dict.fromkeys(scopes)), now, ends)
    with unit_of(ctx, database) as unit:
        is_free = unit.access.add_token(token, token_hash(made))
    if not is_free:
        raise UsageError(f"a token is called {name!r} already: revoke it, or take another name")
    if as_json:
        print_json({"token": made, "name": name, "scopes": token.scopes, "expires_at": ends})
    else:
        click.echo(made)
        click.echo(fill("It is shown this once. Send it as `Authorization: Bearer …`."), err=True)


@command.command("list", epilog="Example: docket-monitor token list")
@json_option
@config_option
@database_option
@click.pass_context
def list_(ctx: click.Context, as_json: bool, database: str) -> None:
    """List the tokens: what each may read, and until when."""
    with record_of(ctx, database) as record:
        found = record.unit.access.tokens()
    if as_json:
        print_json(found)
        return
    for one in found:
        ends = f"until {at(one.expires_at, 'dcd')}" if one.expires_at else "without end"
        may = " and ".join(scope.value for scope in one.scopes)
        click.echo(fill(f"{one.name}: may read {may}, {ends}; made {at(one.created_at, 'dcd')}"))
    if not found:
        click.echo(fill("There are no tokens: `docket-monitor token add NAME` makes one."))


@command.command("revoke", epilog="Example: docket-monitor token revoke newsroom-bot")
@click.argument("name")
@json_option
@config_option
@database_option
@click.pass_context
def revoke(ctx: click.Context, name: str, as_json: bool, database: str) -> None:
    """Let nobody read with this token any more, from now on."""
    from monitor.settings.problems import did_you_mean

    with unit_of(ctx, database) as unit:
        names = [one.name for one in unit.access.tokens()]
        if not unit.access.revoke(name):
            raise UsageError(f"no token is called {name!r}{did_you_mean(name, names)}")
    if as_json:
        print_json({"name": name, "state": "revoked"})
    else:
        click.echo(fill(f"{name} is revoked."))
