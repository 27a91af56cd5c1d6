"""Read sources now."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.show.cli.options import (
    config_option,
    database_of,
    database_option,
    json_option,
    settings_of,
)
from monitor.show.cli.output import print_json

if TYPE_CHECKING:
    from monitor.settings.load import Settings


@dataclass(frozen=True, slots=True)
class PolledLine:
    """Whether a source could be read."""

    source_id: str
    ok: bool


@click.command("poll", epilog="Example: docket-monitor poll court:dcd")
@click.argument("source_ids", nargs=-1, required=True, metavar="SOURCE...")
@json_option
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, source_ids: tuple[str, ...], as_json: bool, database: str) -> None:
    """Read sources now, due or not. Alerts wait in the outbox for the daemon."""
    from monitor.app import make_app

    settings = settings_of(ctx)
    _check_token(settings, source_ids)
    url = database_of(ctx, database)

    async def work() -> dict[str, bool]:
        app = make_app(settings, database=url, is_daemon=False)
        try:
            return await app.poll_now(source_ids)
        finally:
            await app.close()

    done = asyncio.run(work())
    if missing := [name for name in source_ids if name not in done]:
        raise UsageError(
            f"not there, off, or being read right now: {', '.join(missing)}; "
            "`docket-monitor sources` names them"
        )
    if as_json:
        print_json([PolledLine(name, ok) for name, ok in done.items()])
    for name, ok in ({} if as_json else done).items():
        words = "read" if ok else "FAILED; `docket-monitor sources --unhealthy` says why"
        click.echo(f"{name}: {words}")
    ctx.exit(0 if all(done.values()) else 1)


def _check_token(settings: Settings, source_ids: tuple[str, ...]) -> None:
    """Asked without the token, CourtListener would refuse, and the daemon wait for hours."""
    from monitor.settings.plan import needs_token

    asked = [name for name in source_ids if needs_token(name)]
    if asked and not settings.has_token:
        why = next(w.message for w in settings.warnings if w.key == "courtlistener.token")
        raise UsageError(f"{asked[0]} is read with CourtListener's token: {why}")
