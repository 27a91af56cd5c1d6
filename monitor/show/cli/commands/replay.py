"""Feed recorded bodies through the real poller."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.model.court import courts
from monitor.model.source import Source
from monitor.settings.problems import did_you_mean
from monitor.show.cli.completion import court_ids
from monitor.show.cli.options import json_option
from monitor.show.cli.output import print_json
from monitor.show.cli.terminal import unguarded
from monitor.show.cli.words import fill
from monitor.sources.registry import TRAITS, traits_of

if TYPE_CHECKING:
    from monitor.replay import ReplayReport


@click.command(
    epilog="Example: docket-monitor replay snapshots-dcd.tar.xz --court dcd --everything --json"
)
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--court",
    "court_id",
    default="",
    shell_complete=court_ids,
    help="The court that the bodies are of, as dcd.",
)
@click.option(
    "--source-kind",
    type=click.Choice(list(TRAITS)),
    metavar="KIND",
    default="court_rss",
    show_default=True,
    help="What the bodies are: court_rss, courtlistener_entries, news, …",
)
@click.option("--watch", "numbers", multiple=True, metavar="NUMBER", help="Watch this docket.")
@click.option("--everything", is_flag=True, help="Watch every docket of the court.")
@json_option
@click.option(
    "--database",
    metavar="URL",
    # Not from the environment: what is replayed does not belong among what the daemon saw.
    default="",
    help="Keep it in this database, as sqlite:///replay.db.",
)
def command(
    path: Path,
    court_id: str,
    source_kind: str,
    numbers: tuple[str, ...],
    everything: bool,
    as_json: bool,
    database: str,
) -> None:
    """Feed recorded bodies of a feed through the real poller, and say what came of it.

    PATH is a folder or a tar archive of <UTC time>.xml files, as 20221206T172754Z.xml; the
    file name is the clock. Without --database nothing is kept.
    """
    from monitor.replay import recorded_bodies, run_replay
    from monitor.store.database import open_store

    if court_id not in courts():
        said = f"{court_id!r} is no court{did_you_mean(court_id, courts())}: " if court_id else ""
        raise UsageError(f"{said}name the court that the bodies are of: --court dcd")
    if everything and numbers:
        raise UsageError("say --watch 1:25-cv-00457, or --everything: not both")
    watched = ["*"] if everything else list(numbers)
    if not watched:
        raise UsageError("say what to watch: --watch 1:25-cv-00457, or --everything")
    source = Source(
        source_id=f"replay:{court_id}" if source_kind == "court_rss" else f"replay:{source_kind}",
        traits=traits_of(source_kind),
        url="",
        every=timedelta(minutes=15),
        name=f"replay of {path.name}",
        court_id=court_id,
        docket_number="" if everything else numbers[0],
        origin="replay",
    )
    bodies = list(recorded_bodies(path))
    with _database(database) as url:
        store = open_store(url, upgrade=False)
        with click.progressbar(bodies, label="Reading", file=unguarded(sys.stderr)) as shown:
            tally = run_replay(shown, store, source, watched)
        store.close()
    if as_json:
        print_json(tally.report())
    else:
        _print(tally.report())
    if not everything and not tally.report().entries:
        words = f"No body names {' or '.join(numbers)}: is that the number that the court prints?"
        click.echo(fill(words), err=True)
    if tally.polls and tally.failed_polls == tally.polls:
        raise UsageError(f"no body could be read (of {tally.polls}): {tally.failures[0]}")


def _print(found: ReplayReport) -> None:
    for field in fields(found):
        value = _words(getattr(found, field.name))
        click.echo(fill(f"{field.name.replace('_', ' ')}: {value}"))


@contextlib.contextmanager
def _database(url: str) -> Iterator[str]:
    if url:
        yield url
        return
    with tempfile.TemporaryDirectory(prefix="docket-replay-") as folder:
        yield f"sqlite:///{folder}/replay.db"


def _words(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {count}" for name, count in value.items()) or "none"
    if isinstance(value, tuple):
        return "; ".join(value[:5]) + (" and others" if len(value) > 5 else "") or "none"
    return str(value)
