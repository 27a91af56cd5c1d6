"""What the matcher and the clustering make of news items: `docket-monitor news match`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

import click

from monitor.decide.news import report_of
from monitor.diff.events import cluster
from monitor.errors import UsageError
from monitor.match.news import match_story
from monitor.model.news import Match, NewsItem
from monitor.normalize.dates import parse_feed_time, parse_iso_time
from monitor.normalize.text import plain, rich_to_plain
from monitor.show.cli.options import config_option, json_lines, json_option, settings_of
from monitor.show.cli.output import print_json_line
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.model.watch import NewsTerms


@click.group("news", epilog="Example: docket-monitor news match items.jsonl --json")
def command() -> None:
    """See which case a news item is about, and which items tell one story."""


@command.command(epilog="Example: docket-monitor news match items.jsonl --json")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@config_option
@json_option
@click.pass_context
def match(ctx: click.Context, file: TextIO, as_json: bool) -> None:
    """Match and cluster a FILE of items, one JSON object a line ("-" reads standard input).

    In: {"id", "title", "summary", "url", "publisher", "published_at"}. Out, as JSON lines: {"id",
    "relevant", "cases", "score", "story", "reason"}; `relevant` says that it speaks of the subject
    in court, whichever case it means; a story is an event, and bears the id of its first item.
    """
    from monitor.settings.plan import news_terms

    terms = news_terms(settings_of(ctx).packs)
    items = list(read_items(file))
    found = {item.item_key: match_story(item, terms) for item in items}
    stories = cluster([report_of(item, found[item.item_key]) for item in items])
    for item in items:
        line = _judged(item, found[item.item_key], stories[item.item_key], terms)
        if as_json:
            print_json_line(line)
        else:
            cases = ", ".join(line.cases) or ("one of the cases" if line.relevant else "no case")
            click.echo(fill(f"{line.id}: {cases} ({line.reason}); story {line.story}"))
    if not items:
        raise UsageError(f"{file.name} holds no items: one JSON object a line is wanted")


@dataclass(frozen=True, slots=True)
class MatchedItem:
    """Which cases a news item is about, and which story it tells."""

    id: str
    relevant: bool
    cases: tuple[str, ...]
    score: float
    story: str
    reason: str


def _judged(
    item: NewsItem, matches: tuple[Match, ...], story: str, terms: tuple[NewsTerms, ...]
) -> MatchedItem:
    reasons = [f"{m.case_id}: " + ", ".join(m.words) for m in matches]
    nothing = "nothing in it is about a case" if terms else "no pack names news terms"
    return MatchedItem(
        id=item.item_key,
        relevant=bool(matches),
        cases=tuple(m.case_id for m in matches if m.is_sure),
        score=max((m.score for m in matches), default=0.0),
        story=story,
        reason="; ".join(reasons) or nothing,
    )


def read_items(file: TextIO) -> Iterator[NewsItem]:
    """The items of a file, one JSON object a line. Raises UsageError, naming the line."""
    seen: set[str] = set()
    for where, row in json_lines(file):
        if not isinstance(row, dict):
            raise UsageError(f"{where} is no JSON object with id and title")
        key = str(row.get("id") or where)
        if key in seen:
            raise UsageError(f"{where}: the id {key!r} was there before")
        seen.add(key)
        yield _item(row, key)


def _item(row: Mapping[str, object], key: str) -> NewsItem:
    publisher = plain(str(row.get("publisher") or ""), 200)
    title = plain(str(row.get("title") or ""), 2_000)
    return NewsItem(
        source_id="file",
        item_key=key,
        title=title.removesuffix(f" - {publisher}").strip() or title,
        summary=rich_to_plain(str(row.get("summary") or ""), 20_000),
        url=str(row.get("url") or ""),
        publisher=publisher,
        published_at=_moment(row.get("published_at")),
    )


def _moment(raw: object) -> datetime | None:
    return parse_iso_time(raw) or (parse_feed_time(raw) if isinstance(raw, str) else None)
