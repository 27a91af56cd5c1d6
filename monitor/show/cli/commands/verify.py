"""Whether the record is the one that was written."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.render.message import counted
from monitor.show.cli.options import config_option, database_option, json_option, record_of
from monitor.show.cli.output import print_json
from monitor.show.cli.terminal import unguarded
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.history.record import Record
    from monitor.history.verify import Verification


@click.command(epilog="Example: docket-monitor verify --json")
@click.option(
    "--since-head", metavar="HASH", default="", help="A head noted before: is it still there?"
)
@json_option
@config_option
@database_option
@click.pass_context
def command(ctx: click.Context, since_head: str, as_json: bool, database: str) -> None:
    """Check that nobody changed, dropped, added or moved a row of the change log.

    Note the head somewhere else: whoever can write to the database could write all of it anew,
    and --since-head finds that. Ends with 1 where the chain is broken.
    """
    from monitor.history.verify import verify

    noted = since_head.strip().lower()
    if noted and (len(noted) != 64 or set(noted) - set("0123456789abcdef")):
        raise UsageError(f"{since_head!r} is no head: `docket-monitor verify` prints 64 signs")
    with record_of(ctx, database) as record, _progress(record) as progress:
        found = verify(record, noted, progress)
    if as_json:
        print_json(found)
    else:
        _print(found)
    ctx.exit(0 if found.is_whole else 1)


@contextlib.contextmanager
def _progress(record: Record) -> Iterator[Callable[[int], None]]:
    """A bar for a person who waits; nothing for a pipe."""
    from monitor.history.verify import size

    if not sys.stderr.isatty():
        yield lambda _count: None
        return
    with click.progressbar(
        length=size(record), label="Following", file=unguarded(sys.stderr)
    ) as bar:
        yield lambda count: bar.update(count - bar.pos)


def _print(found: Verification) -> None:
    changes = counted(found.count, "change")
    if found.broken is None:
        click.echo(fill(f"The change log is whole: {changes}, each following from the last."))
    else:
        broken = found.broken
        said = f"The change log is BROKEN at change {broken.change_id} ({broken.fault}):"
        click.echo(fill(f"{said} {broken.words}."))
        click.echo(fill(f"Before it, {changes} follow from each other."))
    click.echo(f"head:  {found.head}")  # on one line, to be copied
    click.echo(f"count: {found.count}")
    if found.since_head:
        click.echo(fill(_since_words(found)))


def _since_words(found: Verification) -> str:
    if found.changes_since is None:
        return f"{found.since_head} is NOT in the chain: what was written before was written anew."
    changes = counted(found.changes_since, "change")
    return f"The head noted before is still in the chain; since then: {changes}."
