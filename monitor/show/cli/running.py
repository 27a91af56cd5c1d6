"""Run the daemon, or one poll of it."""

from __future__ import annotations

import asyncio

import click

from monitor.errors import UsageError
from monitor.show.cli.options import (
    config_option,
    database_option,
    json_option,
    print_json,
    settings_of,
)
from monitor.show.logs import start_logging


@click.command(epilog="Example: docket-monitor --config config/monitor.yaml run")
@click.option("--once", is_flag=True, help="Read what is due, deliver, and end: for cron.")
@click.option("--log-format", type=click.Choice(["text", "json"]), default="text")
@click.option("--verbose", "-v", is_flag=True, help="Log details too.")
@config_option
@database_option
@click.pass_context
def run(ctx: click.Context, once: bool, log_format: str, verbose: bool, database: str) -> None:
    """Watch, compare and tell, until stopped (SIGTERM or Ctrl-C)."""
    from monitor.app import make_app
    from monitor.daemon import Daemon, run_once

    start_logging(as_json=log_format == "json", verbose=verbose)
    settings = settings_of(ctx)
    for problem in settings.warnings:
        click.echo(str(problem), err=True)

    async def work() -> int:
        app = make_app(settings, database=database)
        if once:
            return await run_once(app)
        await Daemon(app).run()
        return 0

    failed = asyncio.run(work())
    ctx.exit(1 if failed else 0)


@click.command(epilog="Example: docket-monitor poll court:dcd")
@click.argument("source_ids", nargs=-1, required=True, metavar="SOURCE...")
@json_option
@config_option
@database_option
@click.pass_context
def poll(ctx: click.Context, source_ids: tuple[str, ...], as_json: bool, database: str) -> None:
    """Read sources now, due or not. Alerts wait in the outbox for the daemon."""
    from monitor.app import make_app

    settings = settings_of(ctx)

    async def work() -> dict[str, bool]:
        app = make_app(settings, database=database)
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
        print_json([{"source_id": name, "ok": ok} for name, ok in done.items()])
    for name, ok in ({} if as_json else done).items():
        words = "read" if ok else "FAILED; `docket-monitor sources --unhealthy` says why"
        click.echo(f"{name}: {words}")
    ctx.exit(0 if all(done.values()) else 1)
