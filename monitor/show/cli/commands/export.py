"""The history as a file that other programs read."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.render.message import counted
from monitor.show.cli.filters import Filters, entry_query, filter_options
from monitor.show.cli.options import (
    config_option,
    database_option,
    json_option,
    record_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.terminal import Terminal, unguarded
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.history.questions import EntryQuery
    from monitor.history.record import Record
    from monitor.model.evidence import Manifest
    from monitor.show.export.forms import Form
    from monitor.show.export.pieces import Count

_FORMS = ("jsonl", "csv", "markdown", "ical", "html")
#: A person sees that it goes on; more often would cost more than what is shown.
_TOLD_EACH = 500


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written."""

    file: str
    form: str
    #: Entries; of a calendar, its days.
    count: int
    size: int


@click.command(
    "export", epilog="Example: docket-monitor export --case ctr-v-irs --as csv --to c.csv"
)
@filter_options
@click.option("--search", "asked", metavar="QUERY", default="", help="As `search` takes it.")
@click.option("--as", "form", type=click.Choice(_FORMS), default="jsonl", help="jsonl by default.")
@click.option(
    "--bundle", "bundled", metavar="CASE", default="", help="A case as evidence: see below."
)
@click.option("--to", "place", type=click.Path(path_type=Path), help="Write to this new file.")
@click.option("--force", is_flag=True, help="Replace the file that is there.")
@json_option
@config_option
@database_option
@click.pass_context
def command(
    ctx: click.Context,
    filters: Filters,
    asked: str,
    form: str,
    bundled: str,
    place: Path | None,
    force: bool,
    as_json: bool,
    database: str,
) -> None:
    """Write entries, newest first, to standard output or to a new file.

    \b
    jsonl     each entry as `history --json` prints it
    csv       a table for a spreadsheet; what would be a formula is text
    markdown  for notes
    ical      stated hearings and deadlines, as `calendar` lists them
    html      a report of one --case with its timeline, to be printed

    --bundle CASE --to FILE.zip (or a new folder) writes all that is known of a case with the bytes
    that courts sent and the hashes of the change log, so that a stranger can check it.

    All of it is of one moment, whatever comes in meanwhile. With --json, what was written to the
    file is told as JSON.
    """
    from monitor.history.record import check_listing
    from monitor.show.export.forms import Form
    from monitor.show.export.pieces import Count, pieces
    from monitor.show.export.place import check_place

    if as_json and place is None:
        raise UsageError("--json tells of the file that was written: name it with --to FILE")
    if place is not None and not bundled:
        check_place(place, force=force)
    if bundled:
        chosen = any(getattr(filters, name) for name in Filters.__dataclass_fields__)
        if chosen or asked or form != "jsonl":
            raise UsageError("a bundle is of a whole case: leave out the filters and --as")
        with record_of(ctx, database) as record:
            _bundle(record, bundled, place, force=force, as_json=as_json)
        return
    query, wanted = _query(filters, asked), Form(form)
    _check_form(wanted, query)
    count = Count()
    with record_of(ctx, database) as record:
        check_listing(record, query, filters.number)
        with _progress(record, query) as progress:
            made = pieces(record, wanted, query, _title(filters, asked), utc_now(), count)
            if place is None:
                _print(_telling(made, count, progress))
            else:
                _write(place, _telling(made, count, progress), count, force=force)
    if place is not None:
        _tell(Exported(str(place), form, count.done, count.size), as_json=as_json)


def _query(filters: Filters, asked: str) -> EntryQuery:
    from monitor.history.search_words import read_query

    if not asked.strip():
        return entry_query(filters)
    try:
        return entry_query(filters, search=read_query(asked, utc_now()))
    except UsageError as exc:
        raise click.BadParameter(str(exc), param_hint="--search") from exc


