"""The bytes that a source sent, as they came."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.show.cli.options import config_option, database_option, json_option, record_of
from monitor.show.cli.output import print_json
from monitor.show.cli.terminal import unguarded
from monitor.show.cli.words import at, fill

if TYPE_CHECKING:
    from monitor.history.bodies import BodyLine


@click.command("body", epilog="Example: docket-monitor body 9f86d081884c7d65 --out feed.xml")
@click.argument("hash_", metavar="HASH")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write them to this new file."
)
@json_option
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, hash_: str, out: Path | None, as_json: bool, database: str) -> None:
    """Write the bytes of a body, or of an item that could not be read, as the source sent them.

    HASH, or its beginning, is what `show ENTRY --raw` names. With --json, what is known of them
    is printed instead. They are never written to a terminal: they are a stranger's.
    """
    from monitor.history import bodies

    if out is None and not as_json and sys.stdout.isatty():
        raise UsageError("these bytes may steer a terminal: write them to a file with --out FILE")
    with record_of(ctx, database) as record:
        line, content = bodies.body(record, hash_.strip().lower())
    if out is not None:
        _write(out, content)
    if as_json:
        print_json(line)
    elif out is not None:
        _print(line, out)
    else:
        stream = unguarded(sys.stdout)
        stream.buffer.write(content)
        stream.buffer.flush()


def _write(out: Path, content: bytes) -> None:
    try:
        with out.open("xb") as file:
            file.write(content)
    except FileExistsError as exc:
        raise UsageError(f"{out} is there already: name a new file") from exc
    except OSError as exc:
        raise UsageError(f"{out} cannot be written: {exc.strerror}") from exc


def _print(line: BodyLine, out: Path) -> None:
    click.echo(fill(f"{line.size:,} bytes written to {out}"))
    click.echo(f"sha256 {line.hash}" if not line.reason else f"item {line.hash}")
    if line.reason:
        click.echo(fill(f"It could not be read: {line.reason}"))
    for poll in line.polls:
        click.echo(fill(f"{poll.source_id} on {at(poll.at)}, from {poll.url}", "  "))
