"""The history's pages as files, for any web server."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.render.message import counted
from monitor.show.cli.options import (
    config_option,
    database_option,
    json_option,
    store_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.terminal import unguarded
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.show.web.static.build import SiteReport
    from monitor.store.database import SqlStore


@click.command(epilog="Example: docket-monitor site public --case ctr-v-irs")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--case", "cases", multiple=True, metavar="ID", help="Only this case; repeatable.")
@click.option("--title", default="Docket Monitor", show_default=True, help="Its name on each page.")
@click.option("--url", default="", help="Where DIR will be served, for the feeds.")
@json_option
@config_option
@database_option
@click.pass_context
def command(
    ctx: click.Context,
    folder: Path,
    cases: tuple[str, ...],
    title: str,
    url: str,
    as_json: bool,
    database: str,
) -> None:
    """Write the pages of the watched cases to DIR as files that any web server can serve.

    Published are docket sheets, timelines, coverage, feeds and calendars; nothing of who is told,
    of routes, sources and messages. Asked again, it writes what changed since. Files in DIR that
    are not its own stay as they are.
    """
    from monitor.fields import parse_url
    from monitor.show.web.static.build import StaticSite
    from monitor.show.web.static.files import SiteFolder

    try:
        where = str(parse_url(url)) if url else ""
    except ValueError as exc:
        raise click.BadParameter(str(exc), param_hint="--url") from exc
    with store_of(ctx, database, to_read=True) as store, _progress(store, cases) as progress:
        site = StaticSite(
            store=store,
            files=SiteFolder(folder),
            title=title,
            url=where,
            cases=cases,
            now=utc_now,
            progress=progress,
        )
        found = site.build()
    if as_json:
        print_json(found)
    else:
        _print(found)


@contextlib.contextmanager
def _progress(store: SqlStore, cases: Sequence[str]) -> Iterator[Callable[[int], None]]:
    """A bar for a person who waits; nothing for a pipe."""
    if not sys.stderr.isatty():
        yield lambda _count: None
        return
    from monitor.history.published_since import size
    from monitor.history.publishing import labels
    from monitor.history.record import reading

    with reading(store) as record:
        length = size(record, cases or list(labels(record)))
    with click.progressbar(length=length, label="Writing", file=unguarded(sys.stderr)) as bar:
        yield bar.update


def _print(found: SiteReport) -> None:
    cases, entries = counted(len(found.cases), "case"), counted(found.entries, "entry", "entries")
    done = f"{counted(found.written, 'file')} written, {counted(found.removed, 'file')} removed"
    click.echo(fill(f"{cases} with {entries} in {found.folder}: {done}."))
    click.echo(fill(f"Open {found.folder}/index.html, or put the folder on a web server."))