def _check_form(form: Form, query: EntryQuery) -> None:
    """Raises UsageError for what this form cannot show, and must not seem to."""
    if query.search is not None and query.as_of is not None:
        raise UsageError(
            "--search finds words that stand now: leave out --as-of, or filter by --kind"
        )
    if form == "ical" and (query.kinds or query.as_of or query.search):
        raise UsageError(
            "a calendar has no --kind, --as-of and --search: its days are --since and --until"
        )
    if form == "html" and not query.case_id:
        raise UsageError(
            "a report is of one case: name it with --case (`watch list` has their names)"
        )


def _bundle(
    record: Record, case_id: str, place: Path | None, *, force: bool, as_json: bool
) -> None:
    from monitor.bundle.write import new_folder, write_bundle, zip_in
    from monitor.history.record import check_case
    from monitor.show.export.place import check_place, placed

    if place is None:
        raise UsageError("a bundle is no text: name a FILE.zip or a new folder with --to")
    check_case(record, case_id)
    if place.suffix.lower() == ".zip":
        check_place(place, force=force)
        with placed(place, force=force) as file, zip_in(file) as folder:
            made = write_bundle(record, case_id, folder)
    else:
        with new_folder(place) as folder:
            made = write_bundle(record, case_id, folder)
    if as_json:
        print_json(made)
    else:
        _tell_bundle(made, place)


def _tell_bundle(made: Manifest, place: Path) -> None:
    entries = counted(made.entries, "entry", "entries")
    parts = f"{counted(made.changes, 'change')}, {counted(made.sightings, 'sighting')}"
    bodies = counted(made.bodies, "raw body", "raw bodies")
    click.echo(
        fill(
            f"Written to {place}: {entries}, {parts}, {bodies}. README.md in it says how"
            " to check it, and what that proves."
        )
    )
    click.echo(f"head:  {made.head}")  # on one line, to be copied


def _title(filters: Filters, asked: str) -> str:
    """Which entries these are, in words."""
    chosen = (
        filters.case_id and f"of {filters.case_id}",
        filters.court_id and f"in {filters.court_id}",
        filters.number and f"on {filters.number}",
        filters.kinds and f"of kind {', '.join(filters.kinds)}",
        filters.since and f"since {filters.since}",
        filters.until and f"until {filters.until}",
        filters.as_of and f"as they stood on {filters.as_of}",
        asked and f"found by {asked}",
    )
    return " ".join(("Docket entries", *(words for words in chosen if words)))


@contextlib.contextmanager
def _progress(record: Record, query: EntryQuery) -> Iterator[Callable[[int], None]]:
    """A bar for a person who waits; nothing for a pipe."""
    from monitor.history import entries

    if not sys.stderr.isatty():
        yield lambda _count: None
        return
    length = entries.count(record, query)
    with click.progressbar(length=length, label="Writing", file=unguarded(sys.stderr)) as bar:
        yield lambda done: bar.update(done - bar.pos)


def _telling(
    made: Iterable[bytes], count: Count, progress: Callable[[int], None]
) -> Iterator[bytes]:
    told = 0
    for piece in made:
        yield piece
        if count.done >= told + _TOLD_EACH:
            told = count.done
            progress(told)


# --- where it goes ---


def _write(place: Path, made: Iterable[bytes], count: Count, *, force: bool) -> None:
    from monitor.show.export.place import placed

    with placed(place, force=force) as file:
        for piece in made:
            count.size += file.write(piece)


def _print(made: Iterable[bytes]) -> None:
    """As they are for a pipe; a terminal gets what it does not obey."""
    out = sys.stdout
    for piece in made:
        if isinstance(out, Terminal) and not out.isatty():
            out.write_bytes(piece)
        else:
            click.echo(piece.decode(), nl=False)


def _tell(done: Exported, *, as_json: bool) -> None:
    if as_json:
        print_json(done)
        return
    is_calendar = done.form == "ical"
    many = counted(done.count, "day") if is_calendar else counted(done.count, "entry", "entries")
    click.echo(fill(f"Written to {done.file}: {many}, {done.size:,} bytes."))
