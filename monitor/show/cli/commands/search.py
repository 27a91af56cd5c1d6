"""What was filed or written, found by its words."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.show.cli.options import (
    COUNT,
    config_option,
    database_option,
    json_option,
    parse_moment,
    record_of,
    settings_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import at, entry_lines, fill, unjudged_words, unsure_words

if TYPE_CHECKING:
    from monitor.history.search import FoundReport, Hit, SearchPage
    from monitor.history.search_terms import SearchQuery
    from monitor.history.snippets import SnippetPart

#: How many a person is shown who does not say how many.
_SHOWN = 20


@click.command(
    epilog="Example: docket-monitor search 'kind:order \"stay pending appeal\" -hearing seen:P7D'"
)
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", type=COUNT, default=_SHOWN, help="How many; 20 by default.")
@click.option("--cursor", metavar="WORD", help="Go on where the page before ended.")
@click.option("--as-route", "route", metavar="NAME", help="Print it as a route, and try that.")
@click.option(
    "--tried-since", default="30d", metavar="DAY", help="How far back the route is tried: 30d."
)
@click.option("--to", multiple=True, metavar="RECIPIENT", help="Whom the route tells; repeatable.")
@json_option
@config_option
@database_option
@click.pass_context
def command(
    ctx: click.Context,
    query: tuple[str, ...],
    limit: int,
    cursor: str | None,
    route: str | None,
    to: tuple[str, ...],
    tried_since: str,
    as_json: bool,
    database: str,
) -> None:
    """Find entries by text, event name and caption, and news by title and summary.

    All terms of QUERY must hold. OR stands between two terms, - before one excludes it, quotes hold
    words together, and word* finds what begins so. After --, QUERY may begin with -. A kind finds
    what may be of it, too, marked as UNCERTAIN.

    \b
    kind:order         is:dispositive     case:ctr-v-irs
    ruling:denied      is:withdrawn       docket:25-cv-457
    court:dcd          is:uncertain       number:113
    party:bessent      in:news            source:court:dcd
    filed:2026-03-05   filed:2026-03-01..2026-03-31
    seen:P7D           seen:>=2026-03-01  (or 7d: since then)
    """
    from monitor.history.entries import unjudged
    from monitor.history.questions import read_cursor
    from monitor.history.search import kinds_wanted, search
    from monitor.history.search_words import read_query

    after = read_cursor(cursor) if cursor else None
    with _refused_as_query():
        asked = read_query(" ".join(query), utc_now())
    if route is not None or to:
        _as_route(ctx, database, asked, route or "", to, tried_since, as_json=as_json)
        return
    with record_of(ctx, database) as record, _refused_as_query():
        page = search(record, asked, limit, after)
        missing = unjudged(record) if kinds_wanted(asked) else 0
    if missing:
        click.echo(fill(unjudged_words(missing)), err=True)
    if as_json:
        print_json(page)
    else:
        _print(page, kinds_wanted(asked))


def _as_route(
    ctx: click.Context,
    database: str,
    asked: SearchQuery,
    name: str,
    to: Sequence[str],
    since: str,
    *,
    as_json: bool,
) -> None:
    """The route that the search would be, and whom it would have told."""
    from monitor.history.search_trial import as_route
    from monitor.show.cli.route_words import route_lines

    if not name:
        raise UsageError("--to says whom a route tells: name the route with --as-route NAME")
    config = settings_of(ctx).config
    with record_of(ctx, database) as record, _refused_as_query():
        found = as_route(record, asked, config, name, to, parse_moment(since))
    if as_json:
        print_json(found)
        return
    click.echo(found.yaml)
    for line in route_lines(found):
        click.echo(line)


@contextlib.contextmanager
def _refused_as_query() -> Iterator[None]:
    """A query that cannot be asked ends with 2, as a misspelt option does."""
    try:
        yield
    except UsageError as exc:
        raise click.BadParameter(str(exc), param_hint="QUERY") from exc


def _print(page: SearchPage, kinds: Sequence[str]) -> None:
    from monitor.history.entries import unsure

    for hit in page.hits:
        click.echo("\n".join(_lines(hit)) + "\n")
    if not page.hits:
        click.echo("Nothing of that sort was seen.")
        return
    most = f"more than {page.count:,}" if page.is_capped else f"{page.count:,}"
    click.echo(fill(f"Found: {most}."))
    found = [hit.entry for hit in page.hits if hit.place == "entries"]
    if said := unsure_words(unsure(found, kinds)):
        click.echo(fill(said))
    if page.next_cursor:
        click.echo(
            fill(f"These are {len(page.hits)} of them; see more with --limit, or go on with")
        )
        click.echo(f"--cursor {page.next_cursor}")  # on one line, to be copied


def _lines(hit: Hit) -> list[str]:
    lines = entry_lines(hit.entry) if hit.place == "entries" else _report_lines(hit.report)
    said = _marked(hit.snippet)
    return [*lines, fill(said, "    > ")] if said else lines


def _report_lines(report: FoundReport) -> list[str]:
    when = at(report.published_at or report.first_seen_at)
    return [
        fill(f"{when}  {report.title}"),
        fill(f"NEWS: {report.publisher or report.source_id} {report.url}", "    "),
    ]


def _marked(parts: Sequence[SnippetPart]) -> str:
    """What was looked for between stars: colours say nothing to everybody."""
    return "".join(f"**{one.text}**" if one.is_match else one.text for one in parts)
