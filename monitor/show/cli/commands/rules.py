"""Try rules on the past, and find what in them can never happen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.render.message import counted
from monitor.show.cli.options import (
    config_option,
    database_option,
    json_option,
    parse_moment,
    record_of,
    settings_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import at, fill

if TYPE_CHECKING:
    from monitor.history.answers import DayOfRecipient, Difference, Trial, TriedAlert
    from monitor.model.delivery import Rule
    from monitor.route.lint import Finding

#: How many alerts of a day, and how many differences, are listed.
_LISTED = 12


@click.group("rules", epilog="Example: docket-monitor rules test --since 30d")
def command() -> None:
    """Try the routes of a configuration on the past, and find what can never happen."""


@command.command("test", epilog="Example: docket-monitor rules test --since 30d --file new.yaml")
@click.option(
    "--since", default="90d", metavar="DAY", help="How far back: 90d, 2w, 12h, yesterday, a day."
)
@click.option(
    "--file",
    "tried",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another configuration, compared with the running one.",
)
@json_option
@config_option
@database_option
@click.pass_context
def test(ctx: click.Context, since: str, tried: Path | None, as_json: bool, database: str) -> None:
    """Say what each recipient would have got, day by day, and by which routes.

    With --file, the routes of that configuration are tried, and what they change is listed.
    """
    from monitor.history.trial import try_rules

    begins = parse_moment(since)
    running = _rules(ctx, None)
    rules = _rules(ctx, tried) if tried else running
    with record_of(ctx, database) as record:
        found = try_rules(record, rules, running, begins)
    if as_json:
        print_json(found)
    else:
        _print(found, is_compared=tried is not None)


@dataclass(frozen=True, slots=True)
class LintLine:
    """A rule, and what is wrong with it."""

    path: str
    words: str


@command.command("lint", epilog="Example: docket-monitor rules lint")
@json_option
@config_option
@database_option
@click.pass_context
def lint(ctx: click.Context, as_json: bool, database: str) -> None:
    """Name routes that can never match, and such as lead more to somebody than anybody reads.

    So are recipients to whom no route leads, and watched cases that lead to nobody. Exits with 1
    where there are any.
    """
    from monitor.route import lint as linting

    now = utc_now()
    rules = _rules(ctx, None)
    found = [*linting.lint(rules, now.date()), *_left_out(ctx, rules)]
    found += _broad(ctx, database, rules, now)
    if as_json:
        print_json([LintLine(one.path, one.words) for one in found])
    for one in () if as_json else found:
        click.echo(fill(f"{one.path}: {one.words}"))
    if not found and not as_json:
        click.echo("Every route can match, and none leads too much to anybody.")
    ctx.exit(1 if found else 0)


def _left_out(ctx: click.Context, rules: Sequence[Rule]) -> list[Finding]:
    """Who is never told, and what is told to nobody."""
    from monitor.route.lint import Finding, idle
    from monitor.settings.telling import unled

    settings = settings_of(ctx)
    names = [one.name for one in settings.config.recipients]
    cases = [
        (case.id, case.label) for pack in settings.packs for case in pack.cases if case.dockets
    ]
    said = ((case_id, unled(settings.config, case_id, label)) for case_id, label in cases)
    return [*idle(rules, names), *(Finding(case_id, words) for case_id, words in said if words)]


def _broad(
    ctx: click.Context, database: str, rules: Sequence[Rule], now: datetime
) -> Sequence[Finding]:
    """What was led to somebody too often in the last month; nothing where nothing is stored."""
    from monitor.errors import NoDatabase
    from monitor.history.trial import try_rules
    from monitor.route.lint import broad

    days = 30
    try:
        with record_of(ctx, database) as record:
            found = try_rules(record, rules, rules, now - timedelta(days=days))
    except NoDatabase:
        return ()
    counts = Counter((alert.path, day.recipient) for day in found.days for alert in day.alerts)
    told = {day.day for day in found.days}
    return broad(counts, float(max(len(told), 1)))


def _rules(ctx: click.Context, path: Path | None) -> Sequence[Rule]:
    from monitor.settings.load import load_settings
    from monitor.settings.telling import make_rules

    settings = load_settings(path, needs_secrets=False) if path else settings_of(ctx)
    return make_rules(settings.config)


def _print(found: Trial, *, is_compared: bool) -> None:
    click.echo(fill(f"{counted(found.alerts, 'alert')} since {at(found.since)}"))
    for day in found.days:
        _print_day(day)
    if found.to_nobody:
        click.echo("\n" + fill(f"{len(found.to_nobody)} would have been led to nobody:"))
        _print_alerts(found.to_nobody)
    if is_compared:
        _print_differences(found.differences)


def _print_day(day: DayOfRecipient) -> None:
    count = len(day.alerts)
    click.echo("\n" + fill(f"{day.day}, {day.recipient}: {count} alert{'s' * (count > 1)}"))
    _print_alerts(day.alerts)


def _print_alerts(alerts: Sequence[TriedAlert]) -> None:
    for alert in alerts[:_LISTED]:
        click.echo(fill(_alert_words(alert), "  "))
    if len(alerts) > _LISTED:
        click.echo(fill(f"… and {len(alerts) - _LISTED} more (--json lists all)", "  "))


def _alert_words(alert: TriedAlert) -> str:
    by = f" (by {alert.path})" if alert.path else ""
    case = f"{alert.case_id}: " if alert.case_id else ""
    return f"{case}{alert.headline} [{alert.topic}]{by}"


def _print_differences(differences: Sequence[Difference]) -> None:
    if not differences:
        click.echo("\nThe running routes lead all of it to the same recipients.")
        return
    click.echo("\n" + fill(f"{len(differences)} differences from the running routes:"))
    for one in differences[:_LISTED]:
        what = "would get, and does not now" if one.is_new else "gets now, and would not"
        click.echo(fill(f"{one.recipient} {what}: {_alert_words(one.alert)}", "  "))
    if len(differences) > _LISTED:
        click.echo(fill(f"… and {len(differences) - _LISTED} more (--json lists all)", "  "))
