"""Serve the pages of the history."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.show.cli.options import (
    config_option,
    database_option,
    json_option,
    settings_of,
    store_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.settings.listening import ListenConfig
    from monitor.settings.load import Settings
    from monitor.show.web.site import Pages


@click.command(epilog="Example: docket-monitor serve --port 8321")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8321,
    show_default=True,
    help="Where to listen; 0 takes any that is free.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Another address than this machine's needs `listen: {login: …}` in the configuration.",
)
@json_option
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, port: int, host: str, as_json: bool, database: str) -> None:
    """Serve the history as pages and by the API, to this machine alone. End it with Ctrl-C.

    Every page is there as JSON and CSV, too: its address with .json or .csv behind it. The API is
    at /api/v1, described by /api/v1/openapi.json.
    """
    from monitor.show.web.site import Pages

    settings, config = _settings(ctx, host, port)
    with store_of(ctx, database) as store, contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(Pages(store, settings, utc_now), config, as_json=as_json))


def _settings(ctx: click.Context, host: str, port: int) -> tuple[Settings, ListenConfig]:
    """As the configuration says who may come in; only the place is another."""
    from pydantic import ValidationError

    from monitor.settings.listening import ListenConfig

    settings = settings_of(ctx)
    listen = settings.config.listen or ListenConfig()
    try:
        asked = ListenConfig(host=host, port=port)
    except ValidationError as exc:
        raise UsageError(str(exc.errors()[0]["msg"])) from exc
    config = listen.model_copy(update={"host": asked.host, "port": port})
    _check_open(settings, config)
    changed = settings.config.model_copy(update={"listen": config})
    return dataclasses.replace(settings, config=changed), config


def _check_open(settings: Settings, config: ListenConfig) -> None:
    """Raises UsageError where others could come in, or nobody could."""
    from ipaddress import ip_address

    if config.login is None and not ip_address(config.host).is_loopback:
        raise UsageError(
            f"{config.host} is reached from other machines, and there is no login: write "
            "`listen: {login: {secret: {env: …}}}` into the configuration"
        )
    has_form = config.login is not None and config.login.secret is not None
    if has_form and "listen.login" not in settings.secrets:
        raise UsageError("the secret of `listen: {login: {secret: …}}` is not at hand")


async def _serve(pages: Pages, config: ListenConfig, *, as_json: bool) -> None:
    from monitor.listen.server import Listener

    listener = Listener(config, pages.site())
    await listener.start()
    place = f"[{config.host}]" if ":" in config.host else config.host
    url = f"http://{place}:{listener.port}/"
    if as_json:
        print_json({"url": url})
    else:
        click.echo(fill(f"Serving {url} (Ctrl-C ends it)"))
    try:
        await asyncio.Event().wait()
    finally:
        await listener.stop()
