"""A copy of the database while the daemon writes it."""

from __future__ import annotations

from pathlib import Path

import click

from monitor.errors import NoDatabase, UsageError
from monitor.show.cli.copied import copy_line, print_copy
from monitor.show.cli.options import config_option, database_of, database_option, json_option
from monitor.show.cli.output import print_json


@click.command("backup", epilog="Example: docket-monitor backup /var/backups/monitor.db")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, file: Path, as_json: bool, database: str) -> None:
    """Copy the database to a new FILE while the daemon goes on, and check the copy.

    Every page is checked and the change log verified; ends with 1 where that is broken. SQLite
    only: PostgreSQL has pg_dump, and this says how to call it.
    """
    from monitor.history.copies import check_copy
    from monitor.store.copies import copy_database
    from monitor.store.database import server_options, sqlite_file

    url = database_of(ctx, database)
    source = sqlite_file(url)
    if source is None:
        raise UsageError(
            "PostgreSQL is backed up by its own program, while the daemon goes on: "
            f"pg_dump --format=custom --file={file} {server_options(url)}; "
            "then `docket-monitor verify`, and note the head with the backup"
        )
    if not source.exists():
        raise NoDatabase(f"there is no database at {source} to be backed up")
    line = copy_line(str(file), copy_database(source, file, check_copy))
    if as_json:
        print_json(line)
    else:
        print_copy(line)
    ctx.exit(line.exit_code)
