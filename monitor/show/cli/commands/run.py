"""Run the daemon."""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from monitor.show.cli.options import config_option, config_path, database_option
from monitor.show.logs import start_logging

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from monitor.app import App


@click.command("run", epilog="Example: docket-monitor --config config/monitor.yaml run")
@click.option("--once", is_flag=True, help="Read what is due, deliver, and end: for cron.")
@click.option("--log-format", type=click.Choice(["text", "json"]), default="text")
@click.option("--json", "as_json", is_flag=True, help="The same as --log-format json.")
@click.option("--verbose", "-v", is_flag=True, help="Log details too.")
@config_option
@database_option
@click.pass_context
def command(
    ctx: click.Context, once: bool, log_format: str, as_json: bool, verbose: bool, database: str
) -> None:
    """Watch, compare and tell, until stopped (SIGTERM or Ctrl-C)."""
    from monitor.app import make_app
    from monitor.daemon import Daemon, run_once
    from monitor.settings.load import load_settings

    level = logging.DEBUG if verbose else logging.INFO
    start_logging(as_json=as_json or log_format == "json", level=level)
    settings = load_settings(config_path(ctx))
    for problem in settings.warnings:
        click.echo(str(problem), err=True)

    async def work() -> int:
        app = make_app(settings, database=database)
        if once:
            return await run_once(app, _site(app))
        await Daemon(app, pages=functools.partial(_pages, app), site=_site(app)).run()
        return 0

    failed = asyncio.run(work())
    ctx.exit(1 if failed else 0)


def _pages(app: App) -> Sequence[BaseRoute]:
    """The pages of the history, where the configuration wants them; loaded only then."""
    listen = app.settings.config.listen
    if listen is None or not listen.pages:
        return ()
    from monitor.show.web.site import Pages

    return Pages(app.store, app.settings, app.now).routes()


def _site(app: App) -> Callable[[Callable[[], bool]], object] | None:
    """What keeps the published site up to date, where the configuration wants one."""
    from monitor.app import published_folder

    wanted, folder = app.settings.config.publish, published_folder(app.settings)
    if wanted is None or folder is None or not wanted.site:
        return None
    from monitor.show.web.static.build import StaticSite
    from monitor.show.web.static.files import SiteFolder

    return StaticSite(
        store=app.store,
        files=SiteFolder(folder),
        title=wanted.title,
        url=wanted.url or "",
        cases=wanted.cases,
        now=app.now,
    ).build
