"""What was filed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from monitor.show.cli.filters import Filters, entry_query, filter_options
from monitor.show.cli.options import (
    COUNT,
    config_option,
    database_option,
    json_option,
    record_of,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import entry_lines, fill, text_lines, unjudged_words, unsure_words

if TYPE_CHECKING:
    from monitor.history.answers import EntryPage
    from monitor.history.questions import EntryQuery

#: How many a person is shown who does not say how many.
_SHOWN = 20


@click.command(
    epilog="Example: docket-monitor history --case ctr-v-irs --kind order --since 2026-01-01"
)
@click.argument("words", nargs=-1)
@filter_options
@click.option("--limit", type=COUNT, help="How many; 20 by default, all with --json.")
@click.option("--cursor", metavar="WORD", help="Go on where the page before ended.")
@click.option(
    "--text",
    type=click.Choice(["begin", "full"]),
    is_flag=False,
    flag_value="begin",
    help="The text under each entry: where it begins, or in full.",
)
@click.option("--paged", is_flag=True, help="With --json: an object with entries and next_cursor.")
@json_option
@config_option
@database_option
@click.pass_context
def command(
    ctx: click.Context,
    words: tuple[str, ...],
    filters: Filters,
    limit: int | None,
    cursor: str | None,
    text: str | None,
    paged: bool,
    as_json: bool,
    database: str,
) -> None:
    """List what was filed, newest first. WORDS must all stand in the entry or its caption."""
    from monitor.history import entries
    from monitor.history.questions import read_cursor
    from monitor.history.record import check_listing

    query = entry_query(
        filters,
        words=tuple(word for said in words for word in said.split()),
        cursor=read_cursor(cursor) if cursor else None,
        limit=limit if limit is not None or as_json else _SHOWN,
    )
    with record_of(ctx, database) as record:
        check_listing(record, query, filters.number)
        page = entries.page(record, query)
        missing = entries.unjudged(record) if query.kinds else 0
        others = entries.kinds_of(record, query) if query.kinds and not page.entries else {}
    if missing:
        click.echo(fill(unjudged_words(missing)), err=True)
    if as_json:
        print_json(page if paged else page.entries)
        return
    _print(page, query, others, text)


def _print(page: EntryPage, query: EntryQuery, others: Mapping[str, int], text: str | None) -> None:
    from monitor.history.entries import unsure

    for entry in page.entries:
        more = text_lines(entry.text, is_whole=text == "full") if text else []
        click.echo("\n".join([*entry_lines(entry), *more]) + "\n")
    if said := unsure_words(unsure(page.entries, query.kinds)):
        click.echo(fill(said) + "\n")
    if not page.entries:
        _nothing_found(others)
    elif page.next_cursor:
        click.echo(
            fill(f"These are the latest {query.limit}; see more with --limit, or go on with")
        )
        click.echo(f"--cursor {page.next_cursor}")  # on one line, to be copied


def _nothing_found(others: Mapping[str, int]) -> None:
    click.echo("Nothing of that sort was seen.")
    if others:
        said = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        click.echo(fill(f"Of other kinds there are: {said}."))
    click.echo("What is watched:      docket-monitor watch list")
    click.echo("Whether it was read:  docket-monitor sources")
