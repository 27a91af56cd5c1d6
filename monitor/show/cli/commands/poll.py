"""Read sources now."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.show.cli import completion
from monitor.show.cli.options import (
    config_option,
    database_of,
    database_option,
    json_option,
    settings_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.settings.load import Settings


@dataclass(frozen=True, slots=True)
class PolledLine:
    """Whether a source could be read; if not, why."""

    source_id: str
    ok: bool
    reason: str = ""


@click.command("poll", epilog="Example: docket-monitor poll court:dcd")
@click.argument(
    "source_ids", nargs=-1, required=True, metavar="SOURCE...", shell_complete=completion.source_ids
)
@json_option
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, source_ids: tuple[str, ...], as_json: bool, database: str) -> None:
    """Read sources now, due or not. Alerts wait in the outbox for the daemon."""
    from monitor.app import make_app
    from monitor.history.record import reading
    from monitor.history.sources import sources

    settings = settings_of(ctx)
    _check_token(settings, source_ids)
    url = database_of(ctx, database)

    async def work() -> list[PolledLine]:
        app = make_app(settings, database=url, is_daemon=False)
        try:
            done = await app.poll_now(source_ids)
            with reading(app.store) as record:
                why = {one.source_id: one.last_error for one in sources(record, utc_now())}
            return [PolledLine(name, ok, "" if ok else why[name]) for name, ok in done.items()]
        finally:
            await app.close()

    done = asyncio.run(work())
    if as_json:
        print_json(done)
    for line in () if as_json else done:
        words = "read" if line.ok else f"FAILED: {line.reason}"
        click.echo(fill(f"{line.source_id}: {words}"))
    read = {line.source_id for line in done}
    if missing := [name for name in source_ids if name not in read]:
        raise UsageError(
            f"not there, off, or being read right now: {', '.join(missing)}; "
            "`docket-monitor sources` names them"
        )
    ctx.exit(0 if all(line.ok for line in done) else 1)


def _check_token(settings: Settings, source_ids: tuple[str, ...]) -> None:
    """Asked without the token, CourtListener would refuse, and the daemon wait for hours."""
    from monitor.settings.plan import needs_token

    asked = [name for name in source_ids if needs_token(name)]
    if asked and not settings.has_token:
        why = next(w.message for w in settings.warnings if w.key == "courtlistener.token")
        raise UsageError(f"{asked[0]} is read with CourtListener's token: {why}")
