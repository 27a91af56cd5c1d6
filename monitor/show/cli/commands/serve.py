"""Serve the pages of the history."""

from __future__ import annotations

import asyncio

import click

from monitor.show.cli.options import (
    config_option,
    database_of,
    database_option,
    open_existing,
    settings_of,
    utc_now,
)
from monitor.show.cli.words import fill


@click.command(epilog="Example: docket-monitor serve --port 8321")
@click.option("--port", type=click.IntRange(0, 65_535), default=8321, show_default=True)
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, port: int, database: str) -> None:
    """Serve the history as pages, on this machine only. End it with Ctrl-C."""
    from monitor.settings.listening import ListenConfig
    from monitor.show.web.site import Pages

    store = open_existing(database_of(ctx, database))
    pages = Pages(store, settings_of(ctx), utc_now)
    config = ListenConfig(host="127.0.0.1", port=port)
    try:
        asyncio.run(_serve(pages, config))
    except KeyboardInterrupt:
        pass
    finally:
        store.close()


async def _serve(pages: object, config: object) -> None:
    from monitor.listen.server import Listener

    listener = Listener(config, pages.site())  # type: ignore[attr-defined, arg-type]
    await listener.start()
    click.echo(fill(f"Serving http://127.0.0.1:{listener.port}/ (Ctrl-C ends it)"), err=True)
    try:
        await asyncio.Event().wait()
    finally:
        await listener.stop()
