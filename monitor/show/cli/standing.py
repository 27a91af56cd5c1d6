"""Where cases stand, and why an entry was told or was not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from monitor.history.answers import DeliveryRow
from monitor.history.case_status import CaseStatus, case_status
from monitor.history.docket_status import Cell, DocketStatus, docket_status
from monitor.model.court import court
from monitor.model.docket import Docket, DocketEntry
from monitor.model.follow import Follow, FollowState
from monitor.model.watch import Watch, WatchState
from monitor.show.cli.options import (
    check_case,
    config_option,
    database_option,
    history_of,
    json_option,
    print_json,
    settings_of,
)
from monitor.show.cli.words import at, entry_lines, fill, ruling_words


@click.command(epilog="Example: docket-monitor status ctr-v-irs")
@click.argument("case_id", required=False, default="")
@json_option
@config_option
@database_option
@click.pass_context
def status(ctx: click.Context, case_id: str, as_json: bool, database: str) -> None:
    """Say where each case stands, from its dockets alone; every line names its entry."""
    from monitor.history.answers import Question

    with history_of(ctx, database) as found:
        watches = [w for w in found.watches() if w.state is not WatchState.REMOVED]
        watches = [w for w in watches if case_id in {"", w.case_id}]
        check_case(found, case_id)
        dockets, follows = found.dockets(), found.follows()
        board: dict[str, list[tuple[Watch, DocketStatus | None]]] = {}
        read: dict[str, list[tuple[Docket, list[DocketEntry]]]] = {}
        for watch in watches:
            docket = dockets.get(watch.docket_id)
            question = Question(court_id=watch.court_id, docket_number=watch.docket_number)
            entries = [row.entry for row in found.entries(question)] if docket else []
            stands = docket_status(docket, entries) if docket else None
            board.setdefault(watch.case_id, []).append((watch, stands))
            if docket:
                read.setdefault(watch.case_id, []).append((docket, entries))
    cases = {name: case_status(read.get(name, [])) for name in board}
    if as_json:
        print_json([_case_json(cases[name], rows, follows) for name, rows in board.items()])
        return
    for name, rows in board.items():
        click.echo(rows[0][0].case_label)
        _print_case(cases[name])
        for watch, stands in rows:
            _print_docket(watch, stands, follows)
    if not board:
        click.echo("Nothing is watched. Add a docket: docket-monitor watch add dcd 1:25-cv-00457")


def _print_case(stands: CaseStatus) -> None:
    click.echo(fill(f"now: {stands.verdict}", "  "))
    click.echo(fill(f"pending in: {stands.before}", "  "))
    for cell in stands.review:
        click.echo(fill(f"review: {_cell(cell)}", "  "))
    if stands.mandate:
        click.echo(fill(f"mandate: {_cell(stands.mandate)}", "  "))


def _print_docket(watch: Watch, stands: DocketStatus | None, follows: list[Follow]) -> None:
    name = f"{court(watch.court_id).citation} {watch.docket_number}"
    if stands is None or stands.latest is None:
        click.echo(
            fill(f"{name}: nothing of this docket was seen yet, so nothing can be said.", "  ")
        )
        return
    click.echo(f"  {name}")
    relief = _cell(stands.relief) if stands.relief else "no ruling on relief is on record here"
    click.echo(fill(f"relief: {relief}", "    "))
    for cell in stands.unknown:
        click.echo(fill(f"not known: {_cell(cell)}", "    "))
    for cell in stands.pending:
        click.echo(fill(f"pending, for all the record says: {_cell(cell)}", "    "))
    for cell in stands.appeals[-3:]:
        click.echo(fill(f"appeal: {_cell(cell)}", "    "))
    for follow in follows:
        if follow.lower_docket_id == watch.docket_id:
            is_bound = follow.state is FollowState.BOUND
            where = follow.appeal_number if is_bound else "number not known yet"
            click.echo(fill(f"went to: {court(follow.court_id).citation} {where}", "    "))
    click.echo(fill(f"latest: {_cell(stands.latest)}", "    "))


def _cell(cell: Cell) -> str:
    entry = cell.entry
    number = f"#{entry.entry_number}" if entry.entry_number is not None else "unnumbered"
    return f"{cell.words} [{entry.date_filed or 'no date'}, {number}, {entry.entry_id}]"


def _case_json(
    stands: CaseStatus, rows: list[tuple[Watch, DocketStatus | None]], follows: list[Follow]
) -> dict[str, Any]:
    case_id = rows[0][0].case_id
    return {
        "case_id": case_id,
        "now": stands.verdict,
        "pending_in": stands.before,
        "relief": next(iter(_cells(stands.relief)), None),
        "review": [line for cell in stands.review for line in _cells(cell)],
        "mandate": next(iter(_cells(stands.mandate)), None),
        "dockets": [_docket_json(watch, stands) for watch, stands in rows],
        "appeals": [
            {
                "from": f.lower_docket_id,
                "court_id": f.court_id,
                "number": f.appeal_number,
                "state": f.state.value,
                "entry_id": f.entry_id,
            }
            for f in follows
            if f.case_id == case_id
        ],
    }


def _cells(*found: Cell | None) -> list[dict[str, str]]:
    return [{"words": cell.words, "entry_id": cell.entry.entry_id} for cell in found if cell]


def _docket_json(watch: Watch, stands: DocketStatus | None) -> dict[str, Any]:
    line: dict[str, Any] = {"court_id": watch.court_id, "docket_number": watch.docket_number}
    if stands is None:
        return line | {"relief": None, "unknown": [], "pending": [], "appeals": [], "latest": None}
    return line | {
        "relief": next(iter(_cells(stands.relief)), None),
        "unknown": _cells(*stands.unknown),
        "pending": _cells(*stands.pending),
        "appeals": _cells(*stands.appeals),
        "latest": next(iter(_cells(stands.latest)), None),
    }


@click.command(epilog="Example: docket-monitor explain dcd/1:25-cv-00457#113")
@click.argument("entry")
@json_option
@config_option
@database_option
@click.pass_context
def explain(ctx: click.Context, entry: str, as_json: bool, database: str) -> None:
    """Say why an ENTRY was told or was not: identity, kind, watch, route, deliveries."""
    from monitor.classify.kinds import classify
    from monitor.match.watchlist import make_sieve
    from monitor.route.rules import why_not
    from monitor.settings.plan import make_routes
    from monitor.show.cli.reading import find_entry

    routes = make_routes(settings_of(ctx))
    with history_of(ctx, database) as found:
        value, docket = found.entry(find_entry(found, entry))
        told = found.deliveries_of_entry(value.entry_id)
        watches = make_sieve(found.watches()).watches_of(docket.court_id, docket.docket_number)
    kind = classify(value.event_names, value.text)
    case_ids = sorted({watch.case_id for watch in watches})
    verdicts = {
        route.name: why_not(route, "filed", kind.kind.value, set(case_ids)) for route in routes
    }
    if as_json:
        print_json(
            {
                "entry_id": value.entry_id,
                "keys": list(value.keys),
                "kind": kind.kind.value,
                "kind_reason": kind.reason,
                "ruling": kind.ruling.value,
                "ruling_reason": kind.ruling_reason,
                "watches": [watch.watch_id for watch in watches],
                "routes": {name: why or "matches" for name, why in verdicts.items()},
                "deliveries": [row.delivery_id for row in told],
            }
        )
        return
    click.echo("\n".join(entry_lines(value, docket)))
    click.echo(fill(f"identity: {', '.join(value.keys)}", "  "))
    if value.possible_duplicate_of:
        click.echo(fill(f"possible duplicate of {value.possible_duplicate_of}: two fitted", "  "))
    click.echo(fill(f"kind: {kind.kind.value} ({kind.reason})", "  "))
    because = f" (“{kind.ruling_reason}”)" if kind.ruling_reason else ""
    click.echo(fill(f"ruling: {ruling_words(kind, has_text=bool(value.text))}{because}", "  "))
    _print_telling(docket.court_id, watches, verdicts, told)


def _print_telling(
    court_id: str,
    watches: Iterable[Watch],
    verdicts: Mapping[str, str],
    told: Sequence[DeliveryRow],
) -> None:
    """Which watch is about it, which route lets it through, and who was told."""
    for watch in watches:
        click.echo(fill(f"watch: {watch.watch_id}, since {at(watch.since, court_id)}", "  "))
    if not watches:
        click.echo("  watch: NONE is about this docket now, so nothing is told")
    for name, why in verdicts.items():
        click.echo(
            fill(f"route {name}: {'matches' if not why else 'does not match: ' + why}", "  ")
        )
    for row in told:
        when = at(row.sent_at, court_id) if row.sent_at else row.state
        click.echo(fill(f"told: {row.topic} to {row.recipient}, {when} ({row.delivery_id})", "  "))
    if not told:
        click.echo(fill("told: to nobody; it may have stood there when its watch began", "  "))
