"""Who may log in to the pages."""

from __future__ import annotations

import sys

import click

from monitor.errors import UsageError
from monitor.show.cli.options import (
    config_option,
    database_option,
    json_option,
    record_of,
    unit_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import at, fill


@click.group("login", epilog="Example: docket-monitor login list")
def command() -> None:
    """Say who may log in to the pages. It counts at once, also for a daemon that runs."""


@command.command("add", epilog="Example: docket-monitor login add jane")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from the standard input.")
@json_option
@config_option
@database_option
@click.pass_context
def add(ctx: click.Context, name: str, password_stdin: bool, as_json: bool, database: str) -> None:
    """Let NAME log in, or change the password; what was open under the old one is closed.

    The password is asked for, and never shown. Only its hash (Argon2id) is kept.
    """
    from monitor.model.access import Reader
    from monitor.show.credentials import check_name, check_password, password_hash

    check_name(name)
    password = sys.stdin.readline().rstrip("\n") if password_stdin else _asked(name)
    check_password(password)
    now = utc_now()
    reader = Reader(name, password_hash(password), now, now)
    with unit_of(ctx, database) as unit:
        unit.access.set_reader(reader)
    _say(name, "may log in", as_json=as_json)


def _asked(name: str) -> str:
    found: str = click.prompt(
        f"Password for {name}", hide_input=True, confirmation_prompt=True, err=True
    )
    return found


@command.command("list", epilog="Example: docket-monitor login list")
@json_option
@config_option
@database_option
@click.pass_context
def list_(ctx: click.Context, as_json: bool, database: str) -> None:
    """List who may log in, and since when with this password."""
    with record_of(ctx, database) as record:
        found = record.unit.access.readers()
    if as_json:
        print_json([{"name": one.name, "changed_at": one.changed_at} for one in found])
        return
    for one in found:
        click.echo(fill(f"{one.name}: password set {at(one.changed_at, 'dcd')}"))
    if not found:
        click.echo(fill("Nobody may log in: `docket-monitor login add NAME` lets somebody."))


@command.command("remove", epilog="Example: docket-monitor login remove jane")
@click.argument("name")
@json_option
@config_option
@database_option
@click.pass_context
def remove(ctx: click.Context, name: str, as_json: bool, database: str) -> None:
    """Let NAME in no more. What is open in his browsers is closed."""
    from monitor.settings.problems import did_you_mean

    with unit_of(ctx, database) as unit:
        names = [one.name for one in unit.access.readers()]
        if not unit.access.remove_reader(name):
            raise UsageError(f"nobody is called {name!r}{did_you_mean(name, names)}")
    _say(name, "may log in no more", as_json=as_json)


def _say(name: str, words: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"name": name, "state": words})
    else:
        click.echo(fill(f"{name} {words}."))
