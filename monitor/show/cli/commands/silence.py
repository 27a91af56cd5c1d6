"""Mute what is known, with a reason and an end; nothing is lost under it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.model.docket import EntryKind
from monitor.show.cli import completion
from monitor.show.cli.options import (
    config_option,
    database_option,
    json_option,
    parse_day,
    parse_length,
    record_of,
    settings_of,
    unit_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import at, fill

if TYPE_CHECKING:
    from monitor.model.silence import Silence

_LONGEST = timedelta(days=90)
_ZONE_OF = "dcd"


@click.group("silence", epilog='Example: docket-monitor silence add --case x --for 3d --reason "…"')
def command() -> None:
    """Mute a case, a docket, kinds or topics for a while; courts' acts stand in a daily digest."""


@command.command(
    "add",
    epilog='Example: docket-monitor silence add --case ctr-v-irs --for 3d --reason "moving"',
)
@click.option("--for", "length", metavar="LENGTH", default="", help="How long: 12h, 3d, 2w.")
@click.option("--until", metavar="DAY", default="", help="Until the end of this day.")
@click.option("--reason", required=True, help="Why: it stands in every digest.")
@click.option(
    "--case", "case_id", default="", shell_complete=completion.case_ids, help="Of this case only."
)
@click.option("--docket", "docket_id", default="", help="Of this docket: dcd/1:25-cv-00457.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    shell_complete=completion.kinds,
    help="Filings of this kind only.",
)
@click.option("--topic", "topics", multiple=True, help="This topic only, as gap_opened.")
@click.option("--recipient", default="", help="For this recipient only.")
@json_option
@config_option
@database_option
@click.pass_context
def add(
    ctx: click.Context,
    length: str,
    until: str,
    reason: str,
    case_id: str,
    docket_id: str,
    kinds: tuple[str, ...],
    topics: tuple[str, ...],
    recipient: str,
    as_json: bool,
    database: str,
) -> None:
    """Mute something for a while. What comes is kept, and sent when it ends."""
    from monitor.model.silence import Silence
    from monitor.normalize.text import plain

    now = utc_now()
    silence = Silence(
        silence_id=f"s-{secrets.token_hex(3)}",
        created_at=now,
        until=_end(length, until, now),
        reason=plain(reason, 300),
        recipient=recipient,
        case_id=case_id,
        docket_id=docket_id,
        kinds=kinds,
        topics=topics,
    )
    _check(ctx, database, silence)
    with unit_of(ctx, database) as unit:
        unit.silences.add(silence)
    _print(silence, now, as_json=as_json)


def _end(length: str, until: str, now: datetime) -> datetime:
    """When it ends. Raises click's BadParameter for a time that makes no sense."""
    if bool(length) == bool(until):
        raise UsageError("a silence has an end: say --for 3d or --until 2026-12-01, and not both")
    end = now + parse_length(length) if length else _end_of_day(until)
    if not now < end <= now + _LONGEST:
        raise UsageError("a silence ends within 90 days, and not in the past")
    return end


def _end_of_day(until: str) -> datetime:
    from monitor.history.questions import day_ends

    return day_ends(parse_day(until, _ZONE_OF), _ZONE_OF)


def _check(ctx: click.Context, database: str, silence: Silence) -> None:
    """A misspelt name would mute nothing. Raises UsageError."""
    from monitor.history.record import check_case
    from monitor.route.rules import TOPICS
    from monitor.settings.problems import did_you_mean

    if not silence.reason:
        raise UsageError("a silence has a reason: it stands in every digest until it ends")
    if not (silence.case_id or silence.docket_id or silence.kinds or silence.topics):
        raise UsageError("name what is muted: --case, --docket, --kind or --topic")
    recipients = [one.name for one in settings_of(ctx).config.recipients]
    known = {
        "--kind": (silence.kinds, [kind.value for kind in EntryKind]),
        "--topic": (silence.topics, list(TOPICS)),
        "--recipient": (tuple(filter(None, (silence.recipient,))), recipients),
    }
    for option, (names, there) in known.items():
        for name in names:
            if name not in there:
                raise UsageError(f"{option} {name!r} is not known{did_you_mean(name, there)}")
    with record_of(ctx, database) as record:
        check_case(record, silence.case_id)
        dockets = {watch.docket_id for watch in record.unit.watches.all()}
    if silence.docket_id and silence.docket_id not in dockets:
        near = did_you_mean(silence.docket_id, dockets)
        raise UsageError(f"no docket {silence.docket_id!r} is watched{near}")


@command.command("list", epilog="Example: docket-monitor silence list")
@click.option("--all", "with_ended", is_flag=True, help="Those that ended, too.")
@json_option
@config_option
@database_option
@click.pass_context
def list_(ctx: click.Context, with_ended: bool, as_json: bool, database: str) -> None:
    """List what is muted, until when and why."""
    now = utc_now()
    with record_of(ctx, database) as record:
        found = record.unit.silences.every() if with_ended else record.unit.silences.on(now)
    if as_json:
        print_json(found)
        return
    for silence in found:
        _print(silence, now, as_json=False)
    if not found:
        click.echo("Nothing is muted.")


@command.command("end", epilog="Example: docket-monitor silence end s-0b7c1a")
@click.argument("silence_id")
@json_option
@config_option
@database_option
@click.pass_context
def end(ctx: click.Context, silence_id: str, as_json: bool, database: str) -> None:
    """End a silence before its time; what waited under it is sent at once."""
    from monitor.settings.problems import did_you_mean

    now = utc_now()
    with unit_of(ctx, database) as unit:
        on = {one.silence_id: one for one in unit.silences.on(now)}
        if silence_id not in on:
            near = did_you_mean(silence_id, on)
            raise UsageError(f"no silence {silence_id!r} is on{near}; `silence list` names them")
        unit.silences.end(on[silence_id], now)
    if as_json:
        print_json({"silence_id": silence_id, "ended_at": now})
    else:
        click.echo(fill(f"{silence_id} ended; what waited under it is sent at once."))


def _print(silence: Silence, now: datetime, *, as_json: bool) -> None:
    from monitor.route.silence import silence_words

    if as_json:
        print_json(silence)
        return
    state = "" if silence.is_on(now) else " (ended)"
    until = at(silence.ended_at or silence.until, _ZONE_OF)
    click.echo(fill(f"{silence.silence_id}{state}: {silence_words(silence)}, until {until}"))
    click.echo(fill(f"because {silence.reason}", "    "))
