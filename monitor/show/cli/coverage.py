"""What silence is worth: for each docket, who saw it from when to when, and what nobody saw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from monitor.classify.kinds import kind_of
from monitor.diff.coverage import LOOK_BACK, Span, missing_numbers, unseen, vouched
from monitor.diff.groups import sequence_of
from monitor.errors import UsageError
from monitor.model.court import court
from monitor.model.docket import DocketEntry, EntryKind
from monitor.model.source import Source, SourceKind, SourceState
from monitor.model.watch import Watch, WatchState
from monitor.show.cli.options import (
    check_case,
    config_option,
    database_option,
    history_of,
    json_option,
    parse_day,
    print_json,
    utc_now,
)
from monitor.show.cli.words import at, fill

if TYPE_CHECKING:
    from monitor.history.history import SqlHistory

_ACTS = frozenset({EntryKind.ORDER, EntryKind.OPINION, EntryKind.JUDGMENT})


@dataclass(frozen=True, slots=True)
class Statement:
    """What can be said of one docket over the time asked about."""

    watch: Watch
    asked: Span
    #: Source -> the spans for which it vouches, and what it carries.
    seen_by: tuple[tuple[Source, tuple[Span, ...], str], ...]
    nobody: tuple[Span, ...]
    orders: tuple[str, ...]
    #: Printed numbers, and the court's running numbers, that nobody showed.
    missing: tuple[tuple[int, int], ...] = ()
    missing_sequences: tuple[tuple[int, int], ...] = ()
    #: Gaps that were looked into since: source, from, until, when.
    looked_into: tuple[tuple[str, datetime, datetime, datetime], ...] = ()


@click.command(epilog="Example: docket-monitor coverage ctr-v-irs --since 2026-03-01")
@click.argument("case_id", required=False, default="")
@click.option(
    "--since", metavar="DAY", help="From the beginning of this day; a week ago by default."
)
@json_option
@config_option
@database_option
@click.pass_context
def coverage(
    ctx: click.Context, case_id: str, since: str | None, as_json: bool, database: str
) -> None:
    """Say for each docket who saw it, from when to when, and what nobody saw."""
    now = utc_now()
    day = parse_day(since) or (now - timedelta(days=7)).date()
    if day > now.date():
        raise UsageError(f"{day} has not come yet: --since names a day of the past")
    with history_of(ctx, database) as found:
        check_case(found, case_id)
        watches = [w for w in found.watches() if w.state is WatchState.ACTIVE]
        watches = [w for w in watches if case_id in {"", w.case_id}]
        readings = _readings(found)
        statements = [
            _statement(found, watch, Span(_beginning(day, watch), now), readings)
            for watch in watches
        ]
    if as_json:
        print_json([_json(statement) for statement in statements])
        return
    for statement in statements:
        _print(statement)
    if not statements:
        click.echo("Nothing is watched. Add a docket: docket-monitor watch add dcd 1:25-cv-00457")


def _beginning(day: Any, watch: Watch) -> datetime:
    zone = ZoneInfo(court(watch.court_id).timezone)
    return datetime.combine(day, datetime.min.time(), zone).astimezone(UTC)


#: (watch, source) -> when it was first read for it; the sources; the open holes of each.
_Readings = tuple[
    dict[tuple[str, str], datetime],
    list[tuple[Source, SourceState]],
    dict[str, list[Span]],
    list[tuple[str, datetime, datetime, datetime]],
]


def _readings(found: SqlHistory) -> _Readings:
    holes: dict[str, list[Span]] = {}
    looked_into = []
    for source_id, start, end, _, closed_at in found.gaps():
        holes.setdefault(source_id, []).append(Span(start, end))
        if closed_at is not None:
            looked_into.append((source_id, start, end, closed_at))
    return found.first_readings(), found.sources(), holes, looked_into


def _statement(found: SqlHistory, watch: Watch, asked: Span, readings: _Readings) -> Statement:
    from monitor.history.answers import Question

    first, sources, holes, looked_into = readings
    seen_by = []
    for source, state in sources:
        begun = first.get((watch.watch_id, source.source_id))
        if begun and state.covered_until and source.kind is not SourceKind.CL_DOCUMENTS:
            whole = _whole(source, state, begun)
            spans = vouched(whole, holes.get(source.source_id, ())) if whole else []
            seen_by.append((source, tuple(spans), state.window.description))
    covered = [span for _, spans, _ in seen_by for span in spans]
    question = Question(court_id=watch.court_id, docket_number=watch.docket_number)
    entries = [row.entry for row in found.entries(question)]
    orders = tuple(
        entry.entry_id
        for entry in entries
        if _is_since(entry, asked) and kind_of(entry.event_names, entry.text).kind in _ACTS
    )
    return Statement(
        watch,
        asked,
        tuple(seen_by),
        tuple(unseen(asked, covered)),
        orders,
        tuple(missing_numbers(e.entry_number for e in entries if e.entry_number is not None)),
        tuple(missing_numbers(s for e in entries if (s := sequence_of(e.keys)) is not None)),
        tuple(gap for gap in looked_into if gap[0] in {s.source_id for s, _, _ in seen_by}),
    )


def _is_since(entry: DocketEntry, asked: Span) -> bool:
    if entry.date_filed is None:
        return entry.first_seen_at >= asked.since
    return entry.date_filed >= asked.since.date()


def _whole(source: Source, state: SourceState, begun: datetime) -> Span | None:
    """A court's feed shows the day before its first reading; an API lists all there was."""
    start = (
        begun - LOOK_BACK
        if source.kind is SourceKind.COURT_RSS
        else datetime.min.replace(tzinfo=UTC)
    )
    end = state.covered_until
    return Span(start, end) if end and start < end else None


