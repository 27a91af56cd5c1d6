"""Forget for good what nobody was told and no docket shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.show.cli.options import (
    config_option,
    database_option,
    json_option,
    parse_length,
    store_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.store.database import SqlStore
    from monitor.store.retention import Prunable

#: The quota counts a day, senders repeat for days, and a month is what a person looks back.
_LEAST, _MOST = timedelta(days=30), timedelta(days=36_500)


@dataclass(frozen=True, slots=True)
class PrunedLine:
    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Pruning:
    """What is older than this, and whether it was forgotten."""

    before: datetime
    is_done: bool
    pruned: tuple[PrunedLine, ...]


@click.command("prune", epilog="Example: docket-monitor prune --older-than 2y --yes")
@click.option("--older-than", required=True, metavar="LENGTH", help="2y, 26w, 400d; 30d at least.")
@click.option("--yes", "does_it", is_flag=True, help="Do it; without this it is only counted.")
@json_option
@config_option
@database_option
@click.pass_context
def command(
    ctx: click.Context, older_than: str, does_it: bool, as_json: bool, database: str
) -> None:
    """Forget old raw bodies, pushes, counted calls and attempts of what was sent.

    What happened on a docket and what anybody was told is never forgotten: `verify` finds the
    same chain afterwards. Without --yes it only says how many there are.
    """
    length = _length(older_than)
    if not _LEAST <= length <= _MOST:
        raise UsageError("what is younger than 30d is still needed: write 30d to 100y")
    before = utc_now() - length
    with store_of(ctx, database) as store:
        found = _pruned(store, before, does_it=does_it)
    if as_json:
        print_json(found)
    else:
        _print(found)


def _length(raw: str) -> timedelta:
    years = raw.strip().removesuffix("y")
    is_years = raw.strip().endswith("y") and years.isdecimal() and len(years) < 4
    return int(years) * timedelta(days=365) if is_years else parse_length(raw)


def _pruned(store: SqlStore, before: datetime, *, does_it: bool) -> Pruning:
    with store.begin() as unit:
        counts = dict(unit.retention.counts(before))
    for what in counts if does_it else ():
        counts[what] = 0
        # In portions of one transaction each, so that the daemon gets its turn.
        while count := _some(store, what, before):
            counts[what] += count
    lines = tuple(PrunedLine(what.value, count) for what, count in counts.items())
    return Pruning(before, does_it, lines)


def _some(store: SqlStore, what: Prunable, before: datetime) -> int:
    with store.begin() as unit:
        return unit.retention.forget(what, before)


def _print(found: Pruning) -> None:
    for line in found.pruned:
        click.echo(f"{line.count:>12,}  {line.what}")
    if found.is_done:
        click.echo(fill("Forgotten. SQLite uses the room for what comes; its file stays as large."))
    else:
        click.echo(fill("Nothing was forgotten: say --yes to do it."))
