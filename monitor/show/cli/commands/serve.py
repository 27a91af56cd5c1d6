"""Serve the pages of the history."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import click

from monitor.show.cli.options import (
    config_option,
    database_of,
    database_option,
    json_option,
    open_existing,
    settings_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.settings.listening import ListenConfig
    from monitor.show.web.site import Pages


@click.command(epilog="Example: docket-monitor serve --port 8321")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8321,
    show_default=True,
    help="Where to listen; 0 takes any that is free.",
)
@json_option
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, port: int, as_json: bool, database: str) -> None:
    """Serve the history as pages, to this machine alone. End it with Ctrl-C.

    Every page is there as JSON and CSV, too: its address with .json or .csv behind it.
    """
    from monitor.settings.listening import ListenConfig
    from monitor.show.web.site import Pages

    store = open_existing(database_of(ctx, database))
    pages = Pages(store, settings_of(ctx), utc_now)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            config = ListenConfig(host="127.0.0.1", port=port)
            asyncio.run(_serve(pages, config, as_json=as_json))
    finally:
        store.close()


async def _serve(pages: Pages, config: ListenConfig, *, as_json: bool) -> None:
    from monitor.listen.server import Listener

    listener = Listener(config, pages.site())
    await listener.start()
    url = f"http://127.0.0.1:{listener.port}/"
    if as_json:
        print_json({"url": url})
    else:
        click.echo(fill(f"Serving {url} (Ctrl-C ends it)"))
    try:
        await asyncio.Event().wait()
    finally:
        await listener.stop()