def _print(said: Statement) -> None:
    watch, zone = said.watch, said.watch.court_id
    name = f"{court(zone).citation} {watch.docket_number} ({watch.case_label})"
    asked = f"between {at(said.asked.since, zone)} and {at(said.asked.until, zone)}"
    count = len(said.orders)
    what = f"{count} order(s), opinion(s) or judgment(s)" if count else "no order"
    part = ", though not all of that time is visible to us" if said.nobody else ""
    click.echo(fill(f"{name}: {what} {asked}{part}, as seen by"))
    for source, spans, carries in said.seen_by:
        words = "; ".join(_span_words(span, said.asked, zone) for span in spans) or "not at all"
        if source.kind.priority is not None and spans:
            words = f"its list as it stood on {at(spans[-1].until, zone)}"
        types = f" (carries {carries.removeprefix('Docket entries of type: ')})" if carries else ""
        click.echo(fill(f"{source.name}{types}: {words}", "    "))
    if not said.seen_by:
        click.echo("    NOBODY: no source has read this docket yet")
    for span in said.nobody:
        words = f"NOT VISIBLE TO US: {at(span.since, zone)} to {at(span.until, zone)}"
        click.echo(fill(words, "    "))
    for source_id, start, end, at_ in said.looked_into:
        words = f"gap of {source_id} from {at(start, zone)} to {at(end, zone)}"
        click.echo(fill(f"{words}: looked into on {at(at_, zone)}", "    "))
    _print_missing(said)
    click.echo(fill("Sealed filings are not visible to anybody, or late.", "    "))


def _print_missing(said: Statement) -> None:
    """Numbers that nobody showed, and what may explain them."""
    partial = [carries for _, _, carries in said.seen_by if carries and not carries.endswith("all")]
    reasons = "sealed, not yet published, or struck"
    if partial:
        reasons += ", or of a type that the feed leaves out"
    if said.missing:
        click.echo(
            fill(f"ENTRY NUMBERS NOT SEEN: {_ranges(said.missing)}. They may be {reasons}.", "    ")
        )
    elif said.missing_sequences and said.watch.court_id:
        count = sum(high - low + 1 for low, high in said.missing_sequences)
        click.echo(
            fill(
                f"Of the court's running numbers {count} were not seen; clerks use them also for "
                "entries that the public is not shown.",
                "    ",
            )
        )


def _ranges(found: tuple[tuple[int, int], ...]) -> str:
    named = [str(low) if low == high else f"{low}–{high}" for low, high in found[:12]]
    return ", ".join(named) + (" and others" if len(found) > 12 else "")


def _span_words(span: Span, asked: Span, court_id: str) -> str:
    since = max(span.since, asked.since)
    return f"{at(since, court_id)} to {at(span.until, court_id)}"


def _json(said: Statement) -> dict[str, Any]:
    def spans(found: tuple[Span, ...]) -> list[dict[str, datetime]]:
        return [{"since": max(s.since, said.asked.since), "until": s.until} for s in found]

    return {
        "case_id": said.watch.case_id,
        "court_id": said.watch.court_id,
        "docket_number": said.watch.docket_number,
        "asked": spans((said.asked,))[0],
        "orders": list(said.orders),
        "seen_by": [
            {"source_id": source.source_id, "carries": carries, "spans": spans(found)}
            for source, found, carries in said.seen_by
        ],
        "not_visible": spans(said.nobody),
        "entry_numbers_not_seen": [list(pair) for pair in said.missing],
        "sequence_numbers_not_seen": [list(pair) for pair in said.missing_sequences],
        "gaps_looked_into": [
            {"source_id": name, "since": start, "until": end, "at": when}
            for name, start, end, when in said.looked_into
        ],
    }
