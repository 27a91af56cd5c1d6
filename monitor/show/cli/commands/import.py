"""Another installation's bundle, stored beside what we saw ourselves."""

from __future__ import annotations

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
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.bundle.take_in import Imported


@click.command("import", epilog="Example: docket-monitor import case.zip --dry-run")
@click.argument("bundle", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would come.")
@json_option
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, bundle: Path, dry_run: bool, as_json: bool, database: str) -> None:
    """Store what another installation's BUNDLE has and we lack: see `export --bundle`.

    A spoilt bundle is refused as a whole. What comes is marked as imported; nobody is told of it,
    no silence is vouched for by it, and the state of a case does not follow from it. An entry that
    a source of ours shows later is told as if nothing had been imported. It is stored in portions,
    so that the daemon has its turn; an import that was interrupted is completed by repeating it.
    """
    from monitor.bundle.files import opened
    from monitor.bundle.read import read_bundle
    from monitor.bundle.take_in import take_in

    with opened(bundle) as files:
        found = read_bundle(files, now := utc_now())
        with store_of(ctx, database) as store:
            done = take_in(store, found, now, dry_run=dry_run)
    if as_json:
        print_json(done)
    else:
        _print(done)


def _print(done: Imported) -> None:
    click.echo(fill(f"The bundle is whole: {done.case_label} ({done.case_id}), head {done.head}."))
    if done.is_own:
        click.echo(fill("It is of this very installation: there is nothing to be added."))
        return
    new = counted(done.entries, "new entry", "new entries")
    more = f"{counted(done.sightings, 'new sighting')} and {counted(done.changes, 'change')}"
    verb = "Stored" if done.is_done else "Would be stored"
    click.echo(fill(f"{verb} as {done.origin}…: {new}, {more}."))
    ours = counted(done.entries_of_ours, "entry", "entries")
    before = counted(done.entries_known, "entry was", "entries were")
    click.echo(fill(f"Our own sources showed {ours} of it; {before} imported before."))
