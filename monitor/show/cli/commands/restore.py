"""A backup put where the database is to be."""

from __future__ import annotations

from pathlib import Path

import click

from monitor.errors import StoreError, UsageError
from monitor.show.cli.copied import copy_line, print_copy
from monitor.show.cli.options import config_option, database_of, database_option, json_option
from monitor.show.cli.output import print_json
from monitor.show.cli.words import fill


@click.command("restore", epilog="Example: docket-monitor restore /var/backups/monitor.db")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, file: Path, as_json: bool, database: str) -> None:
    """Put a backup where the configured database is to be; never over one that is there.

    Stop the daemon first, move the old database away, and do this as the daemon's user.
    """
    from monitor.history.copies import check_copy
    from monitor.store.copies import copy_database
    from monitor.store.database import server_options, sqlite_file

    url = database_of(ctx, database)
    target = sqlite_file(url)
    if target is None:
        raise UsageError(
            "PostgreSQL is restored by its own program, into an empty database: "
            f"pg_restore {server_options(url)} {file}; then `docket-monitor verify`"
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise StoreError(f"cannot make the folder {target.parent}: {exc.strerror}") from exc
    line = copy_line(str(target), copy_database(file, target, check_copy))
    if as_json:
        print_json(line)
    else:
        print_copy(line)
        click.echo(fill(_NEXT))
    ctx.exit(line.exit_code)


_NEXT = (
    "What waited to be sent when the backup was made is sent at the next start, under its old id; "
    "what was filed since is found anew as far as the sources show it still."
)
