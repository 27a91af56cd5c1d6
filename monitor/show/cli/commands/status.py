"""Where cases stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monitor.show.cli.completion import case_ids
from monitor.show.cli.options import (
    config_option,
    database_option,
    json_option,
    parse_as_of,
    record_of,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.history.answers import AppealLine, CaseBoard, DocketBoard, Statement

_NOTHING_WATCHED = "Nothing is watched. Add a docket: docket-monitor watch add dcd 1:25-cv-00457"
_LATEST_APPEALS = 3


@click.command(epilog="Example: docket-monitor status ctr-v-irs")
@click.argument("case_id", required=False, default="", shell_complete=case_ids)
@click.option(
    "--as-of",
    metavar="DAY",
    help="As they stood at the end of this day in each court's zone, or at a moment.",
)
@json_option
@config_option
@database_option
@click.pass_context
def command(
    ctx: click.Context, case_id: str, as_of: str | None, as_json: bool, database: str
) -> None:
    """Say where each case stands, from its dockets alone; every line names its entry."""
    from monitor.history.boards import boards
    from monitor.history.record import check_case

    with record_of(ctx, database) as record:
        check_case(record, case_id)
        found = boards(record, case_id, parse_as_of(as_of, "dcd") if as_of else None)
    if as_json:
        print_json(found)
        return
    for board in found:
        _print(board)
    if not found:
        click.echo(fill(_NOTHING_WATCHED))


def _print(board: CaseBoard) -> None:
    click.echo(fill(board.case_label))
    click.echo(fill(f"now: {board.now}", "  "))
    click.echo(fill(f"pending in: {board.pending_in}", "  "))
    for said in board.review:
        click.echo(fill(f"review: {_statement(said)}", "  "))
    if board.mandate:
        click.echo(fill(f"mandate: {_statement(board.mandate)}", "  "))
    for docket in board.dockets:
        _print_docket(docket, board)


def _print_docket(docket: DocketBoard, board: CaseBoard) -> None:
    from monitor.model.court import court

    name = f"{court(docket.court_id).citation} {docket.docket_number}"
    if docket.latest is None:
        nothing = f"{name}: nothing of this docket was seen yet, so nothing can be said."
        click.echo(fill(nothing, "  "))
    else:
        click.echo(fill(name, "  "))
        _print_record(docket)
    lower = f"{docket.court_id}/{docket.docket_number}"
    for appeal in board.appeals:
        if appeal.lower_docket_id == lower:
            click.echo(fill(f"went to: {_appeal_words(appeal)}", "    "))
    if docket.latest is not None:
        click.echo(fill(f"latest: {_statement(docket.latest)}", "    "))
    _print_telling(docket, board)


def _print_record(docket: DocketBoard) -> None:
    relief = _statement(docket.relief) if docket.relief else "no ruling on relief is on record here"
    click.echo(fill(f"relief: {relief}", "    "))
    for said in docket.unknown:
        click.echo(fill(f"not known: {_statement(said)}", "    "))
    for said in docket.pending:
        click.echo(fill(f"pending, for all the record says: {_statement(said)}", "    "))
    for said in docket.appeals[-_LATEST_APPEALS:]:
        click.echo(fill(f"appeal: {_statement(said)}", "    "))


def _print_telling(docket: DocketBoard, board: CaseBoard) -> None:
    """What keeps this docket's filings from being told, where something does."""
    from monitor.route.rules import needed_rule

    if docket.state != "active":
        click.echo(
            fill(
                f"{docket.state.upper()}: it is read, and nobody is told until it is resumed",
                "    ",
            )
        )
    elif docket.leads_to is not None and not docket.leads_to:
        rule = needed_rule(board.case_id, ())
        words = f"NOBODY IS TOLD: no route takes its orders. Under `routes:` write {rule}"
        click.echo(fill(words, "    "))


def _appeal_words(appeal: AppealLine) -> str:
    from monitor.model.court import court

    number = appeal.appeal_number if appeal.state == "bound" else "number not known yet"
    return f"{court(appeal.court_id).citation} {number}"


def _statement(said: Statement) -> str:
    number = f"#{said.entry_number}" if said.entry_number is not None else "unnumbered"
    return f"{said.words} [{said.date_filed or 'no date'}, {number}, {said.entry_id}]"
