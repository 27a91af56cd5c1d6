"""What was filed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from monitor.model.docket import EntryKind
from monitor.show.cli.completion import case_ids, court_ids
from monitor.show.cli.options import (
    COUNT,
    config_option,
    database_option,
    json_option,
    parse_as_of,
    parse_day,
    record_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import entry_lines, fill, text_lines, unjudged_words, unsure_words

if TYPE_CHECKING:
    from monitor.history.answers import EntryPage
    from monitor.history.questions import EntryQuery
    from monitor.history.record import Record

#: How many a person is shown who does not say how many.
_SHOWN = 20


@click.command(
    epilog="Example: docket-monitor history --case ctr-v-irs --kind order --since 2026-01-01"
)
@click.argument("words", nargs=-1)
@click.option(
    "--case",
    "case_id",
    default="",
    shell_complete=case_ids,
    help="Only this case of a pack, as ctr-v-irs.",
)
@click.option(
    "--court", "court_id", default="", shell_complete=court_ids, help="Only this court, as dcd."
)
@click.option("--docket", "number", default="", help="Only this docket number.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in EntryKind]),
    metavar="KIND",
    help="Only this kind, as order, and what may be of it; may be repeated.",
)
@click.option(
    "--since", metavar="DAY", help="Filed on this day or later: 2026-03-05, yesterday, 7d, 2w."
)
@click.option("--until", metavar="DAY", help="Filed on this day or earlier.")
@click.option(
    "--as-of",
    metavar="DAY",
    help="As the dockets stood at the end of this day in the court's zone, or at a moment.",
)
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
    case_id: str,
    court_id: str,
    number: str,
    kinds: tuple[str, ...],
    since: str | None,
    until: str | None,
    as_of: str | None,
    limit: int | None,
    cursor: str | None,
    text: str | None,
    paged: bool,
    as_json: bool,
    database: str,
) -> None:
    """List what was filed, newest first. WORDS must all stand in the entry or its caption."""
    from monitor.history import entries
    from monitor.history.questions import EntryQuery, check_days, read_cursor
    from monitor.normalize.docket_number import normalize_docket_number

    query = EntryQuery(
        court_id=court_id,
        docket_number=normalize_docket_number(number),
        case_id=case_id,
        kinds=kinds,
        since=parse_day(since, court_id) if since else None,
        until=parse_day(until, court_id) if until else None,
        words=tuple(word for said in words for word in said.split()),
        as_of=parse_as_of(as_of, court_id) if as_of else None,
        cursor=read_cursor(cursor) if cursor else None,
        limit=limit if limit is not None or as_json else _SHOWN,
    )
    check_days(query, utc_now())
    with record_of(ctx, database) as record:
        _check(record, query, number)
        page = entries.page(record, query)
        missing = entries.unjudged(record) if kinds else 0
        others = entries.kinds_of(record, query) if kinds and not page.entries else {}
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


def _check(record: Record, query: EntryQuery, number: str) -> None:
    """A question that makes no sense must not read as "nothing was filed"."""
    from monitor.history.record import check_case, check_court, check_court_of_case, check_docket

    check_case(record, query.case_id)
    check_court(query.court_id)
    check_court_of_case(record, query.case_id, query.court_id)
    if number:
        check_docket(record, query)


def _nothing_found(others: Mapping[str, int]) -> None:
    click.echo("Nothing of that sort was seen.")
    if others:
        said = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        click.echo(fill(f"Of other kinds there are: {said}."))
    click.echo("What is watched:      docket-monitor watch list")
    click.echo("Whether it was read:  docket-monitor sources")
